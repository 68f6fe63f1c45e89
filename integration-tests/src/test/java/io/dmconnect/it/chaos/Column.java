package io.dmconnect.it.chaos;

import java.util.Random;

/**
 * A column that a shard got by a schema change.
 *
 * @param name its name
 * @param type its type as SQL, {@code INT}, {@code BIGINT}, {@code DECIMAL(p,2)} or {@code
 *     VARCHAR(n)}
 * @param rest what follows the type in its definition
 */
record Column(String name, String type, String rest) {

  /** The definition as SQL. */
  String definition() {
    return name + " " + type + " " + rest;
  }

  /** Whether an INSERT must give it a value. */
  boolean isRequired() {
    return rest.equals("NOT NULL");
  }

  /** The same column with room for more values. */
  Column widened() {
    String wider =
        switch (type) {
          case "INT" -> "BIGINT";
          case "BIGINT" -> "BIGINT";
          default ->
              type.startsWith("VARCHAR")
                  ? "VARCHAR(" + (size() + 10) + ")"
                  : "DECIMAL(" + (size() + 2) + ",2)";
        };
    return new Column(name, wider, rest);
  }

  /** The same column with another name. */
  Column named(String other) {
    return new Column(other, type, rest);
  }

  /** Whether {@link #widened()} is another type. */
  boolean canWiden() {
    return !type.equals("BIGINT") && size() < 50;
  }

  private int size() {
    int open = type.indexOf('(');
    return open < 0 ? 0 : Integer.parseInt(type.substring(open + 1).split("[,)]", -1)[0]);
  }

  /** A value that just fits, or NULL where that is allowed. */
  String literal(Random random) {
    if (!rest.startsWith("NOT NULL") && random.nextInt(6) == 0) {
      return "NULL";
    }

    return switch (type) {
      case "INT" -> Integer.toString(random.nextInt());
      case "BIGINT" -> Long.toString(random.nextLong());
      default ->
          type.startsWith("VARCHAR")
              ? "'" + Character.toString('a' + random.nextInt(26)).repeat(size()) + "'"
              : "9".repeat(size() - 2) + "." + (10 + random.nextInt(90));
    };
  }
}
