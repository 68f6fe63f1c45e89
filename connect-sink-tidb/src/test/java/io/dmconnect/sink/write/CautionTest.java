package io.dmconnect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import org.junit.jupiter.api.Test;

class CautionTest {
  private static final TableId TABLE = new TableId("shop", "orders");

  private final Caution caution = new Caution();

  /** How many batches are written with care from now on. */
  private int careful() {
    int batches = 0;
    while (caution.applies(TABLE)) {
      caution.batchWritten();
      batches++;
    }

    return batches;
  }

  @Test
  void aTableIsWrittenWithCareForSomeBatches() {
    assertThat(careful()).isZero();

    caution.begin(TABLE);

    assertThat(caution.applies(new TableId("shop", "other"))).isFalse();
    assertThat(careful()).isEqualTo(64);
  }

  @Test
  void itIsForTwiceAsManyWhenTheFastWayFailsAgainSoon() {
    caution.begin(TABLE);
    careful();
    caution.begin(TABLE);

    assertThat(careful()).isEqualTo(128);
  }

  @Test
  void itIsForAsManyAsTheFirstTimeWhenTheFastWayHasWorkedMeanwhile() {
    caution.begin(TABLE);
    int batches = careful();
    for (int i = 0; i < batches; i++) {
      caution.batchWritten();
    }

    caution.begin(TABLE);

    assertThat(careful()).isEqualTo(batches);
  }
}
