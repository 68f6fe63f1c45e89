package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dmconnect.sink.write.FencedException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FencedPartitionTest {
  private final FakeTiDb tidb = new FakeTiDb();
  private final EngineWorld former = new EngineWorld(tidb, List.of(1, 2, 3), false, 2);
  private final EngineWorld owner = new EngineWorld(tidb, List.of(1, 2, 3), false, 2);

  @AfterEach
  void stop() {
    former.close();
    owner.close();
  }

  private void loseThePartition() {
    former.poll(3);
    former.letHappen(10);
    await().until(() -> !former.failedPartitions().isEmpty());
  }

  @Test
  void aTaskThatLostAPartitionWritesNothingOfIt() {
    loseThePartition();

    assertThat(tidb.applied(EngineWorld.PARTITION)).isEmpty();
    owner.finish();
    assertThat(tidb.applied(EngineWorld.PARTITION)).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void aTaskThatLostAPartitionGoesOnUntilTheWorkerTellsIt() {
    loseThePartition();
    former.poll(0);
    former.passSeconds(9);

    assertThatCode(() -> former.poll(0)).doesNotThrowAnyException();
  }

  @Test
  void aTaskThatIsNotToldForLongStops() {
    loseThePartition();
    former.poll(0);
    former.passSeconds(11);

    assertThatThrownBy(() -> former.poll(0)).isInstanceOf(FencedException.class);
  }
}
