package io.dmconnect.sink.row;

import io.dmconnect.sink.table.TargetColumn;
import java.text.Normalizer;
import org.apache.kafka.connect.data.Schema;

/**
 * Hashes of key values that are equal for any two values the target column holds equal, and the
 * same in every JVM. Values that differ may share a hash: that costs parallelism only.
 */
enum KeyFold {
  /** Equal values are the same object values: numbers, binary strings, temporal values. */
  EXACT {
    @Override
    int hash(Object value) {
      return value.hashCode();
    }
  },

  /** Text that differs in trailing spaces only is equal (PAD SPACE collations of TiDB). */
  PADDED {
    @Override
    int hash(Object value) {
      String text = value.toString();
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == ' ') {
        end--;
      }

      int hash = 0;
      for (int i = 0; i < end; i++) {
        hash = 31 * hash + text.charAt(i);
      }

      return hash;
    }
  },

  /**
   * Text under a collation that ignores case, accents, width or more. Collations do not agree which
   * letters are equal (ß, s and ss; æ and ae), but all of them hold a digit equal to nothing but
   * another form of the same digit. So only the digits count.
   */
  DIGITS {
    @Override
    int hash(Object value) {
      String text = value.toString();
      int hash = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c >= 0x80) {
          return hashOfDigits(Normalizer.normalize(text, Normalizer.Form.NFKD));
        }

        if (c >= '0' && c <= '9') {
          hash = 31 * hash + (c - '0' + 1);
        }
      }

      return hash;
    }
  },

  /** The target compares values in another way than the source: all hashes are the same. */
  NOTHING {
    @Override
    int hash(Object value) {
      return 0;
    }
  };

  /** The hash of a value as {@link RowKeys} makes it. */
  abstract int hash(Object value);

  /**
   * The way to hash a column's values.
   *
   * @param schema the schema of the record's cells; null for a constant
   */
  static KeyFold of(Schema schema, TargetColumn target) {
    boolean text = target.collation() != null && !target.collation().equals("binary");
    if (schema == null) {
      return EXACT;
    }

    if (schema.type() == Schema.Type.STRING && schema.name() == null) {
      return !text ? NOTHING : target.foldsText() ? DIGITS : PADDED;
    }

    if (!text) {
      return EXACT;
    }

    return switch (schema.type()) {
      case STRING -> target.foldsText() ? DIGITS : PADDED;
      case BYTES -> schema.name() == null ? NOTHING : EXACT;
      default -> EXACT;
    };
  }

  // Numerals of any script are wanted here, and letters are passed over before.
  @SuppressWarnings("CharacterGetNumericValue")
  private static int hashOfDigits(String text) {
    int hash = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetter(point)) {
        continue;
      }

      int number = Character.getNumericValue(point);
      if (number >= 0) {
        for (char digit : Integer.toString(number).toCharArray()) {
          hash = 31 * hash + (digit - '0' + 1);
        }
      }
    }

    return hash;
  }
}
