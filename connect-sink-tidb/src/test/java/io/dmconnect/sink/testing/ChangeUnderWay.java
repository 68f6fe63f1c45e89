package io.dmconnect.sink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An ALTER TABLE that TiDB has begun and cannot end: a transaction that read the table before holds
 * its metadata lock. Closing it ends the transaction and waits for the change to be done.
 */
public final class ChangeUnderWay implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Connection reader;
  private final CompletableFuture<Void> change;
  private final Set<String> listed = new HashSet<>();

  /**
   * Begins {@code ALTER TABLE table alteration} and waits until {@code information_schema.<view>}
   * lists something new of the table.
   *
   * @param view {@code columns} or {@code statistics}
   */
  public ChangeUnderWay(TargetDatabase database, String table, String alteration, String view)
      throws SQLException {
    String quoted = database.table(table).quoted();
    Set<String> before = names(database, table, view);
    reader = connect();
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement()) {
      statement.executeQuery("SELECT * FROM " + quoted).close();
    }

    change =
        CompletableFuture.runAsync(
            () -> {
              try (Connection connection = connect();
                  Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE " + quoted + " " + alteration);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    Await.until(
        "the change to be listed",
        LIMIT,
        () -> {
          listed.addAll(names(database, table, view));
          listed.removeAll(before);
          return !listed.isEmpty();
        });
    assertThat(change).isNotDone();
  }

  /** What {@code information_schema} lists since the change began, in lower case. */
  public Set<String> listed() {
    return listed;
  }

  private static Set<String> names(TargetDatabase database, String table, String view)
      throws SQLException {
    String name = view.equals("columns") ? "column_name" : "index_name";
    Set<String> names = new HashSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT "
                    + name
                    + " FROM information_schema."
                    + view
                    + " WHERE table_schema = '"
                    + database.table(table).schema()
                    + "' AND table_name = '"
                    + table
                    + "'")) {
      while (row.next()) {
        names.add(row.getString(1).toLowerCase(Locale.ROOT));
      }
    }

    return names;
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(System.getProperty(TargetDatabase.URL), "root", "");
  }

  @Override
  public void close() throws Exception {
    try (reader) {
      reader.rollback();
    }

    change.get(Await.scaled(LIMIT).toSeconds(), TimeUnit.SECONDS);
  }
}
