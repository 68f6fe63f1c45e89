package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.TestDdl;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RenamesTest {
  private static final TableId OLD = new TableId("shop", "a");
  private static final TableId NEW = new TableId("shop", "b");

  private static DdlWork rename(TableId topicOf) {
    DdlEvent event =
        new TestDdl("1", DdlKind.RENAME_TABLE, OLD, "RENAME TABLE a TO b")
            .newTable(NEW)
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event();
    return new DdlWork(
        new TopicPartition("src." + topicOf, 0), 1, 7, RecordMark.UNKNOWN, "src", event);
  }

  @Test
  void theFormerGroupIsAskedWithTheStatementSinceItsRowsMustGoAlong() {
    DdlEvent side = Renames.side(rename(OLD)).event();
    assertThat(side.kind()).isEqualTo(DdlKind.RENAME_TABLE);
    assertThat(side.table()).isEqualTo(OLD);
    assertThat(side.statements()).containsExactly("RENAME TABLE a TO b");
    assertThat(side.after()).isNull();
  }

  @Test
  void theNewGroupIsAskedAboutATableThatJoins() {
    DdlEvent side = Renames.side(rename(NEW)).event();
    assertThat(side.kind()).isEqualTo(DdlKind.CREATE_TABLE);
    assertThat(side.table()).isEqualTo(NEW);
    assertThat(side.after()).isEqualTo(TestDdl.keyed());
  }

  @Test
  void theOldNamesTopicHasNoTableAfterwards() {
    assertThat(Renames.ownTableAfter(rename(OLD))).isNull();
    assertThat(Renames.ownTableAfter(rename(NEW))).isEqualTo(TestDdl.keyed());
  }

  @Test
  void theTableJoinsAfterItHasLeftWhereBothTopicsAreRead() {
    assertThat(Renames.joinsAfterLeaving(rename(NEW), Set.of("src.shop.a-0", "src.shop.b-0")))
        .isTrue();
    assertThat(Renames.joinsAfterLeaving(rename(NEW), Set.of("src.shop.b-0"))).isFalse();
    assertThat(Renames.joinsAfterLeaving(rename(OLD), Set.of("src.shop.a-0", "src.shop.b-0")))
        .isFalse();
  }
}
