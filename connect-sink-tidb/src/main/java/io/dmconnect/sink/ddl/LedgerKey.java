package io.dmconnect.sink.ddl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the bookkeeping tables name schema changes: their ids are columns of at most {@value
 * #MAX_LENGTH} ASCII characters, while a change's own id may hold a table's name, of any characters
 * and length. Pure functions.
 */
final class LedgerKey {
  /** How long a key may be, in characters. */
  static final int MAX_LENGTH = 255;

  private static final int HASH_LENGTH = 64;
  private static final char HASH_FOLLOWS = '#';
  private static final char OTHER_CHARACTER = '_';

  /**
   * The key of a change.
   *
   * @param id the change's id; not null
   * @return the id itself if it fits; else its beginning, {@code _} for every character that is not
   *     ASCII, and a hash of the whole id
   */
  static String of(String id) {
    if (id.length() <= MAX_LENGTH && id.chars().allMatch(LedgerKey::isAscii)) {
      return id;
    }

    String readable =
        id.codePoints()
            .map(character -> isAscii(character) ? character : OTHER_CHARACTER)
            .limit(MAX_LENGTH - HASH_LENGTH - 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return readable + HASH_FOLLOWS + sha256(List.of(id));
  }

  private static boolean isAscii(int character) {
    return character < 128;
  }

  /**
   * The SHA-256 of texts, in 64 hexadecimal digits; the same texts in other parts have another one,
   * as long as none of them holds the character 0.
   */
  static String sha256(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] whole = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(whole));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private LedgerKey() {}
}
