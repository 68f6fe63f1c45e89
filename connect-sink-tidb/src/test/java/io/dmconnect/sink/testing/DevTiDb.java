package io.dmconnect.sink.testing;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TargetSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The TiDB that {@code -Ddm.tidb.url=jdbc:mysql://…} names; account root without password. */
public final class DevTiDb {
  /** The property that names it; tests that need it run only when it is set. */
  public static final String PROPERTY = "dm.tidb.url";

  private final MysqlDataSource dataSource =
      TargetPool.dataSource(new TargetSettings(url(), "root", "", Map.of(), false, 1, 10_000));

  /** Its URL. */
  public static String url() {
    return System.getProperty(PROPERTY);
  }

  /** The schema in which the tests keep the bookkeeping of what they write to another one. */
  public static String meta(String schema) {
    return schema + "_meta";
  }

  /** Drops a schema, and that of its bookkeeping, when they are there. */
  public void drop(String schema) {
    run("DROP DATABASE IF EXISTS " + schema, "DROP DATABASE IF EXISTS " + meta(schema));
  }

  /** Runs statements. */
  public void run(String... statements) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  /** The rows of a query, each with its cells as text separated by commas. */
  public List<String> query(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(row.getString(i)));
        }

        rows.add(String.join(",", cells));
      }

      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
