package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.sink.ddl.Bookkeeping;
import io.dmconnect.sink.shard.PassedOverStore.Columns;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.write.FencedException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class JdbcPassedOverStoreIT {
  private static final TopicPartition PARTITION = new TopicPartition("src.shop.t_1", 0);
  private static final MemberId MEMBER = MemberId.of("src", "shop", "t_1");
  private static final MemberId OTHER = MemberId.of("src", "shop", "T_1");

  private final Bookkeeping target = new Bookkeeping("sinktask_passed_over");
  private final PassedOverStore store =
      new JdbcPassedOverStore(
          target.pool(), target.retry(), target.tables(), Bookkeeping.CONNECTOR);

  @AfterEach
  void close() {
    target.close();
  }

  private static Columns columns(boolean everything, String... names) {
    return new Columns(everything, new TreeSet<>(Set.of(names)));
  }

  @Test
  void whatIsKeptIsFoundAgainByMember() {
    long epoch = target.takeOver(PARTITION);

    store.save(PARTITION, epoch, MEMBER, columns(false, "a", "b`\n"));
    store.save(PARTITION, epoch, OTHER, columns(true));

    assertThat(store.load())
        .isEqualTo(Map.of(MEMBER, columns(false, "a", "b`\n"), OTHER, columns(true)));
  }

  @Test
  void whatIsKeptTakesThePlaceOfWhatWas() {
    long epoch = target.takeOver(PARTITION);
    store.save(PARTITION, epoch, MEMBER, columns(true, "a"));

    store.save(PARTITION, epoch, MEMBER, columns(false, "b"));
    assertThat(store.load()).isEqualTo(Map.of(MEMBER, columns(false, "b")));
    store.save(PARTITION, epoch, MEMBER, Columns.NONE);

    assertThat(store.load()).isEmpty();
  }

  @Test
  void aTaskThatLostThePartitionKeepsNothing() {
    long former = target.takeOver(PARTITION);
    target.takeOver(PARTITION);

    assertThatThrownBy(() -> store.save(PARTITION, former, MEMBER, columns(true)))
        .isInstanceOf(FencedException.class);

    assertThat(store.load()).isEmpty();
  }
}
