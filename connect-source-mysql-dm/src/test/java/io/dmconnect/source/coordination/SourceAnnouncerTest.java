package io.dmconnect.source.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.zk.SourceClient;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SourceAnnouncerTest {
  private static final TableId ONE = new TableId("shop", "orders_1");
  private static final TableId TWO = new TableId("shop", "orders_2");

  private final List<Set<TableId>> stated = new ArrayList<>();
  private final List<ParticipantStatus> statuses = new ArrayList<>();
  private final List<SourceFacts> found = new ArrayList<>();
  private final List<TableId> looked = new ArrayList<>();
  private long seconds = 1_000;
  private Collection<TableId> present = Set.of(ONE);
  private boolean reachable = true;
  private SourceProgress progress = new SourceProgress(5, 1, 2, 7, null, 0);
  private final SourceAnnouncer announcer =
      new SourceAnnouncer("src", client(), this::list, this::look, () -> progress, clock());

  private Collection<TableId> list() throws SQLException {
    if (!reachable) {
      throw new SQLException("gone");
    }

    return present;
  }

  private Map<TableId, TableFacts> look(Collection<TableId> tables) {
    looked.addAll(tables);
    Map<TableId, TableFacts> facts = new HashMap<>();
    tables.forEach(table -> facts.put(table, new TableFacts(null, List.of())));
    return facts;
  }

  private SourceClient client() {
    return new SourceClient() {
      @Override
      public void state(Collection<TableId> tables) {
        stated.add(Set.copyOf(tables));
      }

      @Override
      public void found(SourceFacts facts) {
        found.add(facts);
      }

      @Override
      public void onCheck(LongConsumer listener) {}

      @Override
      public void status(ParticipantStatus status) {
        statuses.add(status);
      }

      @Override
      public void close() {}
    };
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochSecond(seconds);
      }
    };
  }

  @Test
  void theTablesAreStatedAsTheyAreNow() {
    present = Set.of(ONE, TWO);
    announcer.announceTables();
    present = Set.of(TWO);
    announcer.announceTables();

    assertThat(stated).containsExactly(Set.of(ONE, TWO), Set.of(TWO));
  }

  @Test
  void theSameTablesAreStatedAgainSinceAnOperatorMayHaveDeletedTheSource() {
    announcer.announceTables();
    announcer.announceTables();

    assertThat(stated).containsExactly(Set.of(ONE), Set.of(ONE));
  }

  @Test
  void whatATableIsIsFoundOnceBeforeItIsStated() {
    announcer.announceTables();
    present = Set.of(ONE, TWO);
    announcer.announceTables();

    assertThat(looked).containsExactly(ONE, TWO);
    assertThat(found)
        .last()
        .extracting(SourceFacts::tables)
        .asInstanceOf(MAP)
        .containsKeys(ONE, TWO);
  }

  @Test
  void anAskedCheckLooksAtEveryTableAgainAndIsAnswered() {
    announcer.announceTables();
    announcer.check(3);
    announcer.check(3);

    assertThat(looked).containsExactly(ONE, ONE);
    assertThat(found).last().extracting(SourceFacts::answers).isEqualTo(3L);
  }

  @Test
  void aServerThatCannotBeAskedTakesNoTableAway() {
    announcer.announceTables();
    reachable = false;
    seconds += 3_600;
    announcer.announceTables();
    announcer.announceStatus();

    assertThat(stated).hasSize(1);
    assertThat(statuses)
        .last()
        .extracting(ParticipantStatus::lastError)
        .asString()
        .contains("gone");
  }

  @Test
  void theStatusTellsHowFarTheSourceIs() {
    announcer.announceStatus();

    assertThat(statuses)
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.stage()).isEqualTo("snapshot");
              assertThat(status.kind()).isEqualTo(ParticipantStatus.Kind.SOURCE);
              assertThat(status.details())
                  .containsEntry("snapshot_rows", "5")
                  .containsEntry("binlog_rows", "7");
            });
  }

  @Test
  void theStatusTellsThePositionInTheBinlog() {
    GtidSet gtids = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5");
    progress = new SourceProgress(5, 2, 2, 7, new BinlogPosition("bin.000002", 157, gtids), 990);

    announcer.announceStatus();

    assertThat(statuses)
        .singleElement()
        .satisfies(
            status ->
                assertThat(status.details())
                    .containsEntry("binlog", "bin.000002:157")
                    .containsEntry("gtid_set", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5")
                    .containsEntry("last_event_age_s", "10"));
  }
}
