package io.dmconnect.model.filter;

import io.dmconnect.model.config.Validators;
import org.apache.kafka.common.config.ConfigDef;

/** What configuration keys that take name patterns have in common. */
public final class NamePatterns {

  /** How a pattern is written, for descriptions of keys. */
  public static final String SYNTAX =
      "`*` at the end stands for any characters, `?` for one, `[a-c]` and `[!a-c]` for one of these"
          + " or of the others; after `~` comes a regular expression.";

  /** Takes one pattern. */
  public static final ConfigDef.Validator VALID =
      Validators.text("name pattern", text -> NamePattern.of(text, false));

  /** Takes a list of patterns. */
  public static final ConfigDef.Validator VALID_LIST =
      Validators.entries("name patterns", text -> NamePattern.of(text, false));

  /** Takes a list of {@code db.table} patterns. */
  public static final ConfigDef.Validator VALID_TABLES =
      Validators.entries("db.table patterns", text -> TablePattern.of(text, false));

  private NamePatterns() {}
}
