package io.dmconnect.model.event;

/** Schema names that Avro takes as full names. */
public final class SchemaNames {

  /**
   * The name with every part between dots made {@code [A-Za-z_][A-Za-z0-9_]*}: other characters
   * become {@code _}, and a part that is empty or begins with a digit gets a {@code _} before it. A
   * legal name stays as it is.
   */
  public static String legal(String name) {
    StringBuilder legal = new StringBuilder(name.length() + 4);
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (first && (c == '.' || isDigit(c))) {
        legal.append('_');
      }

      first = c == '.';
      legal.append(first || isLetter(c) || isDigit(c) ? c : '_');
    }

    return first ? legal.append('_').toString() : legal.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private SchemaNames() {}
}
