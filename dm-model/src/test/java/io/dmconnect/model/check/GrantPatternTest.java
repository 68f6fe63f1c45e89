package io.dmconnect.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantPatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, any, true",
    "`shop`, shop, true",
    "`shop`, Shop, true",
    "`shop`, shop2, false",
    "shop, shop, true",
    "`shop_1`, shopx1, true",
    "`shop\\_1`, shop_1, true",
    "`shop\\_1`, shopx1, false",
    "`shop%`, shop_17, true",
    "`shop%`, toyshop, false",
    "`back``quote`, back`quote, true",
    "`a.b`, axb, false",
  })
  void holdsInTheSchemasThatTheServerTakesItFor(String text, String schema, boolean holds) {
    assertThat(GrantPattern.of(text).matches(schema)).isEqualTo(holds);
  }

  @Test
  void namesItsSchemaOnlyWhenItIsOne() {
    assertThat(GrantPattern.of("`shop\\_1`").name()).contains("shop_1");
    assertThat(GrantPattern.of("`shop_1`").name()).isEmpty();
    assertThat(GrantPattern.of("*").name()).isEmpty();
  }
}
