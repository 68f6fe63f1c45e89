package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A schema of a test class's own on the {@link DevTiDb}, and the bookkeeping of the tasks that fill
 * it. Neither is there when a test begins, and both are dropped behind it.
 */
public final class SinkSchemas implements BeforeEachCallback, AfterEachCallback {
  private final DevTiDb tidb = new DevTiDb();
  private final String schema;
  private final String meta;

  /** The schema of that name, with the bookkeeping in {@code <name>_meta}. */
  public SinkSchemas(String schema) {
    this.schema = schema;
    this.meta = schema + "_meta";
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    drop();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    drop();
  }

  private void drop() {
    tidb.run("DROP DATABASE IF EXISTS " + schema, "DROP DATABASE IF EXISTS " + meta);
  }

  /** A task for all topics of the source {@code src}, with more keys and values. */
  public TaskDriver driver(String... more) {
    return new TaskDriver(schema, more).with("topics.regex", "src\\..*");
  }

  /** Has a task of its own write all that topics have. */
  public void deliver(TestTopic... topics) {
    try (TaskDriver task = driver()) {
      task.deliverAll(topics);
    }
  }

  /** A table's rows by its first column, each with its cells as text separated by commas. */
  public List<String> rows(TableId table) {
    return tidb.query("SELECT * FROM " + table.quoted() + " ORDER BY 1");
  }

  /** The states of all schema changes in the ledger. */
  public List<String> ledgerStates() {
    return tidb.query("SELECT state FROM " + meta + ".ddl_ledger");
  }

  /** Which partitions wait for others at a schema change. */
  public List<String> arrivals() {
    return tidb.query("SELECT * FROM " + meta + ".ddl_arrivals");
  }
}
