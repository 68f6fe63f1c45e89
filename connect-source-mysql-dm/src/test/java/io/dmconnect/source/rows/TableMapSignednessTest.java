package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bodies of TABLE_MAP events as MySQL 8.0.31 wrote them. */
class TableMapSignednessTest {
  @Test
  @DisplayName("YEAR has a signedness bit: CREATE TABLE y1 (a INT UNSIGNED, y YEAR, b INT)")
  void yearHasSignednessBit() {
    TableMap map = parse("c609000000000100056c65616478000279310003030d0300070101c0");
    assertThat(map.isUnsigned(0)).isTrue();
    assertThat(map.isUnsigned(2)).isFalse();
  }

  @Test
  @DisplayName("BIT has no signedness bit: CREATE TABLE b1 (a INT UNSIGNED, y BIT(12), b INT)")
  void bitHasNoSignednessBit() {
    TableMap map = parse("c709000000000100056c6561647800026231000303100302040107010180");
    assertThat(map.isUnsigned(0)).isTrue();
    assertThat(map.isUnsigned(2)).isFalse();
  }

  private static TableMap parse(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    return TableMap.parse(body, 0, body.length);
  }
}
