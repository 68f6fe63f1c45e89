package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LedgerKeyTest {
  private static final String ASCII = "src:snapshot:`shop`.`orders`";

  @Test
  void anIdThatFitsIsItsOwnKey() {
    String longest = "x".repeat(255);
    assertThat(LedgerKey.of(ASCII)).isEqualTo(ASCII);
    assertThat(LedgerKey.of(longest)).isEqualTo(longest);
  }

  @Test
  void anIdOfOtherCharactersBeginsReadablyAndFits() {
    String key = LedgerKey.of("src:snapshot:`shop`.`订单\uD83D\uDE00`");
    assertThat(key).startsWith("src:snapshot:`shop`.`___`#").hasSizeLessThanOrEqualTo(255);
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(key)).isTrue();
  }

  @Test
  void anIdThatIsTooLongIsCutToTheLongestKey() {
    assertThat(LedgerKey.of("x".repeat(256))).startsWith("x".repeat(190)).hasSize(255);
  }

  @Test
  void idsThatLookAlikeHaveDifferentKeys() {
    assertThat(LedgerKey.of("订单")).isNotEqualTo(LedgerKey.of("订货")).hasSize(67);
    assertThat(LedgerKey.of("x".repeat(300) + "1")).isNotEqualTo(LedgerKey.of("x".repeat(300)));
    assertThat(LedgerKey.of("订单")).isEqualTo(LedgerKey.of("订单"));
  }
}
