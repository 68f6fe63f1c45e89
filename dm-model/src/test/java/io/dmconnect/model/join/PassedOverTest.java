package io.dmconnect.model.join;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassedOverTest {
  private static final String ID = "id int not null;primary key (id);";

  private static PassedOver of(String member, String merged, String... compared) {
    return PassedOver.of(table(ID + member), table(ID + merged), Set.of(compared));
  }

  @Test
  void aColumnThatTheMergedTableLacksIsLeftOut() {
    assertThat(of("a int;C int", "A int").leftOut()).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource({
    "b bigint, b int, true",
    "b int, b bigint, false",
    "b int, b int unsigned, true",
    "b varchar(20), b varchar(10), true",
    "b varchar(10), b varchar(20), false",
    "b varchar(10), b int, true",
    "b int, b int not null, true",
    "b int not null, b int, false",
    "'b decimal(10,2)', 'b decimal(12,2)', false",
    "'b decimal(12,2)', 'b decimal(10,2)', true",
    "b varchar(9) charset utf8mb4, b varchar(9) charset latin1, true",
    "b varchar(9) charset gbk, b varchar(9) charset utf8mb4, false",
    "b varchar(9) collate utf8mb4_0900_ai_ci, b varchar(9) collate utf8mb4_bin, false",
  })
  void aComparedColumnIsLeftOutByItsValueWhenTheMergedTableMayNotHoldIt(
      String member, String merged, boolean byValue) {
    assertThat(of(member, merged, "b").byValue().contains("b")).isEqualTo(byValue);
    assertThat(of(member, merged).byValue()).isEmpty();
  }

  @Test
  void aColumnOfAUniqueKeyIsNeverPassedOver() {
    PassedOver passedOver = of("u bigint", "u int;v int not null;unique uv (u, v)", "u");

    assertThat(passedOver).isEqualTo(PassedOver.NOTHING);
  }

  @Test
  void noColumnIsPassedOverWhereAUniqueKeyIsComputed() {
    PassedOver passedOver =
        of("u bigint", "u int;v int not null;g int as (u + 1) virtual;unique ug (g)", "u");

    assertThat(passedOver).isEqualTo(PassedOver.NOTHING);
  }

  @Test
  void aColumnThatNeedsAValueGetsTheOneOfRowsThatLackIt() {
    PassedOver passedOver =
        of("", "n int not null;t varchar(3) not null;d int not null default 5;o int");

    assertThat(passedOver.filled()).isEqualTo(Map.of("n", "0", "t", "''"));
    assertThat(passedOver.leftOut()).isEmpty();
  }

  @Test
  void aColumnLeftOutByItsValueIsFilledWhenItNeedsOne() {
    PassedOver passedOver = of("b bigint not null", "b int not null", "b");

    assertThat(passedOver.byValue()).containsExactly("b");
    assertThat(passedOver.filled()).isEqualTo(Map.of("b", "0"));
  }

  @Test
  void columnsChangeWithTheirTypeOrNullability() {
    assertThat(
            PassedOver.changed(
                table("a int;b int;c int;D int comment 'x'"),
                table("a bigint;b int not null;d int comment 'y';e int")))
        .containsExactly("a", "b", "e");
  }

  @Test
  void noOtherColumnsThanSomeAreLeftOutButAllAreFilled() {
    PassedOver some = of("a int;b int", "c int not null;d int not null").only(Set.of("a"));

    assertThat(some.columns()).containsExactly("a", "c", "d");
  }
}
