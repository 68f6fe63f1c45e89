package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the text, the parser gives a statement or says where it does not understand it. */
class DdlParserPropertyTest {
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  @Property
  void textIsUnderstoodOrRefusedWithItsPlace(@ForAll("damagedStatements") String sql) {
    DdlStatement statement;
    try {
      statement = DdlParser.parse(sql, SqlModes.DEFAULT, "d");
    } catch (DdlSyntaxException e) {
      assertThat(e.position()).isBetween(0, sql.length());
      return;
    }
    try {
      TableSchema after = SchemaEvolution.apply(null, statement, DEFAULTS);
      assertThat(after == null || statement instanceof DdlStatement.CreateTable).isTrue();
    } catch (SchemaEvolutionException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Property
  void textMadeOfKeywordsIsUnderstoodOrRefused(@ForAll("sqlLikeText") String sql) {
    try {
      assertThat(DdlParser.parse(sql, SqlModes.DEFAULT, "d")).isNotNull();
    } catch (DdlSyntaxException e) {
      assertThat(e.position()).isBetween(0, sql.length());
    }
  }

  @Property
  void rewritingNamesKeepsTheMeaning(@ForAll("statements") String sql) {
    DdlStatement before = DdlParser.parse(sql, SqlModes.DEFAULT, "d");
    String rewritten =
        TableNameRewriter.rewrite(
            sql, SqlModes.DEFAULT, "d", id -> new TableId("x" + id.schema(), id.table()));
    DdlStatement after = DdlParser.parse(rewritten, SqlModes.DEFAULT, null);

    assertThat(after.toString().replace("xd.", "d.")).isEqualTo(before.toString());
  }

  @Provide
  Arbitrary<String> statements() {
    List<String> statements = new ArrayList<>();
    for (EvolutionCases.Case test : EvolutionCases.all()) {
      if (test.modes().equals(SqlModes.DEFAULT)) {
        statements.addAll(test.statements());
      }
    }
    return Arbitraries.of(statements);
  }

  /** Statements without some of their tokens. */
  @Provide
  Arbitrary<String> damagedStatements() {
    return Combinators.combine(
            statements(),
            Arbitraries.integers().between(0, 400),
            Arbitraries.integers().between(0, 4))
        .as(DdlParserPropertyTest::without);
  }

  @Provide
  Arbitrary<String> sqlLikeText() {
    return SqlTokenizerTest.Statements.sqlLikeText();
  }

  private static String without(String sql, int from, int count) {
    List<Token> tokens = SqlTokenizer.tokenize(sql, SqlModes.DEFAULT);
    int first = from % tokens.size();
    int end = Math.min(first + count, tokens.size());
    return sql.substring(0, tokens.get(first).start())
        + (end < tokens.size() ? sql.substring(tokens.get(end).start()) : "");
  }
}
