package io.dmconnect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UncommittedVersionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final TableId TABLE = new TableId("d", "t");
  private static final Map<String, String> PARTITION = new SourcePartitions("s").table(TABLE);
  private static final SchemaVersion FIRST = version(100, "{\"v\":1}");
  private static final SchemaVersion SECOND = version(200, "{\"v\":2}");

  private final UncommittedVersions uncommitted =
      new UncommittedVersions(true, RecentVersions.NONE);

  private static SchemaVersion version(long start, String schema) {
    return new SchemaVersion(new Transaction("binlog.000001", start, null, 0), schema);
  }

  private static Map<String, Object> committed(SchemaVersion... versions) {
    SchemaVersions all = SchemaVersions.NONE;
    for (SchemaVersion version : versions) {
      all = all.with(version);
    }
    return all.toMap();
  }

  /** What a task that starts at the stream's offset finds in the table's partition. */
  private static SchemaVersions found(RecentVersions recent, Map<String, Object> committed) {
    Map<String, Object> offset =
        StreamOffset.at(new BinlogPosition("binlog.000001", 300, null)).with(recent);
    return SchemaVersions.read(
        StreamOffset.read(offset).recent().over(partition -> committed).read(PARTITION));
  }

  @Test
  void theStreamsOffsetTellsAVersionWhoseOwnOffsetWasLost() throws Exception {
    uncommitted.add(TABLE, SECOND);
    uncommitted.delivered();

    assertThat(found(uncommitted.current(), committed(FIRST)).versions())
        .containsExactly(FIRST, SECOND);
    assertThat(found(uncommitted.current(), null).versions()).containsExactly(SECOND);
  }

  @Test
  void aVersionThatIsCommittedOnItsOwnIsNotDoubled() throws Exception {
    uncommitted.add(TABLE, FIRST);
    uncommitted.delivered();

    assertThat(found(uncommitted.current(), committed(FIRST, SECOND)).versions())
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void aVersionIsToldUntilItsOffsetIsSurelyCommitted() throws Exception {
    uncommitted.add(TABLE, FIRST);
    uncommitted.committed();
    uncommitted.committed();
    uncommitted.committed();
    assertThat(uncommitted.current().byTable()).as("not delivered").hasSize(1);

    uncommitted.delivered();
    uncommitted.committed();
    uncommitted.committed();
    assertThat(uncommitted.current().byTable()).as("a commit may have begun before").hasSize(1);

    uncommitted.committed();
    assertThat(uncommitted.current()).isEqualTo(RecentVersions.NONE);
  }

  @Test
  void whatTheStartTellsStaysUntilItsOffsetIsSurelyCommittedToo() throws Exception {
    SchemaVersion end = version(200, null);
    RecentVersions start = new RecentVersions(Map.of("d.t", new SchemaVersions(List.of(end))));
    UncommittedVersions restarted = new UncommittedVersions(true, start);
    restarted.committed();
    restarted.committed();
    restarted.committed();
    assertThat(restarted.current()).as("not delivered").isEqualTo(start);

    restarted.delivered();
    restarted.committed();
    restarted.committed();
    assertThat(restarted.current()).as("a commit may have begun before").isEqualTo(start);

    restarted.committed();
    assertThat(restarted.current()).isEqualTo(RecentVersions.NONE);
  }

  @Test
  void theStreamsOffsetHasNoRoomForTheEndsOfThousandsOfTables() throws Exception {
    for (int i = 0; i < 500; i++) {
      uncommitted.add(new TableId("d", "t" + i), version(200, null));
    }
    assertThat(uncommitted.awaitRoom(Duration.ZERO)).isTrue();

    for (int i = 500; i < 2000; i++) {
      uncommitted.add(new TableId("d", "t" + i), version(200, null));
    }
    uncommitted.delivered();
    assertThat(uncommitted.awaitRoom(Duration.ZERO)).isFalse();

    uncommitted.committed();
    uncommitted.committed();
    uncommitted.committed();
    assertThat(uncommitted.awaitRoom(Duration.ZERO)).isTrue();
  }

  @Test
  void nothingIsToldWhenRecordsAndOffsetsAreOneTransaction() {
    UncommittedVersions transactional = new UncommittedVersions(false, RecentVersions.NONE);
    transactional.add(TABLE, FIRST);

    assertThat(transactional.current()).isEqualTo(RecentVersions.NONE);
  }

  @Test
  void olderVersionsThanThoseCommittedDoNotComeAfterThem() throws Exception {
    uncommitted.add(TABLE, FIRST);
    uncommitted.add(TABLE, SECOND);
    uncommitted.delivered();
    SchemaVersion ahead = version(400, "{\"v\":3}");

    assertThat(found(uncommitted.current(), committed(SECOND, ahead)).versions())
        .containsExactly(FIRST, SECOND, ahead);
  }

  @Test
  void aVersionIsNoLongerToldAlthoughTheTableChangesAgainAndAgain() throws Exception {
    uncommitted.add(TABLE, FIRST);
    uncommitted.delivered();
    for (int i = 1; i <= 3; i++) {
      uncommitted.committed();
      uncommitted.add(TABLE, version(200 + i, "{}"));
      uncommitted.delivered();
    }

    assertThat(uncommitted.current().byTable().get("d.t").versions())
        .doesNotContain(FIRST)
        .hasSize(3);
  }

  @Test
  void theStreamWaitsForCommitsBeforeATablesOffsetLosesTheVersionItMayStartWith() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Thread stream =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < SchemaVersions.KEPT; i++) {
                  uncommitted.add(TABLE, version(i, "{}"));
                  uncommitted.delivered();
                  ended.set(uncommitted.awaitRoom(Duration.ofMinutes(2)));
                }
              } catch (InterruptedException e) {
                ended.set(false);
              }
            });
    stream.start();
    Await.until(
        "the stream to wait",
        LIMIT,
        () -> told() == SchemaVersions.KEPT - 2 && stream.getState() == Thread.State.TIMED_WAITING);

    uncommitted.committed();
    uncommitted.committed();
    uncommitted.committed();
    stream.join(Await.scaled(LIMIT).toMillis());
    assertThat(ended).isTrue();
    assertThat(told()).isEqualTo(2);
  }

  private int told() {
    SchemaVersions versions = uncommitted.current().byTable().get("d.t");
    return versions == null ? 0 : versions.versions().size();
  }
}
