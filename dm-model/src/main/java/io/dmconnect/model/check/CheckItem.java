package io.dmconnect.model.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The prechecks of shard tables, by DM's names where DM has them. */
public enum CheckItem {
  /** Pessimistic: the tables are equal; optimistic: they have a join. */
  SCHEMA_OF_SHARD_TABLES("schema_of_shard_tables"),
  /** No table makes its keys by AUTO_INCREMENT. */
  AUTO_INCREMENT_ID("auto_increment_ID"),
  /** No value of a unique key is in several tables. */
  UNIQUE_KEY_OF_SHARD_TABLES("unique_key_of_shard_tables");

  /** Stands for every item. */
  public static final String ALL = "all";

  private final String text;

  CheckItem(String text) {
    this.text = text;
  }

  /** How it is written. */
  public String text() {
    return text;
  }

  /** Whether a list of names leaves this one out. */
  public boolean isIn(Collection<String> names) {
    return names.contains(ALL) || names.contains(text);
  }

  /** All names. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(CheckItem::text).toList();
  }

  /**
   * Refuses what is neither a name nor {@code all}.
   *
   * @throws IllegalArgumentException with a message that goes on after "It"
   */
  public static void parse(String name) {
    if (!ALL.equals(name) && !texts().contains(name)) {
      throw new IllegalArgumentException("must be of " + String.join(", ", texts()) + ", all");
    }
  }
}
