package io.dmconnect.it.chaos;

import io.dmconnect.local.client.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One shard's table in MySQL: its schema changes, and random rows that fit it. */
final class Shard {
  private static final int IDS = 1_000_000;
  private static final int FIRST_ROWS = 40;

  private final Sql mysql;
  private final String database;
  private final String table;
  private final int number;
  private final Random random;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private int ids = 1;
  private int codes;
  private int marks;

  /**
   * Makes the table, with some rows.
   *
   * @param number of the shard; gives the range of its ids
   */
  Shard(Sql mysql, String database, int number, Random random) {
    this.mysql = mysql;
    this.database = database;
    this.table = "`" + database + "`.orders_" + number;
    this.number = number;
    this.random = random;
    mysql.run(
        "CREATE TABLE "
            + table
            + " (id BIGINT PRIMARY KEY, code VARCHAR(40) NOT NULL, mark INT NOT NULL DEFAULT 0,"
            + " UNIQUE KEY code (code)) DEFAULT CHARSET utf8mb4",
        "INSERT INTO " + table + " VALUES (" + id(0) + ", " + code() + ", 0)");
    for (int i = 0; i < FIRST_ROWS; i++) {
      insert();
    }
  }

  String database() {
    return database;
  }

  String name() {
    return "orders_" + number;
  }

  Sql mysql() {
    return mysql;
  }

  /** Makes a schema change. */
  void change(Change change) {
    mysql.run("ALTER TABLE " + table + " " + change.clause());
    change.applyTo(columns);
  }

  /** Changes a row. */
  void write() {
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> insert();
      case 4, 5 -> mysql.run("UPDATE " + table + " SET " + assignment() + where());
      case 6 -> mysql.run("UPDATE " + table + " SET id = " + id(ids++) + where());
      default -> mysql.run("DELETE FROM " + table + where());
    }
  }

  private void insert() {
    List<String> names = new ArrayList<>(List.of("id", "code"));
    List<String> values = new ArrayList<>(List.of(Integer.toString(id(ids++)), code()));
    for (Column column : columns.values()) {
      if (column.isRequired() || random.nextBoolean()) {
        names.add(column.name());
        values.add(column.literal(random));
      }
    }

    mysql.run(
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", names)
            + ") VALUES ("
            + String.join(", ", values)
            + ")");
  }

  private String assignment() {
    List<Column> all = List.copyOf(columns.values());
    if (all.isEmpty() || random.nextInt(4) == 0) {
      return "code = " + code();
    }

    Column column = all.get(random.nextInt(all.size()));
    return column.name() + " = " + column.literal(random);
  }

  private String where() {
    return " WHERE id = " + id(1 + random.nextInt(ids));
  }

  private int id(int n) {
    return number * IDS + n;
  }

  private String code() {
    return "'" + number + "-" + codes++ + "'";
  }

  /** Writes a number into one row, behind everything before; {@link #isMarkedIn} finds it. */
  void mark() {
    mysql.run("UPDATE " + table + " SET mark = " + ++marks + " WHERE id = " + id(0));
  }

  /** Whether the merged table has the last mark. */
  boolean isMarkedIn(Sql target, String merged) {
    return target.number("SELECT mark FROM " + merged + " WHERE id = " + id(0)) == marks;
  }
}
