package io.dmconnect.bench.micro;

import io.dmconnect.bench.e2e.Tables;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.jdbc.ConnectionSettings;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.rows.TableCodec;
import io.dmconnect.source.snapshot.TableCatalog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a {@link Recording} on an empty MySQL server. */
final class Recorder {
  /** The option of mysqld that lets a rows event hold all rows of a statement. */
  static final String BIG_EVENTS = "--binlog-row-event-max-size=4194304";

  static final String ORDERS = Tables.SNAPSHOT;
  static final String ORDERS_BY_CHAR = "by_char";
  static final String ORDERS_BY_BINARY = "by_binary";
  static final String EVERY_TYPE = "types";

  private static final String REST =
      "customer, product, quantity, price, note, ordered_at, changed_at";
  private static final String SERIES =
      "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
          + Recording.CHANGES
          + ")";

  private final DatabaseServer server;
  private final Map<String, RecordedTable> tables = new LinkedHashMap<>();
  private final Map<String, Long> ends = new LinkedHashMap<>();

  private Recorder(DatabaseServer server) {
    this.server = server;
  }

  /** Runs the workloads on the server and keeps what it makes of them. */
  static Recording record(DatabaseServer server) throws SQLException, IOException {
    return new Recorder(server).record();
  }

  private Recording record() throws SQLException, IOException {
    try (Sql sql = server.sql()) {
      Tables.create(sql);
      sql.run(
          "CREATE TABLE by_char LIKE orders",
          "ALTER TABLE by_char MODIFY id CHAR(16) NOT NULL",
          "CREATE TABLE by_binary LIKE orders",
          "ALTER TABLE by_binary MODIFY id BINARY(16) NOT NULL",
          "CREATE TABLE types (`bigint` BIGINT PRIMARY KEY, `decimal` DECIMAL(12,2) NOT NULL,"
              + " `double` DOUBLE NOT NULL, ascii VARCHAR(64) NOT NULL, text VARCHAR(64) NOT NULL,"
              + " `date` DATE NOT NULL, `time` TIME(3) NOT NULL, `datetime` DATETIME(3) NOT NULL,"
              + " `timestamp` TIMESTAMP(3) NOT NULL, `binary` BINARY(16) NOT NULL)");
      String file = sql.rows("SHOW MASTER STATUS").get(0).get(0);
      long from = position(sql);
      fill(sql);
      BinlogTape tape = new BinlogTape(server, file, from, position(sql));
      return new Recording(tables, cut(tape.events()));
    }
  }

  private void fill(Sql sql) throws SQLException {
    Tables.fillOrders(sql, ORDERS, Recording.CHANGES);
    end(sql, Recording.INSERT);
    keep(ORDERS);
    sql.run(
        "UPDATE orders SET quantity = quantity + 1, changed_at = TIMESTAMPADD(SECOND, id,"
            + " '2026-03-01 00:00:00.123')");
    end(sql, Recording.UPDATE);
    sql.run(
        "BEGIN",
        "UPDATE orders SET quantity = quantity + 1 WHERE id <= 400",
        "DELETE FROM orders WHERE id BETWEEN 401 AND 600",
        "INSERT INTO orders SELECT id + 1000, " + REST + " FROM orders WHERE id > 800",
        "UPDATE orders SET quantity = quantity + 1 WHERE id <= 200",
        "COMMIT");
    end(sql, Recording.MIXED);
    for (int i = 0; i < Recording.CHANGES / 4; i++) {
      int moved = 601 + i * 3 % 400;
      sql.run(
          "BEGIN",
          "UPDATE orders SET quantity = quantity + 1 WHERE id = " + (601 + i),
          "UPDATE orders SET note = 'changed again' WHERE id = " + (601 + i * 7 % 400),
          "DELETE FROM orders WHERE id = " + moved,
          "INSERT INTO orders VALUES (" + moved + ", 1, 'p', 2, 3.5, " + i + ", NOW(3), NOW(3))",
          "COMMIT");
    }
    end(sql, Recording.SMALL);
    sql.run("INSERT INTO by_char SELECT CONCAT('C-', LPAD(id, 10, '0')), " + REST + " FROM orders");
    end(sql, Recording.CHAR_KEY);
    keep(ORDERS_BY_CHAR);
    sql.run("INSERT INTO by_binary SELECT UNHEX(MD5(id)), " + REST + " FROM orders");
    end(sql, Recording.BINARY_KEY);
    keep(ORDERS_BY_BINARY);
    sql.run(
        "INSERT INTO types "
            + SERIES
            + " SELECT n * 7919, (n % 1000003) / 100, n / 7, CONCAT('a note on the order of row ',"
            + " n), CONCAT('关于订单行的说明 ', n), '2026-01-01' + INTERVAL n DAY, SEC_TO_TIME(n * 60 +"
            + " 0.125), TIMESTAMPADD(MICROSECOND, n * 1001000, '2026-01-01'),"
            + " TIMESTAMPADD(MICROSECOND, n * 1001000, '2026-02-01'), UNHEX(MD5(n)) FROM s");
    end(sql, Recording.TYPES);
    keep(EVERY_TYPE);
  }

  private void end(Sql sql, String section) {
    ends.put(section, position(sql));
  }

  private static long position(Sql sql) {
    return Long.parseLong(sql.rows("SHOW MASTER STATUS").get(0).get(1));
  }

  private Map<String, List<RawEvent>> cut(List<RawEvent> events) {
    Map<String, List<RawEvent>> sections = new LinkedHashMap<>();
    long from = 0;
    for (Map.Entry<String, Long> section : ends.entrySet()) {
      List<RawEvent> cut = new ArrayList<>();
      for (RawEvent event : events) {
        if (event.start() >= from && event.end() <= section.getValue()) {
          cut.add(event);
        }
      }
      sections.put(section.getKey(), cut);
      from = section.getValue();
    }
    return sections;
  }

  /** Reads a table as the snapshot does. */
  private void keep(String name) throws SQLException {
    TableId id = new TableId(Tables.DATABASE, name);
    ConnectionSettings settings =
        new ConnectionSettings(
            server.host(),
            server.port(),
            server.user(),
            server.password(),
            SslMode.DISABLED,
            Map.of(),
            Duration.ofSeconds(10));
    try (Connection connection = new Connections(settings).open()) {
      ServerTraits traits = ServerTraits.ofVersion(Server.read(connection).version());
      TableSchema schema =
          SchemaEvolution.apply(
              null,
              DdlParser.parse(
                  TableCatalog.createStatement(connection, id), SqlModes.DEFAULT, Tables.DATABASE),
              SchemaDefaults.ofCharset("utf8mb4", traits));
      TableCodec codec = TableCodec.of(id, schema, RowSchemas.of(name, schema));
      tables.put(name, new RecordedTable(id, schema, cells(connection, codec)));
    }
  }

  private static List<byte[][]> cells(Connection connection, TableCodec codec) throws SQLException {
    List<String> expressions = codec.snapshotExpressions();
    String sql = "SELECT " + String.join(", ", expressions) + " FROM " + codec.table().quoted();
    List<byte[][]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        byte[][] cells = new byte[expressions.size()][];
        for (int i = 0; i < cells.length; i++) {
          cells[i] = result.getBytes(i + 1);
        }
        rows.add(cells);
      }
    }
    return rows;
  }
}
