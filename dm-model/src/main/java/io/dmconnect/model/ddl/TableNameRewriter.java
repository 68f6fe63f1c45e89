package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts other table names into a statement and keeps every other byte. */
public final class TableNameRewriter {
  private TableNameRewriter() {}

  /**
   * Replaces each table name of a DDL statement (also behind {@code REFERENCES}, {@code LIKE},
   * {@code RENAME TO}, {@code ON}, {@code WITH TABLE} and in {@code UNION=(…)}) by the qualified
   * and quoted name the mapping gives. The schema of {@code CREATE/ALTER/DROP DATABASE} is mapped
   * as a {@link TableId} with an empty table; the result's schema is taken. Statements that are no
   * DDL come back as they are.
   *
   * @param sql one statement
   * @param modes the modes it is to be read with; the result is to be run with the same modes
   * @param defaultSchema the schema of unqualified names; may be null
   * @param mapping from the name as resolved to the new name; not null results
   */
  public static String rewrite(
      String sql, SqlModes modes, String defaultSchema, UnaryOperator<TableId> mapping) {
    StatementScan scan = StatementScan.of(sql, modes, defaultSchema);
    if (scan.result().statementClass() != StatementClass.DDL) {
      return sql;
    }

    List<NameRef> names = new ArrayList<>(scan.tables());
    names.addAll(scan.otherNames());
    if (scan.schema() != null && scan.schema().start() >= 0) {
      names.add(scan.schema());
    }
    names.sort(Comparator.comparingInt(NameRef::start));

    StringBuilder out = new StringBuilder(sql.length() + 32);
    int copied = 0;
    for (NameRef name : names) {
      TableId target = mapping.apply(name.id());
      boolean isSchema = name.id().table().isEmpty();
      out.append(sql, copied, name.start());
      out.append(isSchema ? TableId.quote(target.schema()) : target.quoted());
      copied = name.end();
    }
    return out.append(sql, copied, sql.length()).toString();
  }
}
