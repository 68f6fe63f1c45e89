package io.dmconnect.local.demo;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import java.util.List;

/** The upstream databases of the demo: four shards of one table, and one table of every type. */
final class DemoDatabase {
  /** The schema on every source and on the target. */
  static final String SCHEMA = "shop";

  /** The merged table. */
  static final String MERGED = "orders";

  /** The table of every type. */
  static final String EVERYTHING = "everything";

  private static final int CHUNK = 10_000;

  /**
   * One shard of the merged table.
   *
   * @param source the index of its source, from 0
   * @param number the shard's number over all sources, from 1
   */
  record Shard(int source, int number) {
    String table() {
      return MERGED + "_" + number;
    }

    /** Shards have disjoint ranges of ids, as any merge needs. */
    long firstId() {
      return number * 1_000_000_000L;
    }
  }

  static final List<Shard> SHARDS =
      List.of(new Shard(0, 1), new Shard(0, 2), new Shard(1, 3), new Shard(1, 4));

  private DemoDatabase() {}

  /** Creates and fills the tables of one source. */
  static void fill(DatabaseServer server, int source, int rows) {
    try (Sql sql = server.sql()) {
      sql.run(
          "CREATE DATABASE " + SCHEMA,
          "USE " + SCHEMA,
          "SET SESSION cte_max_recursion_depth = 1000000",
          "CREATE TABLE pulse_" + (source + 1) + " (id INT PRIMARY KEY, at BIGINT NOT NULL)",
          "INSERT INTO pulse_" + (source + 1) + " VALUES (1, 0)");
      for (Shard shard : SHARDS) {
        if (shard.source() == source) {
          createShard(sql, shard, rows);
        }
      }
      if (source == 0) {
        createEverything(sql);
      }
    }
  }

  private static void createShard(Sql sql, Shard shard, int rows) {
    sql.run(
        "CREATE TABLE "
            + shard.table()
            + " (id BIGINT PRIMARY KEY AUTO_INCREMENT, customer INT NOT NULL,"
            + " product VARCHAR(64) NOT NULL, quantity INT NOT NULL, price DECIMAL(12,2) NOT NULL,"
            + " note VARCHAR(120), ordered_at DATETIME(3) NOT NULL,"
            + " changed_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)"
            + " ON UPDATE CURRENT_TIMESTAMP(3), KEY by_customer (customer))");
    for (int from = 0; from < rows; from += CHUNK) {
      int size = Math.min(CHUNK, rows - from);
      sql.run(
          "INSERT INTO "
              + shard.table()
              + " (id, customer, product, quantity, price, note, ordered_at)"
              + " WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < "
              + (size - 1)
              + ") SELECT "
              + (shard.firstId() + from)
              + " + n, n % 5003, CONCAT('product ', n % 311), 1 + n % 9, (n % 10007) / 100,"
              + " IF(n % 4 = 0, NULL, CONCAT('note of row ', n)),"
              + " TIMESTAMPADD(SECOND, n, '2026-01-01') FROM s");
    }
  }

  private static void createEverything(Sql sql) {
    sql.run(
        "SET SESSION sql_mode = ''",
        "CREATE TABLE "
            + EVERYTHING
            + " (id INT PRIMARY KEY AUTO_INCREMENT, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT,"
            + " su SMALLINT UNSIGNED, m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED,"
            + " b BIGINT, bu BIGINT UNSIGNED,"
            + " dc DECIMAL(30,10), f FLOAT, d DOUBLE, bit1 BIT(1), bit20 BIT(20), da DATE,"
            + " dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP NULL, ts6 TIMESTAMP(6) NULL, ti TIME,"
            + " ti6 TIME(6), y YEAR, c CHAR(10), v VARCHAR(100), bi BINARY(4), vb VARBINARY(20),"
            + " tx TEXT, bl BLOB, ttx TINYTEXT, mtx MEDIUMTEXT, ltx LONGTEXT, tbl TINYBLOB,"
            + " mbl MEDIUMBLOB, lbl LONGBLOB, e ENUM('small','large,extra'), st SET('a','b','c'),"
            + " j JSON, po POINT, ge GEOMETRY)");
    for (int i = 0; i < 50; i++) {
      sql.run(
          "INSERT INTO "
              + EVERYTHING
              + " VALUES (NULL, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648,"
              + " 4294967295,"
              + " -9223372036854775808, 18446744073709551615, -12345678901234567890.0123456789,"
              + " 0.1, 1.7976931348623157e308, b'1', b'10101010101010101010', '0000-00-00',"
              + " '9999-12-31 23:59:59', '2024-02-29 12:34:56.789012', '2038-01-19 03:14:07',"
              + " '1970-01-01 00:00:01.000001', '-838:59:59', '26:00:01.5', 1901, 'ä', '日本語😀',"
              + " x'00ff', x'27225c00', REPEAT('text', 100), x'00ff27', 'tiny',"
              + " REPEAT('medium', 11000),"
              + " REPEAT('long', 17000), x'01', REPEAT(x'02', 66000), REPEAT(x'03', 66000),"
              + " 'large,extra', 'a,c',"
              + " '{\"k\": [1, 2.5, null, \"x\"]}', ST_GeomFromText('POINT(48.2 16.4)', 4326),"
              + " ST_GeomFromText('LINESTRING(0 0, 1 1.5)'))",
          "INSERT INTO " + EVERYTHING + " (i, v) VALUES (" + i + ", 'mostly null')");
    }
  }
}
