package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions that stay with a task that gets others, as with the cooperative assignor. */
class StayingPartitionTest {
  private static final int RECORDS = 100;

  private final FakeTiDb tidb = new FakeTiDb();
  private final EngineWorld world =
      new EngineWorld(tidb, Collections.nCopies(RECORDS, 1), false, 2);

  @AfterEach
  void stop() {
    world.close();
  }

  private void fillTheBuffer() {
    for (int polls = 0; polls < RECORDS && !world.isPaused(); polls++) {
      world.poll(RECORDS);
    }

    assertThat(world.isPaused()).isTrue();
  }

  @Test
  void aPartitionPausedByAFullBufferGoesOnWhenTheBufferWasWrittenMeanwhile() {
    fillTheBuffer();
    world.writeAll();

    world.getOneMore();

    world.finish();
    assertThat(tidb.applied(EngineWorld.PARTITION)).hasSize(RECORDS);
  }

  @Test
  void itStaysPausedAsLongAsTheBufferIsFull() {
    fillTheBuffer();

    world.getOneMore();
    world.poll(RECORDS);

    assertThat(world.isPaused()).isTrue();
    world.finish();
  }
}
