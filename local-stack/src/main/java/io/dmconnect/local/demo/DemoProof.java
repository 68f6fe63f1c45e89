package io.dmconnect.local.demo;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableDigest;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.local.server.DatabaseServer;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Row counts and checksums of both ends, side by side. */
final class DemoProof {
  private final List<DatabaseServer> sources;
  private final DatabaseServer target;

  /**
   * One target table with what feeds it.
   *
   * @param upstream the digest of all source tables together
   * @param downstream the digest of the target table
   */
  record Line(String what, TableDigest upstream, TableDigest downstream) {
    boolean equal() {
      return upstream.equals(downstream);
    }
  }

  DemoProof(List<DatabaseServer> sources, DatabaseServer target) {
    this.sources = sources;
    this.target = target;
  }

  /** Reads all tables of both ends in full. */
  List<Line> read() throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (Sql down = target.sql()) {
      TableDigest merged = TableDigest.EMPTY;
      List<String> columns = List.of();
      for (DemoDatabase.Shard shard : DemoDatabase.SHARDS) {
        try (Sql up = sources.get(shard.source()).sql()) {
          columns = columns(up, shard.table());
          merged = merged.plus(digest(up, shard.table(), columns));
        }
      }
      lines.add(
          new Line(
              "4 shards -> " + DemoDatabase.SCHEMA + "." + DemoDatabase.MERGED,
              merged,
              digest(down, DemoDatabase.MERGED, columns)));
      try (Sql up = sources.get(0).sql()) {
        columns = columns(up, DemoDatabase.EVERYTHING);
        lines.add(
            new Line(
                DemoDatabase.SCHEMA + "." + DemoDatabase.EVERYTHING,
                digest(up, DemoDatabase.EVERYTHING, columns),
                digest(down, DemoDatabase.EVERYTHING, columns)));
      }
    }
    return lines;
  }

  /** Prints the lines as a table. */
  static void print(List<Line> lines, PrintStream out) {
    out.printf(
        "%n%-28s %12s %18s %12s %18s%n",
        "table", "MySQL rows", "checksum", "TiDB rows", "checksum");
    for (Line line : lines) {
      out.printf(
          "%-28s %,12d %18s %,12d %18s  %s%n",
          line.what(),
          line.upstream().rows(),
          line.upstream().checksumText(),
          line.downstream().rows(),
          line.downstream().checksumText(),
          line.equal() ? "equal" : "DIFFERENT");
    }
  }

  private static List<String> columns(Sql sql, String table) throws SQLException {
    return new TableReader().columns(sql.connection(), DemoDatabase.SCHEMA, table);
  }

  private static TableDigest digest(Sql sql, String table, List<String> columns)
      throws SQLException {
    return TableDigest.of(sql.connection(), DemoDatabase.SCHEMA, table, columns);
  }
}
