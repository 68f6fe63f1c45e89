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
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.ProgressSql;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.sql.PlanLimits;
import io.dmconnect.sink.target.TargetCatalog;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TestTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Rows of a table of whose columns some may be left out where the target does not hold them. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class ReducedRowsIT {
  private static final String SCHEMA = "sinktask_reduced";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final TopicPartition PARTITION = new TopicPartition("src.db.t", 0);
  private static final ColumnType INT = ColumnType.of("int");
  private static final ColumnType TEXT = TestTable.text("varchar", "utf8mb4_bin");

  private final Bookkeeping target = new Bookkeeping(SCHEMA);
  private final JdbcBatchTarget writer =
      new JdbcBatchTarget(
          target.pool(),
          target.retry(),
          new ProgressSql(target.tables(), Bookkeeping.CONNECTOR),
          PlanLimits.DEFAULT,
          true,
          0,
          null);
  private final TestTable upstream =
      TestTable.define()
          .column("id", INT)
          .column("a", TEXT)
          .column("b", INT)
          .primaryKey("id")
          .build();
  private RowChangeReader reader;
  private long epoch;

  /** The target has integers where the upstream table has texts, and wants a value for another. */
  @BeforeEach
  void start() {
    target
        .tidb()
        .run(
            "CREATE TABLE "
                + T
                + " (id INT PRIMARY KEY, a TINYINT NOT NULL, b TINYINT, c INT NOT NULL)");
    epoch = target.takeOver(PARTITION);
    reader =
        new RowChangeReader(
            new TableId("db", "t"),
            new TargetCatalog(target.pool(), target.retry()).table(T).orElseThrow(),
            Set.of("id"),
            Map.of(),
            new PassedOver(
                new TreeSet<>(),
                new TreeSet<>(Set.of("a")),
                new TreeMap<>(Map.of("a", "0", "c", "0"))));
  }

  @AfterEach
  void close() {
    target.close();
  }

  private RowChange insert(Object... row) {
    return reader.read(event(Op.CREATE, null, upstream.row(row)), false);
  }

  private static Event event(Op op, Object before, Object after) {
    return new Event(op, before, after, Map.of(), Map.of(), false, 0, null, null);
  }

  private SlotWrite write(RowChange... rows) {
    return new SlotWrite(
        PARTITION,
        0,
        epoch,
        SlotProgress.NONE,
        rows.length,
        RecordMark.UNKNOWN,
        null,
        List.of(rows),
        index -> index,
        List.of());
  }

  private List<String> rows() {
    return target.tidb().query("SELECT * FROM " + T + " ORDER BY id");
  }

  @Test
  void aBatchWithAValueThatDoesNotFitIsRefusedAndWrittenRowByRowWithoutIt() throws Exception {
    SlotWrite write = write(insert(1, "7", 1), insert(2, "007", 2), insert(3, "300", 3));
    assertThatThrownBy(() -> writer.apply(List.of(write)))
        .isInstanceOfSatisfying(
            DmException.class, e -> assertThat(e.code()).isEqualTo(SinkError.ROW_REFUSED));
    assertThat(rows()).isEmpty();

    writer.applySingly(write, null);

    assertThat(rows()).containsExactly("1,7,1,0", "2,0,2,0", "3,0,3,0");
  }

  @Test
  void anUpdateLeavesWhatTheRowHadInColumnsThatAreFilled() throws Exception {
    target.tidb().run("INSERT INTO " + T + " VALUES (1, 7, 1, 9)");
    RowChange update =
        reader.read(event(Op.UPDATE, upstream.row(1, "7", 1), upstream.row(1, "x", 2)), false);

    writer.applySingly(write(update), null);

    assertThat(rows()).containsExactly("1,7,2,9");
  }

  @Test
  void aRowWithAnotherValueThatDoesNotFitIsRefusedWithItsPlace() {
    SlotWrite write = write(insert(1, "x", 300));

    assertThatThrownBy(() -> writer.applySingly(write, null))
        .isInstanceOfSatisfying(
            DmException.class,
            e -> {
              assertThat(e.code()).isEqualTo(SinkError.ROW_REFUSED);
              assertThat(e.problem()).contains("the INSERT at offset 0", "column 'b'");
            });

    assertThat(rows()).isEmpty();
  }
}
