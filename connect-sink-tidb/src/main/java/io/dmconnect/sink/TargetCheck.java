package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the target before a connector is made; changes nothing there. Takes bounded time. */
final class TargetCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TargetCheck.class);
  private static final long LIMIT_SECONDS = 30;
  private static final Set<String> ROWS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");
  private static final Set<String> DATA =
      Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX");

  /** What is wrong, on the keys that can change it; empty when the target can be used. */
  static List<ConfigProblem> problems(TiDbSinkConfig config) {
    return problems(() -> connectAndLook(config));
  }

  /**
   * What a look finds that is taken on a thread of its own; that it did not end well is a problem,
   * too. An interrupted caller stays interrupted.
   */
  static List<ConfigProblem> problems(Supplier<List<ConfigProblem>> look) {
    CompletableFuture<List<ConfigProblem>> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> settle(result, look), "tidb-sink-validation");
    thread.setDaemon(true);
    thread.setContextClassLoader(TargetCheck.class.getClassLoader());
    thread.start();
    try {
      return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return notLooked("The target did not answer within " + LIMIT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notLooked("The look at the target was interrupted; validate once more");
    } catch (ExecutionException e) {
      LOG.error("The look at the target failed", e.getCause());
      return notLooked(
          "The look at the target failed, the worker's log has the details: " + e.getCause());
    }
  }

  private static void settle(
      CompletableFuture<List<ConfigProblem>> result, Supplier<List<ConfigProblem>> look) {
    try {
      result.complete(look.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static List<ConfigProblem> notLooked(String why) {
    return List.of(new ConfigProblem(ConnectionKeys.URL, why));
  }

  private static List<ConfigProblem> connectAndLook(TiDbSinkConfig config) {
    List<ConfigProblem> problems = new ArrayList<>();
    try (Connection connection = TargetPool.dataSource(config.target(1)).getConnection();
        Statement statement = connection.createStatement()) {
      String version = text(statement, "SELECT VERSION()");
      if (!version.toLowerCase(Locale.ROOT).contains("tidb")) {
        problems.add(
            new ConfigProblem(ConnectionKeys.URL, "The server is " + version + ", not TiDB"));
        return problems;
      }

      Grants grants = Grants.read(statement);
      Set<String> bookkeeping = new TreeSet<>(ROWS);
      if (!MetaSetup.areThere(statement, new MetaTables(config.metaSchema()))) {
        bookkeeping.add("CREATE");
      }

      require(grants, config.metaSchema(), bookkeeping, TiDbSinkConfig.META_SCHEMA, problems);
      problems.addAll(dataProblems(grants, targetSchemas(config), config.metaSchema()));
    } catch (SQLException e) {
      problems.addAll(notConnected(e));
    } catch (IllegalArgumentException e) {
      problems.add(new ConfigProblem(ConnectionKeys.URL, e.getMessage()));
    }

    return problems;
  }

  /**
   * What the account lacks for rows and schema changes. Which schemas tables go to that keep their
   * names is known when their records come; so without any that is named only an account is told of
   * that may write rows nowhere. A schema chosen for the bookkeeping may be one of theirs.
   *
   * @param schemas the schemas that routes name
   */
  static List<ConfigProblem> dataProblems(Grants grants, Set<String> schemas, String metaSchema) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (String schema : schemas) {
      require(grants, schema, DATA, ConnectionKeys.USERNAME, problems);
    }

    if (schemas.isEmpty() && metaSchema.equals(TiDbSinkConfig.DEFAULT_META_SCHEMA)) {
      Set<String> missing = grants.missingOutside(metaSchema, ROWS);
      if (!missing.isEmpty()) {
        problems.add(
            new ConfigProblem(
                ConnectionKeys.USERNAME,
                "The account has "
                    + String.join(", ", missing)
                    + " on nothing that rows could go to; a DBA runs, for each target schema: GRANT "
                    + String.join(", ", new TreeSet<>(DATA))
                    + " ON `<schema>`.* TO "
                    + grants.account()));
      }
    }

    return problems;
  }

  private static Set<String> targetSchemas(TiDbSinkConfig config) {
    Set<String> schemas = new TreeSet<>();
    for (RouteRule rule : config.routes()) {
      if (rule.targetSchema() != null) {
        schemas.add(rule.targetSchema());
      }
    }

    return schemas;
  }

  private static void require(
      Grants grants, String schema, Set<String> privileges, String key, List<ConfigProblem> to) {
    Set<String> missing = grants.missing(schema, privileges);
    if (!missing.isEmpty()) {
      to.add(
          new ConfigProblem(
              key,
              "The account lacks privileges; a DBA runs: GRANT "
                  + String.join(", ", missing)
                  + " ON `"
                  + schema
                  + "`.* TO "
                  + grants.account()));
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static List<ConfigProblem> notConnected(SQLException error) {
    String message = Retry.describe(error);
    if (TiDbCompatibility.refusal(error) == Refusal.DENIED) {
      return List.of(
          new ConfigProblem(ConnectionKeys.USERNAME, message),
          new ConfigProblem(ConnectionKeys.PASSWORD, message));
    }

    return List.of(
        new ConfigProblem(
            isAboutTls(error) ? SslKeys.MODE : ConnectionKeys.URL, "Cannot connect: " + message));
  }

  private static boolean isAboutTls(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof javax.net.ssl.SSLException
          || text.contains("ssl")
          || text.contains("keystore")) {
        return true;
      }
    }

    return false;
  }

  private TargetCheck() {}
}
