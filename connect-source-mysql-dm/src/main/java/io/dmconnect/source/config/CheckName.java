package io.dmconnect.source.config;

import io.dmconnect.model.check.CheckItem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The prechecks, by DM's names where DM has them. */
public enum CheckName {
  /** The server's version is supported. */
  VERSION,
  /** The server has a {@code server_id}. */
  SERVER_ID,
  /** The server writes a binlog. */
  BINLOG_ENABLE,
  /** The binlog is in row format. */
  BINLOG_FORMAT,
  /** Rows are written with all columns. */
  BINLOG_ROW_IMAGE,
  /** JSON is written as values, not as differences. */
  BINLOG_ROW_VALUE_OPTIONS,
  /** The account may read the binlog. */
  REPLICATION_PRIVILEGE,
  /** The account may read the captured tables. */
  DUMP_PRIVILEGE,
  /** The account may lock, when {@code snapshot.consistency} asks for it. */
  LOCK_PRIVILEGE;

  private static final String ALL = "all";

  /** How it is written. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, those of the shard tables' prechecks included. */
  static List<String> texts() {
    return Stream.concat(Arrays.stream(values()).map(CheckName::text), CheckItem.texts().stream())
        .toList();
  }

  /** Whether a list of names leaves this one out. */
  boolean isIn(List<String> names) {
    return names.contains(ALL) || names.contains(text());
  }

  /** Refuses what is neither a name nor {@code all}. */
  static void parse(String text) {
    if (!ALL.equals(text) && !texts().contains(text)) {
      throw new IllegalArgumentException("must be of " + String.join(", ", texts()) + ", all");
    }
  }
}
