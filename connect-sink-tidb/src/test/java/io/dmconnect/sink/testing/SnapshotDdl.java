package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;

/** The records with which snapshots begin and are taken back, as the source connector has them. */
public final class SnapshotDdl {
  /** The record that opens a snapshot at a position of the binlog. */
  public static DdlEvent begin(TableId table, int position, TableSchema schema) {
    return beginIn(1, table, position, schema);
  }

  /** The same with a number of partitions. */
  public static DdlEvent beginIn(int partitions, TableId table, int position, TableSchema schema) {
    String more = schema.column("a").isPresent() ? ", `a` int" : "";
    return new TestDdl(
            "uuid:binlog.000001:" + position + ":snapshot:" + table.quoted(),
            DdlKind.CREATE_TABLE,
            table,
            "CREATE TABLE `"
                + table.table()
                + "` (`id` int NOT NULL, `name` varchar(50)"
                + more
                + ", PRIMARY KEY (`id`))")
        .schemas(null, schema)
        .partitions(partitions)
        .snapshot()
        .event();
  }

  /** The record that takes back the snapshot that began at that position. */
  public static DdlEvent takeBack(TableId table, int position, TableSchema schema) {
    return takeBackIn(1, table, position + ":1", schema);
  }

  /** The same of a source that died and knows only of the first of its snapshots. */
  public static DdlEvent takeBackAgain(TableId table, int attempt) {
    return takeBackIn(1, table, "4:" + attempt, TestDdl.keyed());
  }

  /**
   * The same with a number of partitions.
   *
   * @param place the position, {@code :}, and when the attempt began
   */
  public static DdlEvent takeBackIn(
      int partitions, TableId table, String place, TableSchema schema) {
    return new TestDdl(
            "uuid:binlog.000001:" + place + ":snapshot-again:" + table.quoted(),
            DdlKind.DROP_TABLE,
            table,
            "DROP TABLE IF EXISTS " + table.quoted())
        .schemas(schema, null)
        .partitions(partitions)
        .event();
  }

  /** A topic that begins with a snapshot at position 4. */
  public static TestTopic begun(TableId table) {
    TestTopic topic = new TestTopic(table, TestDdl.keyed());
    topic.ddl(begin(table, 4, TestDdl.keyed()));
    return topic;
  }

  private SnapshotDdl() {}
}
