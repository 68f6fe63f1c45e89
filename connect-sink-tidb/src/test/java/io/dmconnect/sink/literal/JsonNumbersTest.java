package io.dmconnect.sink.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.sink.error.SinkError;
import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1.5",
        "[1, 2.50, {\"a\": -0.0}]",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "1e20",
        "1.7976931348623157e308",
        "5e-324",
        "0.30000000000000004",
        "1234567890123456.8",
        "100000000000000000000",
        "123456789012.345",
        "{\"0.12345678901234567890\": \"1.23456789012345678901\", \"a\\\"1.23456789012345678901\": 1}"
      })
  void numbersThatTiDbKeepsAreTaken(String document) {
    assertThatCode(() -> JsonNumbers.check(document)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.12345678901234567890",
        "18446744073709551616",
        "-9223372036854775809",
        "[1, {\"a\": 1234567890123456789.5}]",
        "0.12345678901234567",
        "1e400"
      })
  void numbersThatTiDbWouldRoundAreRefused(String document) {
    assertThatThrownBy(() -> JsonNumbers.check(document))
        .isInstanceOfSatisfying(
            BadValueException.class, e -> assertThat(e.code()).isEqualTo(SinkError.JSON_NUMBER))
        .hasMessageContaining("of the JSON document");
  }

  @Property
  void everyDoubleIsTakenAsItsShortestText(@ForAll double value) {
    assertThatCode(() -> JsonNumbers.check("[" + shortest(value) + "]")).doesNotThrowAnyException();
  }

  private static String shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; ; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.toString();
      }
    }
  }
}
