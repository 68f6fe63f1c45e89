package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.sink.testing.ChangeUnderWay;
import io.dmconnect.sink.testing.TargetDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = TargetDatabase.URL, matches = ".+")
class TargetShapeIT {
  private static TargetDatabase database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = new TargetDatabase("sink_shape");
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    database.close();
  }

  private static TargetShape shape(String table) throws SQLException {
    return TargetShape.read(database.connection(), database.table(table));
  }

  @Test
  void aColumnThatAnotherTaskIsAddingIsNotThereYet() throws Exception {
    database.run("CREATE TABLE growing (id int PRIMARY KEY)");

    try (ChangeUnderWay change =
        new ChangeUnderWay(database, "growing", "ADD COLUMN a int", "columns")) {
      assertThat(change.listed()).contains("a");
      assertThat(shape("growing").columns()).containsOnlyKeys("id");
    }

    assertThat(shape("growing").columns()).containsOnlyKeys("id", "a");
  }

  @Test
  void anIndexThatAnotherTaskIsAddingIsNotThereYet() throws Exception {
    database.run("CREATE TABLE keyed (id int PRIMARY KEY, a int)");

    try (ChangeUnderWay change =
        new ChangeUnderWay(database, "keyed", "ADD INDEX i (a)", "statistics")) {
      assertThat(change.listed()).contains("i");
      assertThat(shape("keyed").indexes()).containsOnlyKeys("primary");
    }

    assertThat(shape("keyed").indexes()).containsOnlyKeys("primary", "i");
  }

  @Test
  void aMissingTableHasNoColumns() throws SQLException {
    assertThat(shape("none").exists()).isFalse();
  }
}
