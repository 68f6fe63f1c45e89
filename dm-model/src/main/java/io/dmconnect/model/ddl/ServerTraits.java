package io.dmconnect.model.ddl;

import java.util.HashMap;
import java.util.Map;

/**
 * What a server's version and variables change about the meaning of a schema change.
 *
 * @param defaultCollations the collation of a charset stated alone, where a server setting decides
 *     ({@code utf8mb4} at least)
 * @param explicitDefaultsForTimestamp {@code @@explicit_defaults_for_timestamp}
 * @param inlineForeignKeys whether {@code REFERENCES} behind a column makes a foreign key (MySQL
 *     9.0, MariaDB 10.5) instead of being ignored
 * @param jsonIsLongtext whether {@code JSON} is {@code LONGTEXT} (MariaDB)
 * @param defaultEngine {@code @@default_storage_engine}
 */
public record ServerTraits(
    Map<String, String> defaultCollations,
    boolean explicitDefaultsForTimestamp,
    boolean inlineForeignKeys,
    boolean jsonIsLongtext,
    String defaultEngine) {

  private static final String UTF8MB4 = "utf8mb4";

  /** Copies the map. */
  public ServerTraits {
    defaultCollations = Map.copyOf(defaultCollations);
  }

  /**
   * The traits of a server with default settings.
   *
   * @param version {@code @@version}, for example {@code 8.0.31} or {@code 10.11.6-MariaDB-log}
   */
  public static ServerTraits ofVersion(String version) {
    String[] parts = version.split("[^0-9]+", 3);
    int number = number(parts, 0) * 100 + number(parts, 1);
    if (SqlText.lower(version).contains("mariadb")) {
      return mariadb(number);
    }
    boolean is80 = number >= 800;
    return new ServerTraits(
        Map.of(UTF8MB4, is80 ? "utf8mb4_0900_ai_ci" : "utf8mb4_general_ci"),
        is80,
        number >= 900,
        false,
        "InnoDB");
  }

  private static ServerTraits mariadb(int number) {
    Map<String, String> collations = new HashMap<>();
    if (number >= 1105) {
      for (String charset : new String[] {UTF8MB4, "utf8mb3", "ucs2", "utf16", "utf32"}) {
        collations.put(charset, charset + "_uca1400_ai_ci");
      }
    } else {
      collations.put(UTF8MB4, "utf8mb4_general_ci");
    }
    return new ServerTraits(collations, number >= 1010, number >= 1005, true, "InnoDB");
  }

  private static int number(String[] parts, int index) {
    return parts.length > index && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }

  /** The same server with another {@code explicit_defaults_for_timestamp}. */
  public ServerTraits withExplicitDefaultsForTimestamp(boolean explicit) {
    return new ServerTraits(
        defaultCollations, explicit, inlineForeignKeys, jsonIsLongtext, defaultEngine);
  }

  /**
   * The same server with another default collation of a charset ({@code
   * default_collation_for_utf8mb4}; MariaDB: {@code character_set_collations}).
   */
  public ServerTraits withDefaultCollation(String charset, String collation) {
    Map<String, String> changed = new HashMap<>(defaultCollations);
    changed.put(Charsets.charset(charset), Charsets.collation(collation));
    return new ServerTraits(
        changed, explicitDefaultsForTimestamp, inlineForeignKeys, jsonIsLongtext, defaultEngine);
  }

  /** The same server with another default storage engine. */
  public ServerTraits withDefaultEngine(String engine) {
    return new ServerTraits(
        defaultCollations,
        explicitDefaultsForTimestamp,
        inlineForeignKeys,
        jsonIsLongtext,
        EngineNames.canonical(engine));
  }

  /** The collation of a charset that is stated alone. */
  String defaultCollation(String charset) {
    String collation = defaultCollations.get(charset);
    return collation == null ? Charsets.defaultCollation(charset) : collation;
  }
}
