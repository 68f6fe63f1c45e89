package io.dmconnect.model.ddl;

import java.util.List;

/** The names of storage engines as {@code SHOW CREATE TABLE} writes them. */
final class EngineNames {
  private static final List<String> NAMES =
      List.of(
          "InnoDB",
          "MyISAM",
          "MEMORY",
          "CSV",
          "ARCHIVE",
          "BLACKHOLE",
          "MRG_MyISAM",
          "FEDERATED",
          "EXAMPLE",
          "ndbcluster",
          "Aria",
          "ROCKSDB",
          "SPIDER",
          "CONNECT",
          "SEQUENCE",
          "S3",
          "Columnstore",
          "Mroonga",
          "TokuDB");

  private EngineNames() {}

  static String canonical(String engine) {
    for (String name : NAMES) {
      if (name.equalsIgnoreCase(engine)) {
        return name;
      }
    }
    return switch (SqlText.lower(engine)) {
      case "heap" -> "MEMORY";
      case "merge" -> "MRG_MyISAM";
      case "ndb" -> "ndbcluster";
      default -> engine;
    };
  }
}
