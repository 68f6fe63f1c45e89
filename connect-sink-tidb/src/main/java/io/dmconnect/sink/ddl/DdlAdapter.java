package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.SqlTokenizer;
import io.dmconnect.model.ddl.Token;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a statement of MySQL or MariaDB one that TiDB takes, by the tables of {@link
 * TiDbCompatibility}. What it need not change stays byte for byte.
 */
final class DdlAdapter {

  /**
   * A statement for TiDB.
   *
   * @param sql the statement; null when nothing is left of it to do
   * @param notes what was changed, for the ledger and the log
   */
  record Adapted(String sql, List<String> notes) {}

  /**
   * Adapts one statement.
   *
   * @param sql the statement with the target's names
   * @param modes the modes its text is written for
   * @param after the upstream definition after it; null when unknown
   */
  static Adapted adapt(String sql, SqlModes modes, TableSchema after) {
    List<Token> tokens = SqlTokenizer.tokenize(sql, modes);
    TextEdits edits = new TextEdits(sql);
    List<String> notes = new ArrayList<>();
    CharsetRules.apply(tokens, edits, notes);
    if (startsWith(tokens, "create", "table")) {
      new CreateTableRules(sql, tokens, edits, notes).apply(after);
    } else if (tokens.get(0).isWord("alter")) {
      AlterTableText alter = AlterTableText.parse(sql, tokens);
      if (alter != null && !new AlterTableRules(alter, edits, notes).apply()) {
        return new Adapted(null, notes);
      }
    } else if (startsWith(tokens, "create", "fulltext")
        || startsWith(tokens, "create", "spatial")) {
      notes.add("TiDB has no full-text and spatial indexes");
      return new Adapted(null, notes);
    }

    return new Adapted(edits.isEmpty() ? sql : edits.apply(), notes);
  }

  private static boolean startsWith(List<Token> tokens, String first, String second) {
    if (!tokens.get(0).isWord(first)) {
      return false;
    }

    for (int i = 1; i < Math.min(4, tokens.size()); i++) {
      if (tokens.get(i).isWord(second)) {
        return true;
      }
    }

    return false;
  }

  /**
   * The parts of an ALTER TABLE as statements of their own, for when TiDB refuses it as a whole:
   * what is dropped comes first, a new name last. One element when it has one part, or when its
   * parts depend on each other.
   */
  static List<String> split(String sql, SqlModes modes) {
    List<Token> tokens = SqlTokenizer.tokenize(sql, modes);
    AlterTableText alter = AlterTableText.parse(sql, tokens);
    return alter == null ? List.of(sql) : alter.split();
  }

  private DdlAdapter() {}
}
