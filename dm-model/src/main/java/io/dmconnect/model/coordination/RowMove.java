package io.dmconnect.model.coordination;

import io.dmconnect.model.ddl.AlterSpec;
import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.SqlTokenizer;
import io.dmconnect.model.ddl.Token;
import java.util.List;

/** What a change does to rows, or leaves of them, which the binlog does not tell. */
public enum RowMove {
  /** It leaves them where they are. */
  NONE,
  /** It takes away all rows of some partitions. */
  EMPTIES,
  /** Rows come from, or go to, another table or a file. */
  EXCHANGES,
  /**
   * The same, and the target of the other table has rows of further tables, which would come or go
   * with them. The coordinator tells, no statement does.
   */
  EXCHANGES_WITH_OTHERS,
  /**
   * Rows that are gone upstream may be left: the table's snapshot begins again, or the table is
   * gone that was read in part. The sink tells, no statement does.
   */
  LEFT_BEHIND;

  /** Whether it is a statement that moves rows without telling which. */
  boolean isByStatement() {
    return this == EMPTIES || this == EXCHANGES || this == EXCHANGES_WITH_OTHERS;
  }

  /**
   * What one specification of ALTER TABLE does. Pure.
   *
   * @param sql the whole statement, routed: an exchange of two tables that are merged into one
   *     leaves its rows where they are
   * @param modes the {@code sql_mode} it was written under
   * @param defaultSchema the schema of unqualified names; may be null
   */
  public static RowMove of(AlterSpec spec, String sql, SqlModes modes, String defaultSchema) {
    if (spec instanceof AlterSpec.ChangePartitions) {
      return converts(SqlTokenizer.tokenize(sql, modes)) ? EXCHANGES : NONE;
    }

    if (!(spec instanceof AlterSpec.NoSchemaChange other)) {
      return NONE;
    }

    List<Token> words = SqlTokenizer.tokenize(other.text(), modes);
    if (words.size() < 2 || !isOnRows(words.get(1))) {
      return NONE;
    }

    if (words.get(0).isWord("TRUNCATE")) {
      return EMPTIES;
    }

    if (words.get(0).isWord("EXCHANGE")) {
      long tables = DdlScanner.scan(sql, modes, defaultSchema).tables().stream().distinct().count();
      return tables == 1 ? NONE : EXCHANGES;
    }

    return words.get(0).isWord("DISCARD") || words.get(0).isWord("IMPORT") ? EXCHANGES : NONE;
  }

  /**
   * MariaDB: {@code CONVERT PARTITION … TO TABLE} and {@code CONVERT TABLE … TO PARTITION}. Its
   * partition goes or comes with the rows also when both tables are merged into one.
   */
  private static boolean converts(List<Token> words) {
    for (int i = 1; i < words.size(); i++) {
      boolean object = words.get(i).isWord("PARTITION") || words.get(i).isWord("TABLE");
      if (object && words.get(i - 1).isWord("CONVERT")) {
        return true;
      }
    }

    return false;
  }

  private static boolean isOnRows(Token word) {
    return word.isWord("PARTITION") || word.isWord("TABLESPACE");
  }
}
