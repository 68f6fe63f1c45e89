package io.dmconnect.model.filter;

import io.dmconnect.model.config.ConfigKey;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;

/** The block and allow list in a connector's configuration. */
public final class BlockAllowKeys {
  /** The schemas to capture. */
  public static final String DO_DBS = "do-dbs";

  /** The schemas to leave out. */
  public static final String IGNORE_DBS = "ignore-dbs";

  /** The tables to capture. */
  public static final String DO_TABLES = "do-tables";

  /** The tables to leave out. */
  public static final String IGNORE_TABLES = "ignore-tables";

  /** The keys in the order of a form. */
  public static ConfigKey[] keys() {
    return new ConfigKey[] {
      ConfigKey.list(DO_DBS)
          .defaultsTo("")
          .validator(NamePatterns.VALID_LIST)
          .medium()
          .display("Schemas to capture")
          .doc("If stated, only tables of these schemas are captured. " + NamePatterns.SYNTAX),
      ConfigKey.list(IGNORE_DBS)
          .defaultsTo("")
          .validator(NamePatterns.VALID_LIST)
          .medium()
          .display("Schemas to leave out")
          .doc(
              "Tables of these schemas are left out. Has no effect with `"
                  + DO_DBS
                  + "`. The servers' own schemas are always left out."),
      ConfigKey.list(DO_TABLES)
          .defaultsTo("")
          .validator(NamePatterns.VALID_TABLES)
          .medium()
          .display("Tables to capture")
          .doc(
              "If stated, only these tables of the captured schemas are captured, even those that `"
                  + IGNORE_TABLES
                  + "` matches. Entries are `db.table` with a pattern for each part; a part that"
                  + " holds a dot stands in back quotes."),
      ConfigKey.list(IGNORE_TABLES)
          .defaultsTo("")
          .validator(NamePatterns.VALID_TABLES)
          .medium()
          .display("Tables to leave out")
          .doc("These tables are left out. Entries as in `" + DO_TABLES + "`.")
    };
  }

  /**
   * The list of a valid configuration.
   *
   * @param caseSensitive whether names must match in case
   */
  public static BlockAllowList parse(AbstractConfig config, boolean caseSensitive) {
    return new BlockAllowList(
        names(config.getList(DO_DBS), caseSensitive),
        names(config.getList(IGNORE_DBS), caseSensitive),
        tables(config.getList(DO_TABLES), caseSensitive),
        tables(config.getList(IGNORE_TABLES), caseSensitive));
  }

  private static List<NamePattern> names(List<String> texts, boolean caseSensitive) {
    return texts.stream().map(text -> NamePattern.of(text, caseSensitive)).toList();
  }

  private static List<TablePattern> tables(List<String> texts, boolean caseSensitive) {
    return texts.stream().map(text -> TablePattern.of(text, caseSensitive)).toList();
  }

  private BlockAllowKeys() {}
}
