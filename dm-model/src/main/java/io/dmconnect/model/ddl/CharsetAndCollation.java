package io.dmconnect.model.ddl;

/**
 * A charset with the collation in use.
 *
 * @param charset the charset
 * @param collation one of its collations
 */
record CharsetAndCollation(String charset, String collation) {

  /**
   * What a table's or schema's options state; null when they state neither.
   *
   * @param charset the stated charset, or the word "default" for that of the schema; may be null
   * @param collation the stated collation; may be null
   * @param defaults the schema around it
   */
  static CharsetAndCollation resolve(String charset, String collation, SchemaDefaults defaults) {
    if (charset == null && collation == null) {
      return null;
    }
    boolean schemaDefault = "default".equals(charset);
    String stated = charset;
    if (schemaDefault) {
      stated = defaults.charset();
    } else if (charset == null) {
      stated = Charsets.charsetOf(collation, defaults.charset());
    }
    if (collation != null) {
      return new CharsetAndCollation(stated, Charsets.qualified(collation, stated));
    }
    return new CharsetAndCollation(
        stated, schemaDefault ? defaults.collation() : defaults.server().defaultCollation(stated));
  }
}
