package io.dmconnect.source.rows;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.value.JsonStyle;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A table in a schema of its own on the server of the system property {@code dm.mysql.url}. */
final class ServerTable implements AutoCloseable {
  private final TableId id;
  private final String url;
  private final Connection connection;
  private final String version;

  private ServerTable(TableId id, String url, Connection connection) throws SQLException {
    this.id = id;
    this.url = url;
    this.connection = connection;
    this.version = queryText("SELECT version()");
  }

  /** Makes an empty schema for the table. */
  static ServerTable open(TableId id) throws SQLException {
    String url = System.getProperty("dm.mysql.url");
    ServerTable table = new ServerTable(id, url, DriverManager.getConnection(url));
    table.execute("SET SESSION time_zone = '+00:00'");
    table.execute("DROP DATABASE IF EXISTS " + TableId.quote(id.schema()));
    table.execute("CREATE DATABASE " + TableId.quote(id.schema()) + " CHARACTER SET utf8mb4");
    table.execute("USE " + TableId.quote(id.schema()));
    return table;
  }

  /** Whether the server is MySQL 8.0 or later. */
  boolean isCurrentMySql() {
    return !isMariaDb() && version.charAt(0) >= '8';
  }

  boolean isMariaDb() {
    return version.contains("Maria");
  }

  BinlogCapture capture() throws SQLException {
    return BinlogCapture.start(connection, url);
  }

  TableSchema schema() throws SQLException {
    return ServerTables.read(connection, id.schema(), id.table());
  }

  TableCodec codec() throws SQLException {
    TableSchema schema = schema();
    return TableCodec.of(id, schema, RowSchemas.of("t", schema), JsonStyle.ofVersion(version));
  }

  /** The table's rows by id, as a snapshot reads them. */
  List<RowStruct> snapshot() throws SQLException {
    TableCodec codec = codec();
    List<RowStruct> rows = new ArrayList<>();
    for (byte[][] cells : cells()) {
      rows.add(codec.decodeText(cells));
    }
    return rows;
  }

  /** The cells of the table's rows by id, as the text protocol has them. */
  List<byte[][]> cells() throws SQLException {
    List<String> expressions = codec().snapshotExpressions();
    List<byte[][]> rows = new ArrayList<>();
    execute("SET character_set_results = NULL");
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT "
                    + String.join(", ", expressions)
                    + " FROM "
                    + id.quoted()
                    + " ORDER BY id")) {
      while (result.next()) {
        byte[][] cells = new byte[expressions.size()][];
        for (int i = 0; i < cells.length; i++) {
          cells[i] = result.getBytes(i + 1);
        }
        rows.add(cells);
      }
    } finally {
      execute("SET character_set_results = utf8mb4");
    }
    return rows;
  }

  /** Every row image of the table that was captured, in order. */
  List<RowStruct> stream(BinlogCapture capture) throws SQLException, IOException {
    TableCodec codec = codec();
    List<RowStruct> rows = new ArrayList<>();
    TableMapCache<TableBinding> bindings =
        new TableMapCache<>(map -> map.table().equals(id) ? codec.bind(map) : null);
    capture.read(
        (type, body) -> {
          if (type == BinlogCapture.TABLE_MAP) {
            bindings.put(body, 0, body.length);
            return;
          }
          RowsEvent event = RowsEvent.parse(type, body, 0, body.length);
          TableBinding binding = bindings.get(event.tableId());
          if (binding != null) {
            collect(binding.reader(event, "here"), rows);
          }
        });
    return rows;
  }

  private static void collect(RowsReader reader, List<RowStruct> rows) {
    while (reader.next()) {
      if (reader.before() != null) {
        rows.add(reader.before());
      }
      if (reader.after() != null) {
        rows.add(reader.after());
      }
    }
  }

  String queryText(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP DATABASE IF EXISTS " + TableId.quote(id.schema()));
    connection.close();
  }
}
