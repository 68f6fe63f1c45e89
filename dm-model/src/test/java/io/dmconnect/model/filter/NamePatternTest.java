package io.dmconnect.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "t1, t1, true",
    "t1, T1, true",
    "t1, t12, false",
    "t*, t, true",
    "t*, t_1, true",
    "t*, at, false",
    "*, anything, true",
    "t?, t1, true",
    "t?, t, false",
    "t?, t12, false",
    "t[1-3], t2, true",
    "t[1-3], t4, false",
    "t[13x], t3, true",
    "t[13x], t2, false",
    "t[A-C], tb, true",
    "t[!1-3], t4, true",
    "t[!1-3], t3, false",
    "t[!], t!, true",
    "t[a-], t-, true",
    "t[, t[, true",
    "t[1-3]*, t2x, true",
    "doc?_*, docs_, true",
    "'~^t_\\d+$', t_12, true",
    "'~^t_\\d+$', xt_12, false",
    "~tab, MyTables, true",
  })
  void matchesAsDmDoes(String pattern, String name, boolean matches) {
    assertThat(NamePattern.of(pattern, false).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"t1, T1, false", "T[A-C], TB, true", "T[A-C], Tb, false", "~^T, t, false"})
  void mindsCaseWhenAsked(String pattern, String name, boolean matches) {
    assertThat(NamePattern.of(pattern, true).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "t1, true",
    "t[, true",
    "t[1], true",
    "t?, false",
    "t*, false",
    "t[12], false",
    "~t, false"
  })
  void knowsWhetherItMatchesOneNameOnly(String pattern, boolean literal) {
    assertThat(NamePattern.of(pattern, false).isLiteral()).isEqualTo(literal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t*1", "**", "t[]"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThatThrownBy(() -> NamePattern.of(pattern, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }

  @Test
  void refusesAWrongExpression() {
    assertThatThrownBy(() -> NamePattern.of("~(", false))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
