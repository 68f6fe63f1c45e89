package io.dmconnect.it.scenario;

/**
 * A table of a scenario.
 *
 * @param name what the scenario calls it
 * @param source {@code s1} or {@code s2}
 * @param database its database's name in the scenario; the real one has a prefix
 * @param table its name
 */
record Shard(String name, String source, String database, String table) {

  /** A shard stated as {@code s1.d1.t1}. */
  static Shard of(String name, String path) {
    String[] parts = path.split("\\.", -1);
    if (parts.length != 3 || !parts[0].matches("s[12]")) {
      throw new IllegalArgumentException("Shard " + name + " is no s1.DATABASE.TABLE: " + path);
    }

    return new Shard(name, parts[0], parts[1], parts[2]);
  }

  Shard renamed(String newDatabase, String newTable) {
    return new Shard(name, source, newDatabase, newTable);
  }
}
