package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldPartitionTest {
  private final FakeTiDb tidb = new FakeTiDb();
  private final EngineWorld world = new EngineWorld(tidb, List.of(1, -2, 3), false, 2);

  @BeforeEach
  void holdThePartitionBack() {
    world.refuse(true);
    world.poll(3);
    world.poll(3);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aPartitionGoesOnByItselfOnceItsRowsFit() {
    world.refuse(false);
    world.passSeconds(6);

    world.finish();

    assertThat(tidb.applied(EngineWorld.PARTITION)).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void itIsNotTriedAgainAtOnce() {
    world.refuse(false);
    world.passSeconds(4);
    world.poll(3);

    assertThat(world.failedPartitions()).containsExactly(EngineWorld.PARTITION);
  }

  @Test
  void thePausesBecomeLonger() {
    world.passSeconds(6);
    world.poll(3);
    world.poll(3);
    assertThat(world.failedPartitions()).containsExactly(EngineWorld.PARTITION);
    world.poll(3);
    world.refuse(false);
    world.passSeconds(6);
    world.poll(3);
    assertThat(world.failedPartitions()).containsExactly(EngineWorld.PARTITION);

    world.passSeconds(5);
    world.poll(3);

    assertThat(world.failedPartitions()).isEmpty();
  }
}
