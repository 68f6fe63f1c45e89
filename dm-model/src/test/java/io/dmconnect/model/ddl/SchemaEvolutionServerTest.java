package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the cases on a server ({@code -Ddm.mysql.url=jdbc:mysql://…?user=root}). With {@code
 * -Ddm.record=FILE} it writes down what the server shows, for {@link SchemaEvolutionTest}.
 */
@EnabledIfSystemProperty(named = "dm.mysql.url", matches = ".+")
class SchemaEvolutionServerTest {
  private static final String SCHEMA = "ddl_evolution";

  @TestFactory
  List<DynamicTest> serverAndModelAgreeAfterEveryStatement() {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> recorded = new ArrayList<>();
    for (EvolutionCases.Case test : EvolutionCases.all()) {
      tests.add(DynamicTest.dynamicTest(test.name(), () -> run(test, recorded)));
    }
    String record = System.getProperty("dm.record");
    if (record != null) {
      tests.add(
          DynamicTest.dynamicTest(
              "record", () -> Files.writeString(Path.of(record), String.join("", recorded))));
    }
    return tests;
  }

  private static void run(EvolutionCases.Case test, List<String> recorded) throws SQLException {
    try (Connection connection = DriverManager.getConnection(System.getProperty("dm.mysql.url"));
        Statement statement = connection.createStatement()) {
      String version = version(statement);
      Assumptions.assumeTrue(test.isFor(version));
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
      statement.execute("CREATE DATABASE " + SCHEMA + " " + test.schemaOptions());
      statement.execute("USE " + SCHEMA);
      for (Map.Entry<String, String> variable : test.variables().entrySet()) {
        String set = "SET SESSION " + variable.getKey() + " = " + variable.getValue();
        executes(statement, set, version);
      }
      EvolutionRun run = new EvolutionRun(test, version);
      String mode = test.variables().getOrDefault("sql_mode", "DEFAULT");
      int step = 0;
      for (String sql : test.statements()) {
        step++;
        statement.execute("SET SESSION sql_mode = " + mode);
        if (!executes(statement, sql, version)) {
          continue;
        }
        // With NO_BACKSLASH_ESCAPES the server doubles backslashes although nothing undoes it.
        statement.execute("SET SESSION sql_mode = ''");
        TableId table = run.apply(sql);
        String shown = show(statement, table);
        recorded.add("### " + test.name() + " / " + step + "\n" + shown + "\n");
        run.compare(table, shown, sql);
      }
      statement.execute("DROP DATABASE " + SCHEMA);
    }
  }

  private static String show(Statement statement, TableId table) throws SQLException {
    String name = SCHEMA + "." + TableId.quote(table.table());
    try (ResultSet result = statement.executeQuery("SHOW CREATE TABLE " + name)) {
      result.next();
      return result.getString(2);
    }
  }

  private static String version(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT VERSION()")) {
      result.next();
      return result.getString(1);
    }
  }

  /** Other servers than the recorded one lack some of the features; they skip those statements. */
  private static boolean executes(Statement statement, String sql, String version)
      throws SQLException {
    try {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (version.startsWith("8.0")) {
        throw e;
      }
      System.err.println("refused: " + sql + ": " + e.getMessage());
      return false;
    }
  }
}
