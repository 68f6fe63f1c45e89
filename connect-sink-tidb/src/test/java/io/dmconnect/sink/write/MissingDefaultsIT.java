package io.dmconnect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.ddl.Bookkeeping;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.target.TargetCatalog;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TestTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Rows that lack a column which the target wants a value for, as while a shard's ALTER runs. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class MissingDefaultsIT {
  private static final String SCHEMA = "sinktask_defaults";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final TopicPartition PARTITION = new TopicPartition("src.db.t", 0);

  private final Bookkeeping target = new Bookkeeping(SCHEMA);
  private final TestTable upstream =
      TestTable.define().column("id", ColumnType.of("int")).primaryKey("id").build();
  private long epoch;

  @BeforeEach
  void start() {
    target.tidb().run("CREATE TABLE " + T + " (id INT PRIMARY KEY, c INT NOT NULL)");
    epoch = target.takeOver(PARTITION);
  }

  @AfterEach
  void close() {
    target.close();
  }

  private void write(long patienceMillis) {
    JdbcBatchTarget writer =
        new JdbcBatchTarget(
            target.pool(),
            target.retry(),
            new ProgressSql(target.tables(), Bookkeeping.CONNECTOR),
            PlanLimits.DEFAULT,
            true,
            patienceMillis,
            null);
    RowChangeReader reader =
        new RowChangeReader(
            new TableId("db", "t"),
            new TargetCatalog(target.pool(), target.retry()).table(T).orElseThrow(),
            Set.of("id"),
            Map.of(),
            PassedOver.NOTHING);
    Event event =
        new Event(Op.CREATE, null, upstream.row(1), Map.of(), Map.of(), false, 0, null, null);
    writer.apply(
        List.of(
            new SlotWrite(
                PARTITION,
                0,
                epoch,
                SlotProgress.NONE,
                1,
                RecordMark.UNKNOWN,
                null,
                List.of(reader.read(event, false)),
                index -> index,
                List.of())));
  }

  @Test
  void areWrittenOnceTheColumnTakesThem() throws Exception {
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(() -> write(TimeUnit.MINUTES.toMillis(1)));

    target.tidb().run("ALTER TABLE " + T + " MODIFY c INT NULL");
    written.get(1, TimeUnit.MINUTES);

    assertThat(target.tidb().query("SELECT id, COALESCE(c, 'none') FROM " + T))
        .containsExactly("1,none");
  }

  @Test
  void areRefusedWhenTheColumnStaysAsItIs() {
    assertThatThrownBy(() -> write(100))
        .isInstanceOf(DmException.class)
        .hasStackTraceContaining("doesn't have a default value");
    assertThat(target.tidb().query("SELECT id FROM " + T)).isEmpty();
  }
}
