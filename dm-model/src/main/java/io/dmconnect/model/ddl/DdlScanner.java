package io.dmconnect.model.ddl;

/**
 * A light look at a statement: what kind it is and which tables it changes. Total: never throws,
 * and needs no grammar of a statement's details, so that unrelated or unknown statements stop
 * nothing.
 */
public final class DdlScanner {
  private DdlScanner() {}

  /**
   * Looks at one statement.
   *
   * @param sql the statement's text, decoded by the client's character set
   * @param modes the session's modes
   * @param defaultSchema the session's default database; null when it has none (unqualified names
   *     then have an empty schema)
   */
  public static ScannedDdl scan(String sql, SqlModes modes, String defaultSchema) {
    return StatementScan.of(sql, modes, defaultSchema).result();
  }
}
