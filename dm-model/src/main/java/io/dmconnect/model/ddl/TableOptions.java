package io.dmconnect.model.ddl;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How stated table options change a table's options. */
final class TableOptions {
  private TableOptions() {}

  /** The options of a new table. */
  static SortedMap<String, String> ofNew(Map<String, String> stated, SchemaDefaults defaults) {
    SortedMap<String, String> options = new TreeMap<>();
    options.put("charset", defaults.charset());
    options.put("collate", defaults.collation());
    options.put("engine", defaults.server().defaultEngine());
    return changed(options, stated, defaults);
  }

  /** The options after a change. */
  static SortedMap<String, String> changed(
      Map<String, String> before, Map<String, String> stated, SchemaDefaults defaults) {
    SortedMap<String, String> options = new TreeMap<>(before);
    stated.forEach(
        (name, value) -> {
          if (isUnset(name, value)) {
            options.remove(name);
          } else {
            options.put(name, value);
          }
        });
    CharsetAndCollation charset =
        CharsetAndCollation.resolve(stated.get("charset"), stated.get("collate"), defaults);
    CharsetAndCollation effective = charset == null ? of(before) : charset;
    options.put("charset", effective.charset());
    options.put("collate", effective.collation());
    return options;
  }

  static CharsetAndCollation of(Map<String, String> options) {
    return new CharsetAndCollation(options.get("charset"), options.get("collate"));
  }

  /** Whether the option is shown no more once it has that value. */
  private static boolean isUnset(String name, String value) {
    return switch (name) {
      case "password", "insert_method" -> name.equals("password") || value.equals("NO");
      case "comment", "connection", "compression" -> value.isEmpty();
      case "row_format", "pack_keys", "stats_persistent", "stats_auto_recalc" ->
          value.equals("DEFAULT");
      case "stats_sample_pages" -> value.equals("DEFAULT") || value.equals("0");
      case "key_block_size", "max_rows", "min_rows", "avg_row_length" -> value.equals("0");
      case "checksum", "delay_key_write", "system_versioning" -> value.equals("0");
      default -> false;
    };
  }
}
