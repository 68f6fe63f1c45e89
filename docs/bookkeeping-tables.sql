-- The bookkeeping tables of the TiDB sink connector, for accounts that may not create tables.
-- Run by a DBA before the connector is created. Put the name of meta.schema in for dm_meta.
-- The account then needs SELECT, INSERT, UPDATE and DELETE on the schema.

CREATE DATABASE IF NOT EXISTS `dm_meta`;

CREATE TABLE IF NOT EXISTS `dm_meta`.sink_progress (connector VARCHAR(255) NOT NULL,
 topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 `partition` INT NOT NULL, slot INT NOT NULL, epoch BIGINT NOT NULL,
 record_offset BIGINT NOT NULL, layout VARCHAR(64), fingerprint VARCHAR(512),
 source_position VARCHAR(512), in_doubt_to BIGINT NOT NULL DEFAULT -1,
 updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
 PRIMARY KEY (connector, topic, `partition`, slot)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `dm_meta`.ddl_ledger (connector VARCHAR(255) NOT NULL,
 ddl_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 state VARCHAR(16) NOT NULL, token VARCHAR(32) NOT NULL DEFAULT '', kind VARCHAR(32),
 target VARCHAR(255), statements LONGTEXT, statements_done INT NOT NULL DEFAULT 0,
 connection_id BIGINT UNSIGNED, note TEXT,
 started_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
 updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
 PRIMARY KEY (connector, ddl_id)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `dm_meta`.ddl_arrivals (connector VARCHAR(255) NOT NULL,
 ddl_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 participant VARCHAR(270) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 arrived_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
 PRIMARY KEY (connector, ddl_id, participant)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `dm_meta`.source_schemas (connector VARCHAR(255) NOT NULL,
 topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 `partition` INT NOT NULL, record_offset BIGINT NOT NULL, table_schema LONGTEXT,
 PRIMARY KEY (connector, topic, `partition`)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `dm_meta`.shard_members (connector VARCHAR(255) NOT NULL,
 topic VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 `partition` INT NOT NULL, source VARCHAR(255) NOT NULL, db VARCHAR(64) NOT NULL,
 `table` VARCHAR(64) NOT NULL,
 PRIMARY KEY (connector, topic, `partition`)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `dm_meta`.shard_passed_over (connector VARCHAR(255) NOT NULL,
 source VARCHAR(255) NOT NULL, db VARCHAR(64) NOT NULL,
 `table` VARCHAR(64) NOT NULL, column_name VARCHAR(64) NOT NULL,
 PRIMARY KEY (connector, source, db, `table`, column_name)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;
