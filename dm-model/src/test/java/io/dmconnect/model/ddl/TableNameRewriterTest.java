package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNameRewriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          CREATE TABLE t(a INT)                       | CREATE TABLE `Td`.`T`(a INT)
          CREATE TABLE x . t (a INT) -- t             | CREATE TABLE `Tx`.`T` (a INT) -- t
          CREATE TABLE t LIKE x.u                     | CREATE TABLE `Td`.`T` LIKE `Tx`.`U`
          CREATE TABLE t (a INT REFERENCES u (t))     | CREATE TABLE `Td`.`T` (a INT REFERENCES `Td`.`U` (t))
          CREATE TABLE t (t INT) UNION=(u,x.v) INSERT_METHOD=LAST | CREATE TABLE `Td`.`T` (t INT) UNION=(`Td`.`U`,`Tx`.`V`) INSERT_METHOD=LAST
          ALTER TABLE t ADD t INT COMMENT 't', RENAME u | ALTER TABLE `Td`.`T` ADD t INT COMMENT 't', RENAME `Td`.`U`
          ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES `x`.`u`(a) | ALTER TABLE `Td`.`T` ADD FOREIGN KEY (a) REFERENCES `Tx`.`U`(a)
          ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u | ALTER TABLE `Td`.`T` EXCHANGE PARTITION p WITH TABLE `Td`.`U`
          CREATE INDEX t ON t (t)                     | CREATE INDEX t ON `Td`.`T` (t)
          DROP INDEX t ON x.t                         | DROP INDEX t ON `Tx`.`T`
          DROP TABLE t, x.u                           | DROP TABLE `Td`.`T`, `Tx`.`U`
          TRUNCATE t                                  | TRUNCATE `Td`.`T`
          RENAME TABLE t TO x.u                       | RENAME TABLE `Td`.`T` TO `Tx`.`U`
          CREATE DATABASE x CHARSET utf8              | CREATE DATABASE `Tx` CHARSET utf8
          ALTER DATABASE CHARSET utf8                 | ALTER DATABASE CHARSET utf8
          DROP SCHEMA IF EXISTS x                     | DROP SCHEMA IF EXISTS `Tx`
          UPDATE t SET a = 1                          | UPDATE t SET a = 1
          """)
  void replacesTableNamesAndNothingElse(String sql, String rewritten) {
    assertThat(
            TableNameRewriter.rewrite(sql, SqlModes.DEFAULT, "d", TableNameRewriterTest::toTarget))
        .isEqualTo(rewritten);
  }

  @Test
  void quotesInNamesAreDoubled() {
    assertThat(
            TableNameRewriter.rewrite(
                "DROP TABLE t", SqlModes.DEFAULT, "d", id -> new TableId("a`b", "c")))
        .isEqualTo("DROP TABLE `a``b`.`c`");
  }

  @Property
  void rewritingToTheSameNamesKeepsEveryOtherByte(@ForAll("sqlLikeText") String sql) {
    String once = TableNameRewriter.rewrite(sql, SqlModes.DEFAULT, "d", id -> id);

    assertThat(TableNameRewriter.rewrite(once, SqlModes.DEFAULT, "d", id -> id)).isEqualTo(once);
  }

  @Property
  void qualifiedQuotedNamesStayAsTheyAre(@ForAll("sqlLikeText") String tail) {
    String sql = "TRUNCATE TABLE `d`.`t` " + tail;

    assertThat(TableNameRewriter.rewrite(sql, SqlModes.DEFAULT, "d", id -> id)).isEqualTo(sql);
  }

  @Provide
  Arbitrary<String> sqlLikeText() {
    return SqlTokenizerTest.Statements.sqlLikeText();
  }

  private static TableId toTarget(TableId id) {
    return new TableId("T" + id.schema(), id.table().toUpperCase(Locale.ROOT));
  }
}
