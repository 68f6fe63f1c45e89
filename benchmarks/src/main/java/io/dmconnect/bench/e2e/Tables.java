package io.dmconnect.bench.e2e;

import io.dmconnect.local.client.Sql;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The tables of the benchmark and the statements that fill and change them. */
public final class Tables {
  /** The schema of all tables. */
  public static final String DATABASE = "bench";

  /** A table of eight columns, about 100 bytes a row. */
  public static final String SNAPSHOT = "orders";

  static final String BULK = "bulk";
  static final String WARM_SNAPSHOT = "warm_orders";
  static final String WARM_BULK = "warm_bulk";
  static final String PULSE = "pulse";
  static final int HOT_TABLES = 4;
  static final int HOT_ROWS = 50_000;
  private static final int CHUNK = 1_000;

  private Tables() {}

  static List<String> qualified(List<String> tables) {
    return tables.stream().map(table -> DATABASE + "." + table).toList();
  }

  /**
   * The DDL of all tables but those of small transactions; run on the source, and on the target for
   * a sink that needs it.
   */
  public static void create(Sql sql) {
    sql.run("CREATE DATABASE IF NOT EXISTS " + DATABASE, "USE " + DATABASE);
    for (String table : List.of(SNAPSHOT, BULK, WARM_SNAPSHOT, WARM_BULK)) {
      createOrders(sql, table);
    }
    sql.run("CREATE TABLE " + PULSE + " (id BIGINT PRIMARY KEY, v VARCHAR(20))");
  }

  /** The names of the tables that small transactions change. */
  static List<String> hot(String prefix) {
    return IntStream.rangeClosed(1, HOT_TABLES).mapToObj(i -> prefix + "_" + i).toList();
  }

  /** Makes the tables of small transactions in the current database. */
  static void createHot(Sql sql, List<String> tables) {
    for (String table : tables) {
      sql.run(
          "CREATE TABLE "
              + table
              + " (id INT PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL, pad CHAR(60) NOT"
              + " NULL)");
    }
  }

  /** Makes one of the order tables in the current database. */
  static void createOrders(Sql sql, String table) {
    sql.run(
        "CREATE TABLE "
            + table
            + " (id BIGINT PRIMARY KEY AUTO_INCREMENT, customer INT NOT NULL, product VARCHAR(64)"
            + " NOT NULL, quantity INT NOT NULL, price DECIMAL(12,2) NOT NULL, note VARCHAR(120),"
            + " ordered_at DATETIME(3) NOT NULL, changed_at TIMESTAMP(3) NULL,"
            + " KEY by_customer (customer))");
  }

  /** Fills one of the order tables in transactions of 1,000 rows. */
  public static void fillOrders(Sql sql, String table, int rows) {
    fillOrders(sql, table, 1, rows);
  }

  /** Adds rows with the ids from {@code first} to {@code last}. */
  static void fillOrders(Sql sql, String table, int first, int last) {
    sql.run("SET SESSION cte_max_recursion_depth = 100000");
    for (int from = first; from <= last; from += CHUNK) {
      sql.run(
          "INSERT INTO "
              + table
              + " WITH RECURSIVE s (n) AS (SELECT "
              + from
              + " UNION ALL SELECT n + 1 FROM s WHERE n < "
              + Math.min(last, from + CHUNK - 1)
              + ") SELECT n, n % 5003, CONCAT('product number ', n % 311), 1 + n % 9, (n % 1000003)"
              + " / 100, IF(n % 4 = 0, NULL, CONCAT('a note on the order of row ', n)),"
              + " TIMESTAMPADD(SECOND, n, '2026-01-01'), TIMESTAMPADD(SECOND, n, '2026-02-01') FROM"
              + " s");
    }
  }

  static void fillHot(Sql sql, List<String> tables) {
    sql.run("SET SESSION cte_max_recursion_depth = 100000");
    for (String table : tables) {
      sql.run(
          "INSERT INTO "
              + table
              + " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
              + HOT_ROWS
              + ") SELECT n, n % 997, REPEAT(CHAR(97 + n % 26), 110), REPEAT('p', 55) FROM s");
    }
  }

  /**
   * Transactions of four row changes (two updates, a delete and an insert of the same id) on hot
   * ids, from four connections.
   *
   * @param connect opens a connection to the source
   * @param tables the tables, of which each gets its part
   */
  static void changeHot(Supplier<Sql> connect, List<String> tables, int transactions) {
    int each = transactions / tables.size();
    ExecutorService threads = Executors.newFixedThreadPool(tables.size());
    try {
      List<Future<?>> done =
          IntStream.range(0, tables.size())
              .<Future<?>>mapToObj(
                  i -> threads.submit(() -> changeHot(connect, tables.get(i), i, each)))
              .toList();
      for (Future<?> thread : done) {
        thread.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Writing the backlog failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }

  private static void changeHot(Supplier<Sql> connect, String table, int seed, int transactions) {
    Random random = new Random(seed);
    try (Sql sql = connect.get()) {
      sql.run("USE " + DATABASE);
      for (int i = 0; i < transactions; i++) {
        int first = id(random);
        int second = id(random);
        int third = id(random);
        sql.run(
            "BEGIN",
            "UPDATE " + table + " SET k = k + 1 WHERE id = " + first,
            "UPDATE "
                + table
                + " SET c = REPEAT('"
                + (char) ('a' + i % 26)
                + "', 100) WHERE id = "
                + second,
            "DELETE FROM " + table + " WHERE id = " + third,
            "INSERT INTO " + table + " VALUES (" + third + ", " + i + ", REPEAT('n', 90), 'again')",
            "COMMIT");
      }
    }
  }

  private static int id(Random random) {
    double skewed = random.nextDouble() * random.nextDouble() * random.nextDouble();
    return 1 + (int) (skewed * HOT_ROWS) % HOT_ROWS;
  }
}
