package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.schema.CreateStatementReader;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.snapshot.TableCatalog;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at tables by SQL: the definition, and both ends of each unique key, which the server reads
 * from the key's index. A key that takes longer is left out, which the prechecks report.
 */
final class JdbcFactsReader implements FactsReader {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcFactsReader.class);
  private static final int SAMPLES = 16;
  private static final int LIMIT_SECONDS = 5;
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Set<String> BYTES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit");

  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

  private final Connections connections;
  private final boolean withKeys;

  /**
   * A reader that opens a connection for each look.
   *
   * @param withKeys whether it looks at the values of unique keys, too
   */
  JdbcFactsReader(Connections connections, boolean withKeys) {
    this.connections = connections;
    this.withKeys = withKeys;
  }

  @Override
  public Map<TableId, TableFacts> read(Collection<TableId> tables) throws SQLException {
    Map<TableId, TableFacts> facts = new TreeMap<>();
    if (tables.isEmpty()) {
      return facts;
    }

    try (Connection connection = connections.open()) {
      Server server = Server.read(connection);
      SchemaReader reader =
          new CreateStatementReader(
              SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion(server.version())));
      for (TableId table : tables) {
        String sql = TableCatalog.createStatement(connection, table);
        if (sql != null) {
          facts.put(table, facts(connection, reader, table, sql));
        }
      }
    }

    return facts;
  }

  private TableFacts facts(Connection connection, SchemaReader reader, TableId table, String sql) {
    TableSchema schema;
    try {
      schema = reader.read(table, sql);
    } catch (DmException e) {
      LOG.warn("{} takes no part in the prechecks", table, e);
      return new TableFacts(null, List.of());
    }

    List<KeyFacts> keys = new ArrayList<>();
    for (IndexSchema index : schema.indexes()) {
      boolean whole = index.parts().stream().allMatch(p -> p.column() != null && p.length() < 0);
      if (withKeys && index.isUnique() && whole) {
        key(connection, table, schema, index, keys);
      }
    }

    return new TableFacts(schema, keys);
  }

  private static void key(
      Connection connection,
      TableId table,
      TableSchema schema,
      IndexSchema index,
      List<KeyFacts> to) {
    List<ColumnSchema> columns =
        index.parts().stream().map(part -> schema.column(part.column()).orElseThrow()).toList();
    try {
      List<String> least = values(connection, table, columns, "");
      List<String> greatest = values(connection, table, columns, " DESC");
      NavigableSet<String> samples = new TreeSet<>(least);
      samples.addAll(greatest);
      boolean range = columns.size() == 1 && isInteger(columns.get(0)) && !least.isEmpty();
      to.add(
          new KeyFacts(
              columns.stream().map(ColumnSchema::name).toList(),
              range ? new BigInteger(least.get(0)) : null,
              range ? new BigInteger(greatest.get(0)) : null,
              samples));
    } catch (SQLException e) {
      LOG.warn("The values of the key {} of {} are not checked: {}", index.name(), table, e, e);
    }
  }

  private static boolean isInteger(ColumnSchema column) {
    return INTEGERS.contains(column.type().name());
  }

  /** Values at one end of the key; rows with a NULL in it are none. */
  private static List<String> values(
      Connection connection, TableId table, List<ColumnSchema> columns, String direction)
      throws SQLException {
    String list =
        columns.stream()
            .map(column -> compared(column) + ", " + text(column))
            .collect(Collectors.joining(", "));
    String notNull =
        columns.stream()
            .map(column -> TableId.quote(column.name()) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    String order =
        columns.stream()
            .map(column -> TableId.quote(column.name()) + direction)
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + list
            + " FROM "
            + table.quoted()
            + " WHERE "
            + notNull
            + " ORDER BY "
            + order
            + " LIMIT "
            + SAMPLES;
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(LIMIT_SECONDS);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          List<String> compared = new ArrayList<>();
          List<String> shown = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            compared.add(Server.text(rows, 2 * i + 1));
            shown.add(Server.text(rows, 2 * i + 2));
          }

          values.add(KeyFacts.sample(String.join(", ", compared), String.join(", ", shown)));
        }
      }
    }

    return values;
  }

  private static String text(ColumnSchema column) {
    String name = TableId.quote(column.name());
    return BYTES.contains(column.type().name())
        ? "HEX(" + name + ")"
        : "CAST(" + name + " AS CHAR CHARACTER SET utf8mb4)";
  }

  private static String compared(ColumnSchema column) {
    String text = text(column);
    return TEXTS.contains(column.type().name())
        ? weight(TableId.quote(column.name()), column.type().collation(), text)
        : text;
  }

  /** Texts that the column's collation takes for equal have one weight. */
  private static String weight(String name, String collation, String otherwise) {
    boolean padded =
        collation == null
            || !(collation.contains("_0900_")
                || collation.contains("nopad")
                || collation.equals("binary"));
    String compared = padded ? "TRIM(TRAILING ' ' FROM " + name + ")" : name;
    return "COALESCE(CONCAT('weight:', HEX(WEIGHT_STRING(" + compared + "))), " + otherwise + ")";
  }
}
