package io.dmconnect.sink.progress;

import static io.dmconnect.model.TableId.quote;

import java.util.List;

/**
 * The sink's own tables in the target. Every table has a primary key, and names compare by their
 * exact characters.
 */
public final class MetaTables {
  private static final String OPTIONS = " DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin";

  private final String schema;

  /** The tables in that schema. */
  public MetaTables(String schema) {
    this.schema = schema;
  }

  /** The schema's name. */
  public String schema() {
    return schema;
  }

  /** What is durable of each slot of each partition. */
  public String progress() {
    return quote(schema) + ".sink_progress";
  }

  /** The schema changes that were begun. */
  public String ledger() {
    return quote(schema) + ".ddl_ledger";
  }

  /** Which of the records of a schema change were reached. */
  public String arrivals() {
    return quote(schema) + ".ddl_arrivals";
  }

  /** The upstream tables' definitions, as of the last schema change of each topic. */
  public String sourceSchemas() {
    return quote(schema) + ".source_schemas";
  }

  /** Which upstream table each topic of a shard group is of. */
  public String members() {
    return quote(schema) + ".shard_members";
  }

  /** Which columns of shard groups' members are passed over by an operator's decision. */
  public String passedOver() {
    return quote(schema) + ".shard_passed_over";
  }

  /** All of them. */
  public List<String> all() {
    return List.of(progress(), ledger(), arrivals(), sourceSchemas(), members(), passedOver());
  }

  /** The statements that make what is missing. */
  public List<String> createStatements() {
    return List.of(
        "CREATE DATABASE IF NOT EXISTS " + quote(schema),
        "CREATE TABLE IF NOT EXISTS "
            + progress()
            + " (connector VARCHAR(255) NOT NULL, topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " `partition` INT NOT NULL, slot INT NOT NULL, epoch BIGINT NOT NULL,"
            + " record_offset BIGINT NOT NULL, layout VARCHAR(64), fingerprint VARCHAR(512),"
            + " source_position VARCHAR(512), in_doubt_to BIGINT NOT NULL DEFAULT -1,"
            + " updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)"
            + " ON UPDATE CURRENT_TIMESTAMP(3),"
            + " PRIMARY KEY (connector, topic, `partition`, slot))"
            + OPTIONS,
        "CREATE TABLE IF NOT EXISTS "
            + ledger()
            + " (connector VARCHAR(255) NOT NULL, ddl_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " state VARCHAR(16) NOT NULL, token VARCHAR(32) NOT NULL DEFAULT '', kind VARCHAR(32), target VARCHAR(255),"
            + " statements LONGTEXT, statements_done INT NOT NULL DEFAULT 0,"
            + " connection_id BIGINT UNSIGNED, note TEXT,"
            + " started_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),"
            + " updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)"
            + " ON UPDATE CURRENT_TIMESTAMP(3),"
            + " PRIMARY KEY (connector, ddl_id))"
            + OPTIONS,
        "CREATE TABLE IF NOT EXISTS "
            + arrivals()
            + " (connector VARCHAR(255) NOT NULL, ddl_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " participant VARCHAR(270) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " arrived_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),"
            + " PRIMARY KEY (connector, ddl_id, participant))"
            + OPTIONS,
        "CREATE TABLE IF NOT EXISTS "
            + sourceSchemas()
            + " (connector VARCHAR(255) NOT NULL, topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " `partition` INT NOT NULL, record_offset BIGINT NOT NULL, table_schema LONGTEXT,"
            + " PRIMARY KEY (connector, topic, `partition`))"
            + OPTIONS,
        "CREATE TABLE IF NOT EXISTS "
            + members()
            + " (connector VARCHAR(255) NOT NULL, topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
            + " `partition` INT NOT NULL, source VARCHAR(255) NOT NULL, db VARCHAR(64) NOT NULL,"
            + " `table` VARCHAR(64) NOT NULL, PRIMARY KEY (connector, topic, `partition`))"
            + OPTIONS,
        "CREATE TABLE IF NOT EXISTS "
            + passedOver()
            + " (connector VARCHAR(255) NOT NULL, source VARCHAR(255) NOT NULL, db VARCHAR(64) NOT NULL,"
            + " `table` VARCHAR(64) NOT NULL, column_name VARCHAR(64) NOT NULL,"
            + " PRIMARY KEY (connector, source, db, `table`, column_name))"
            + OPTIONS);
  }
}
