package io.dmconnect.sink.ddl;

import io.dmconnect.model.coordination.RowMove;
import io.dmconnect.model.ddl.AlterSpec;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.PartitionChange.Operation;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.SqlTokenizer;
import io.dmconnect.model.ddl.Token;
import java.util.List;

/**
 * What a schema change does to the rows of whole partitions. In a table that has other tables'
 * rows, too, these are not its own alone. Pure functions.
 */
enum MergedRows {
  /** It leaves them as they are. */
  STAY,
  /** It takes rows away, and does nothing else. */
  GO,
  /** It takes rows to or from another table or a file, or takes some away and does more. */
  MOVE;

  /**
   * What statements do.
   *
   * @param statements as upstream: two tables count as two although they may go to one target; what
   *     is not understood is taken to leave the rows
   * @param defaultSchema the schema of unqualified names; may be null
   */
  static MergedRows of(List<String> statements, SqlModes modes, String defaultSchema) {
    MergedRows all = null;
    for (String sql : statements) {
      MergedRows one = of(sql, modes, defaultSchema);
      all = all == null ? one : all.and(one);
    }

    return all == null ? STAY : all;
  }

  private static MergedRows of(String statement, SqlModes modes, String schema) {
    String sql = withoutLeftOut(statement, modes);
    MergedRows all = null;
    try {
      if (DdlParser.parse(sql, modes, schema) instanceof DdlStatement.AlterTable alter) {
        for (AlterSpec spec : alter.specs()) {
          MergedRows one = of(spec, sql, modes, schema);
          all = all == null ? one : all.and(one);
        }
      }
    } catch (DdlSyntaxException e) {
      return STAY;
    }

    return all == null ? STAY : all;
  }

  /** Parts that TiDB is not given do nothing beside the others. */
  private static String withoutLeftOut(String sql, SqlModes modes) {
    List<Token> tokens = SqlTokenizer.tokenize(sql, modes);
    AlterTableText alter = tokens.get(0).isWord("alter") ? AlterTableText.parse(sql, tokens) : null;
    if (alter == null) {
      return sql;
    }

    List<String> kept =
        alter.specs().stream()
            .filter(spec -> !AlterTableRules.isLeftOut(spec) || isOfPartition(spec))
            .map(alter::text)
            .toList();
    return kept.size() == alter.specs().size()
        ? sql
        : sql.substring(0, alter.prefixEnd()) + " " + String.join(", ", kept);
  }

  private static boolean isOfPartition(AlterTableText.Spec spec) {
    return spec.startsWith("discard", "partition") || spec.startsWith("import", "partition");
  }

  private static MergedRows of(AlterSpec spec, String sql, SqlModes modes, String schema) {
    if (spec instanceof AlterSpec.ChangePartitions partitions) {
      if (tables(sql, modes, schema) > 1) {
        return MOVE;
      }

      return partitions.change().operation() == Operation.DROP ? GO : STAY;
    }

    return switch (RowMove.of(spec, sql, modes, schema)) {
      case NONE, LEFT_BEHIND -> STAY;
      case EMPTIES -> GO;
      case EXCHANGES, EXCHANGES_WITH_OTHERS -> MOVE;
    };
  }

  private static long tables(String sql, SqlModes modes, String schema) {
    return DdlScanner.scan(sql, modes, schema).tables().stream().distinct().count();
  }

  private MergedRows and(MergedRows other) {
    return this == other ? this : MOVE;
  }
}
