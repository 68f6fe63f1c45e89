package io.dmconnect.model.coordination.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordsTest {

  @Test
  void shortRecordsStayReadable() {
    assertThat(new String(Records.encode("{\"v\":1}"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"v\":1}");
  }

  @Test
  void longRecordsAreCompressedAndComeBack() {
    String text = "täble,".repeat(10_000);

    assertThat(Records.encode(text)).hasSizeLessThan(1_000);
    assertThat(Records.decode(Records.encode(text))).isEqualTo(text);
  }

  @Test
  void noRecordIsAnEmptyNode() {
    assertThat(Records.encode(null)).isEmpty();
    assertThat(Records.decode(new byte[0])).isNull();
  }

  @Test
  void aRecordThatFitsNoNodeIsRefused() {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(3_000_000, 'a', 'z').forEach(c -> text.append((char) c));

    assertThatThrownBy(() -> Records.encode(text.toString()))
        .isInstanceOfSatisfying(
            DmException.class,
            e -> assertThat(e.code()).isEqualTo(ModelError.COORDINATION_RECORD_TOO_LARGE));
  }
}
