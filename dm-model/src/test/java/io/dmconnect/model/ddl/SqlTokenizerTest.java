package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTokenizerTest {
  private static final SqlModes ANSI = SqlModes.parse("ANSI_QUOTES");
  private static final SqlModes NO_ESCAPES = SqlModes.parse("NO_BACKSLASH_ESCAPES");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a.b                        | WORD:a SYMBOL:. WORD:b
          db.1a                      | WORD:db SYMBOL:. WORD:1a
          db.1e5                     | WORD:db SYMBOL:. WORD:1e5
          1a                         | WORD:1a
          1e5                        | NUMBER:1e5
          1e+5                       | NUMBER:1e+5
          1ex                        | WORD:1ex
          .5                         | NUMBER:.5
          1.5e-3                     | NUMBER:1.5e-3
          0x4f                       | HEX_OR_BIT:0x4f
          0xzz                       | WORD:0xzz
          0b01                       | HEX_OR_BIT:0b01
          x'4f' B'01'                | HEX_OR_BIT:x'4f' HEX_OR_BIT:B'01'
          'it''s' 'a\\'b'            | STRING:'it''s' STRING:'a\\'b'
          N'x' _utf8mb4'y'           | STRING:N'x' WORD:_utf8mb4 STRING:'y'
          "a" `b``c`                 | STRING:"a" QUOTED:`b``c`
          a/* c */b                  | WORD:a WORD:b
          a # c                      | WORD:a
          a -- c                     | WORD:a
          a--1                       | WORD:a SYMBOL:- SYMBOL:- NUMBER:1
          /*!50100 a */ b            | WORD:a WORD:b
          /*!080016a*/b              | WORD:a WORD:b
          /*! a */                   | WORD:a
          /*M!100401 a */ b          | WORD:a WORD:b
          /*M!999999\\- sandbox */ b | WORD:b
          /*!50100 a /* c */ b */ d  | WORD:a WORD:b WORD:d
          名 é                        | WORD:名 WORD:é
          'open                      | STRING:'open
          """)
  void cutsTextAsTheServerDoes(String sql, String tokens) {
    assertThat(describe(SqlTokenizer.tokenize(sql, SqlModes.DEFAULT))).isEqualTo(tokens);
  }

  @Test
  void doubleQuotesAreIdentifiersWithAnsiQuotes() {
    assertThat(describe(SqlTokenizer.tokenize("\"a\"\"b\"", ANSI))).isEqualTo("QUOTED:\"a\"\"b\"");
    assertThat(SqlTokenizer.tokenize("\"a\"\"b\"", ANSI).get(0).identifier()).isEqualTo("a\"b");
  }

  @Test
  void backslashIsAnOrdinaryCharacterWithNoBackslashEscapes() {
    assertThat(describe(SqlTokenizer.tokenize("'a\\' b", NO_ESCAPES)))
        .isEqualTo("STRING:'a\\' WORD:b");
  }

  @Test
  void combinationModesCountWithWhatTheyStandFor() {
    assertThat(SqlModes.parse("ansi, STRICT_TRANS_TABLES"))
        .isEqualTo(new SqlModes(true, false, true));
    assertThat(SqlModes.parse(null)).isEqualTo(SqlModes.DEFAULT);
  }

  @Property
  void tokensAreInOrderAndOnlyBlanksAndCommentsLieBetweenThem(
      @ForAll("sqlLikeText") String sql, @ForAll boolean ansi, @ForAll boolean noEscapes) {
    int behindLast = 0;
    for (Token token : SqlTokenizer.tokenize(sql, new SqlModes(ansi, noEscapes, false))) {
      assertThat(token.start()).isGreaterThanOrEqualTo(behindLast);
      assertThat(token.end()).isGreaterThan(token.start());
      assertBlank(sql.substring(behindLast, token.start()));
      behindLast = token.end();
    }
    assertBlank(sql.substring(behindLast));
  }

  @Property
  void tokensWithBlanksBetweenThemAreTheSameTokens(@ForAll("sqlLikeText") String sql) {
    List<String> tokens =
        SqlTokenizer.tokenize(sql, SqlModes.DEFAULT).stream()
            .filter(token -> !token.text().contains("*"))
            .filter(token -> !"-#/".contains(token.text()))
            .filter(SqlTokenizerTest::isClosed)
            .map(Token::text)
            .toList();
    String joined = String.join(" ", tokens);

    assertThat(SqlTokenizer.tokenize(joined, SqlModes.DEFAULT))
        .extracting(Token::text)
        .isEqualTo(tokens);
  }

  @Provide
  Arbitrary<String> sqlLikeText() {
    return Statements.sqlLikeText();
  }

  private static boolean isClosed(Token token) {
    return SqlTokenizer.tokenize(token.text() + " a", SqlModes.DEFAULT).size() == 2;
  }

  private static void assertBlank(String between) {
    assertThat(
            between.isBlank()
                || between.contains("*/")
                || between.contains("/*")
                || between.contains("#")
                || between.contains("--")
                || between.chars().allMatch(c -> c <= ' '))
        .as("between tokens: <%s>", between)
        .isTrue();
  }

  private static String describe(List<Token> tokens) {
    return String.join(
        " ", tokens.stream().map(token -> token.kind() + ":" + token.text()).toList());
  }

  /** Text made of the pieces that matter to the tokenizer and to the scanner. */
  static final class Statements {
    private static final List<String> PIECES =
        List.of(
            "CREATE",
            "TABLE",
            "ALTER",
            "DROP",
            "RENAME",
            "TO",
            "INDEX",
            "ON",
            "IF",
            "EXISTS",
            "NOT",
            "TEMPORARY",
            "LIKE",
            "SELECT",
            "REFERENCES",
            "UPDATE",
            "DELETE",
            "FROM",
            "INSERT",
            "INTO",
            "WITH",
            "DATABASE",
            "TRUNCATE",
            "UNION",
            "ADD",
            "COLUMN",
            "a",
            "`b`",
            "db",
            ".",
            ",",
            "(",
            ")",
            ";",
            "=",
            "*",
            "-",
            "/",
            "'s'",
            "'",
            "\"",
            "`",
            "/*",
            "*/",
            "/*!50100",
            "/*M!",
            "--",
            "#",
            "\n",
            "\\",
            "1",
            "0x1",
            "N'n'",
            "_utf8",
            "名",
            "@",
            "x'");

    private Statements() {}

    static Arbitrary<String> sqlLikeText() {
      return Arbitraries.of(PIECES)
          .list()
          .ofMaxSize(25)
          .flatMap(
              pieces ->
                  Arbitraries.of(" ", "", "  ").map(separator -> String.join(separator, pieces)));
    }
  }
}
