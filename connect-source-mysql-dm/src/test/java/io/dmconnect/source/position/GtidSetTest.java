package io.dmconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GtidSetTest {
  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";
  private static final String B = "bbbbbbbb-0000-0000-0000-000000000002";

  @Test
  void readsWhatShowMasterStatusPrints() {
    GtidSet set = GtidSet.parse(B.toUpperCase(Locale.ROOT) + ":1-3:5,\n" + A + ":7");

    assertThat(set).hasToString(A + ":7," + B + ":1-3:5");
    assertThat(set.contains(B, 3)).isTrue();
    assertThat(set.contains(B, 4)).isFalse();
    assertThat(set.contains(A, 7)).isTrue();
  }

  @Test
  void keepsTaggedGtidsApart() {
    GtidSet set = GtidSet.parse(A + ":1-3:backup:1-2");

    assertThat(set.contains(A, 3)).isTrue();
    assertThat(set.contains(A + ":backup", 2)).isTrue();
    assertThat(set.contains(A + ":backup", 3)).isFalse();
    assertThat(GtidSet.parse(set.toString())).isEqualTo(set);
  }

  @Test
  void joinsIntervalsWhenTheGapIsFilled() {
    GtidSet set = GtidSet.parse(A + ":1-3:5-7").plus(A, 4);

    assertThat(set).hasToString(A + ":1-7");
  }

  @Test
  void doesNotChangeWhenAGtidIsAddedTwice() {
    GtidSet set = GtidSet.parse(A + ":1-3");

    assertThat(set.plus(A, 2)).isSameAs(set);
  }

  @Test
  void containsAllComparesBySource() {
    GtidSet set = GtidSet.parse(A + ":1-9," + B + ":1-4");

    assertThat(set.containsAll(GtidSet.parse(B + ":2-4"))).isTrue();
    assertThat(set.containsAll(GtidSet.parse(B + ":2-5"))).isFalse();
  }

  @Test
  void refusesTextThatIsNoGtidSet() {
    assertThatThrownBy(() -> GtidSet.parse(A)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GtidSet.parse(A + ":1-x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mariaDbKeepsTheLastOfEachDomain() {
    GtidSet set = GtidSet.parse("1-7-5,0-1-100").plus("0-2", 101);

    assertThat(set).hasToString("0-2-101,1-7-5");
    assertThat(set.contains("0-1", 99)).isTrue();
    assertThat(set.contains("0-1", 102)).isFalse();
    assertThat(set.contains("2-1", 1)).isFalse();
    assertThat(set.containsAll(GtidSet.parse("0-9-101"))).isTrue();
    assertThat(set.containsAll(GtidSet.parse("1-7-6"))).isFalse();
    assertThat(GtidSet.parse(set.toString())).isEqualTo(set);
  }

  @Test
  void theEmptySetIsOfEitherKind() {
    assertThat(GtidSet.parse("").plus("0-1", 1)).hasToString("0-1-1");
    assertThat(GtidSet.parse("").plus(A, 1)).hasToString(A + ":1");
    assertThat(GtidSet.parse("0-1-1").containsAll(GtidSet.empty())).isTrue();
    assertThat(GtidSet.parse(A + ":1").contains("0-1", 1)).isFalse();
    assertThat(GtidSet.parse("0-1-1").contains(A, 1)).isFalse();
  }

  @Property(tries = 300)
  void holdsExactlyWhatWasAddedInAnyOrder(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 50) Integer> numbers) {
    GtidSet set = GtidSet.empty();
    for (int number : numbers) {
      set = set.plus(A, number);
    }

    TreeSet<Integer> expected = new TreeSet<>(numbers);
    for (int i = 0; i <= 51; i++) {
      assertThat(set.contains(A, i)).as("%d of %s", i, set).isEqualTo(expected.contains(i));
    }
    assertThat(GtidSet.parse(set.toString())).isEqualTo(set);
  }
}
