package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.MysqlRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./dm up} between databases that run already; only in the profile of the demo. */
@EnabledIfSystemProperty(named = "dm.demo", matches = "true")
class UpIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void replicatesTheNamedDatabaseUntilItIsStopped() throws Exception {
    Path output = folder.resolve("output");
    try (LocalStack databases =
            LocalStack.builder().mysql("upstream", MysqlRelease.MYSQL_8_0).tidb().start();
        Sql mysql = databases.database("upstream").sql();
        Sql tidb = databases.tidb().sql()) {
      mysql.run(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(20))",
          "INSERT INTO shop.orders VALUES (1, 'read')",
          "CREATE DATABASE other",
          "CREATE TABLE other.t (id INT PRIMARY KEY)");
      Process up =
          new ProcessBuilder(
                  HOME.resolve("dm").toString(),
                  "up",
                  "--source=" + url(databases.database("upstream")),
                  "--target=" + url(databases.tidb()),
                  "--databases=shop")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        awaitRows(up, tidb, "1 read");
        mysql.run("INSERT INTO shop.orders VALUES (2, 'streamed')");
        awaitRows(up, tidb, "1 read", "2 streamed");
        assertThat(tidb.column("SHOW DATABASES")).doesNotContain("other");
      } catch (Await.AwaitException e) {
        throw new AssertionError(read(output), e);
      } finally {
        up.destroy();
        assertThat(up.waitFor(END.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      }
      assertThat(read(output)).contains("mysql-1 runs", "tidb runs");
    }
  }

  private static void awaitRows(Process up, Sql tidb, String... rows) {
    Await.until(
        "the target to have " + List.of(rows),
        LIMIT,
        () -> rows(tidb).equals(List.of(rows)),
        () -> up.isAlive() ? null : "./dm up has ended");
  }

  private static List<String> rows(Sql tidb) {
    try {
      return tidb.column("SELECT CONCAT(id, ' ', v) FROM shop.orders ORDER BY id");
    } catch (Sql.SqlException e) {
      return List.of();
    }
  }

  private static String url(DatabaseServer server) {
    return String.format(
        "mysql://%s:%s@%s:%d", server.user(), server.password(), server.host(), server.port());
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
