package io.dmconnect.model.ddl;

import java.util.ArrayList;
import java.util.List;

/** Cuts statements about several tables into statements about one table each. */
public final class DdlSplitter {
  private DdlSplitter() {}

  /**
   * One piece of a statement.
   *
   * @param sql its text
   * @param scanned what it is about
   */
  public record Piece(String sql, ScannedDdl scanned) {}

  /**
   * Gives the pieces in the order in which they are to run; a statement about one table is its own
   * only piece, byte for byte. MariaDB's {@code SET STATEMENT … FOR} in front is left out: its
   * settings end with the statement, and those that change its meaning are in the event.
   *
   * <ul>
   *   <li>{@code DROP TABLE a, b}: one drop per table;
   *   <li>{@code RENAME TABLE a TO b, c TO d}: one rename per pair, in order;
   *   <li>{@code ALTER TABLE a ADD …, RENAME TO b}: the other changes under the old name, then the
   *       rename;
   *   <li>{@code CREATE OR REPLACE TABLE a}: a drop if it exists, then the creation.
   * </ul>
   *
   * @param sql one statement
   * @param modes the session's modes
   * @param defaultSchema the schema of unqualified names; may be null
   */
  public static List<Piece> split(String sql, SqlModes modes, String defaultSchema) {
    TokenCursor cursor = new TokenCursor(sql, modes);
    SqlText.skipSetStatement(cursor);
    String statement = cursor.index() == 0 ? sql : sql.substring(cursor.peek().start());
    return splitStatement(statement, modes, defaultSchema);
  }

  private static List<Piece> splitStatement(String sql, SqlModes modes, String defaultSchema) {
    StatementScan scan = StatementScan.of(sql, modes, defaultSchema);
    List<String> texts =
        switch (scan.result().kind()) {
          case DROP_TABLE -> splitList(scan, 1);
          case RENAME_TABLE -> scan.rename() == null ? splitList(scan, 2) : splitAlter(scan);
          case CREATE_TABLE -> splitReplace(scan);
          case ALTER_TABLE,
              CREATE_INDEX,
              DROP_INDEX,
              TRUNCATE_TABLE,
              CREATE_DATABASE,
              ALTER_DATABASE,
              DROP_DATABASE,
              DESELECT_TABLE,
              OTHER ->
              List.of(sql);
        };
    if (texts.size() == 1) {
      return List.of(new Piece(sql, scan.result()));
    }

    List<Piece> pieces = new ArrayList<>(texts.size());
    for (String text : texts) {
      pieces.add(new Piece(text, DdlScanner.scan(text, modes, defaultSchema)));
    }
    return pieces;
  }

  private static List<String> splitList(StatementScan scan, int namesPerPiece) {
    List<NameRef> names = scan.tables();
    String sql = scan.cursor().sql();
    if (names.size() <= namesPerPiece) {
      return List.of(sql);
    }

    int listEnd = names.get(names.size() - 1).end();
    String head = sql.substring(0, names.get(0).start());
    String tail = sql.substring(listEnd);
    String whole = sql.substring(names.get(0).start(), listEnd);
    boolean commentInList = whole.contains("/*") || whole.contains("*/");
    if (commentInList) {
      head = tokens(scan, 0, names.get(0).start());
      tail = tokens(scan, listEnd, sql.length());
    }
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < names.size(); i += namesPerPiece) {
      int start = names.get(i).start();
      int end = names.get(i + namesPerPiece - 1).end();
      String list = commentInList ? tokens(scan, start, end) : sql.substring(start, end);
      pieces.add(head + list + tail);
    }
    return pieces;
  }

  /** The tokens in a part of the text with one blank behind each, without comments. */
  private static String tokens(StatementScan scan, int start, int end) {
    StringBuilder text = new StringBuilder();
    for (Token token : SqlTokenizer.tokenize(scan.cursor().sql(), scan.cursor().modes())) {
      if (token.start() >= start && token.end() <= end) {
        text.append(token.text()).append(' ');
      }
    }
    return text.toString();
  }

  private static List<String> splitReplace(StatementScan scan) {
    String sql = scan.cursor().sql();
    TokenCursor cursor = new TokenCursor(sql, scan.cursor().modes());
    if (!cursor.accept("CREATE", "OR", "REPLACE")) {
      return List.of(sql);
    }
    NameRef name = scan.tables().get(0);
    return List.of(
        "DROP TABLE IF EXISTS " + sql.substring(name.start(), name.end()),
        "CREATE " + sql.substring(cursor.peek().start()));
  }

  private static List<String> splitAlter(StatementScan scan) {
    String sql = scan.cursor().sql();
    List<Token> tokens = SqlTokenizer.tokenize(sql, scan.cursor().modes());
    int first = scan.rename().first();
    int end = scan.rename().end();
    boolean commaBefore = tokens.get(first - 1).isSymbol(',');
    boolean commaAfter = end < tokens.size() && tokens.get(end).isSymbol(',');
    int cutFrom = tokens.get(commaBefore ? first - 1 : first).start();
    int cutTo = tokens.get(commaAfter && !commaBefore ? end : end - 1).end();
    int specsStart = scan.tables().get(0).end();
    boolean nothingElse =
        tokens.stream()
            .filter(token -> token.start() >= specsStart)
            .allMatch(
                token -> token.isSymbol(';') || (token.start() >= cutFrom && token.end() <= cutTo));
    if (nothingElse) {
      return List.of(sql);
    }

    String rename = sql.substring(tokens.get(first).start(), tokens.get(end - 1).end());
    return List.of(
        sql.substring(0, cutFrom) + sql.substring(cutTo),
        sql.substring(0, specsStart) + " " + rename);
  }
}
