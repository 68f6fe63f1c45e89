package io.dmconnect.model.ddl;

import java.util.HashMap;
import java.util.Map;

/**
 * What a server's version and variables change about the meaning of a schema change.
 *
 * @param mariadb whether it is MariaDB
 * @param version major version times 100 plus minor version: 507, 800, 1011
 * @param defaultCollations the collation of a charset stated alone, where a server setting decides
 *     ({@code utf8mb4} at least)
 * @param explicitDefaultsForTimestamp {@code @@explicit_defaults_for_timestamp}
 * @param defaultEngine {@code @@default_storage_engine}
 */
public record ServerTraits(
    boolean mariadb,
    int version,
    Map<String, String> defaultCollations,
    boolean explicitDefaultsForTimestamp,
    String defaultEngine) {

  private static final String UTF8MB4 = "utf8mb4";
  private static final String INNODB = "InnoDB";

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
      return new ServerTraits(true, number, mariadbCollations(number), number >= 1010, INNODB);
    }
    boolean is80 = number >= 800;
    String collation = is80 ? "utf8mb4_0900_ai_ci" : "utf8mb4_general_ci";
    return new ServerTraits(false, number, Map.of(UTF8MB4, collation), is80, INNODB);
  }

  private static Map<String, String> mariadbCollations(int number) {
    if (number < 1105) {
      return Map.of(UTF8MB4, "utf8mb4_general_ci");
    }
    Map<String, String> collations = new HashMap<>();
    for (String charset : new String[] {UTF8MB4, "utf8mb3", "ucs2", "utf16", "utf32"}) {
      collations.put(charset, charset + "_uca1400_ai_ci");
    }
    return collations;
  }

  private static int number(String[] parts, int index) {
    return parts.length > index && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }

  /** The same server with another {@code explicit_defaults_for_timestamp}. */
  public ServerTraits withExplicitDefaultsForTimestamp(boolean explicit) {
    return new ServerTraits(mariadb, version, defaultCollations, explicit, defaultEngine);
  }

  /**
   * The same server with another default collation of a charset ({@code
   * default_collation_for_utf8mb4}; MariaDB: {@code character_set_collations}).
   */
  public ServerTraits withDefaultCollation(String charset, String collation) {
    Map<String, String> changed = new HashMap<>(defaultCollations);
    changed.put(Charsets.charset(charset), Charsets.collation(collation));
    return new ServerTraits(mariadb, version, changed, explicitDefaultsForTimestamp, defaultEngine);
  }

  /** The same server with another default storage engine. */
  public ServerTraits withDefaultEngine(String engine) {
    return new ServerTraits(
        mariadb,
        version,
        defaultCollations,
        explicitDefaultsForTimestamp,
        EngineNames.canonical(engine));
  }

  /** The collation of a charset that is stated alone. */
  String defaultCollation(String charset) {
    String collation = defaultCollations.get(charset);
    return collation == null ? Charsets.defaultCollation(charset) : collation;
  }

  /** Whether {@code REFERENCES} behind a column makes a foreign key instead of being ignored. */
  boolean hasInlineForeignKeys() {
    return version >= (mariadb ? 1005 : 900);
  }

  /** Whether {@code DESC} of an index's part counts. */
  boolean hasDescendingIndexes() {
    return version >= (mariadb ? 1008 : 800);
  }

  /** Whether {@code JSON} is {@code LONGTEXT}. */
  boolean jsonIsLongtext() {
    return mariadb;
  }

  /** Whether {@code DEFAULT (5)} is {@code DEFAULT 5}. */
  boolean unwrapsConstantDefaults() {
    return mariadb;
  }

  /** Whether surplus digits of a time's fraction are rounded, not cut off. */
  boolean roundsFractions() {
    return !mariadb;
  }

  /**
   * Whether {@code TEXT(0)} is the smallest TEXT, and a column that one statement both converts and
   * makes TEXT is sized by what it was.
   */
  boolean sizesTextByCharacters() {
    return !mariadb && version >= 800;
  }
}
