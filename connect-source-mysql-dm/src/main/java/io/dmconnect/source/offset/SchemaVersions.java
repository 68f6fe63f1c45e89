package io.dmconnect.source.offset;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Gtid;
import io.dmconnect.source.position.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last schema versions of one table, oldest first. Because Connect commits partitions on their
 * own, they may be ahead of the stream's position: the version valid at a position is looked for.
 * {@link UncommittedVersions} sees to it that a commit's position does not fall behind them.
 *
 * @param versions the versions
 */
public record SchemaVersions(List<SchemaVersion> versions) {
  /** How many versions an offset has at most. */
  static final int KEPT = 64;

  /** How long those between the oldest and the newest are at most, in characters. */
  static final long KEPT_LENGTH = 128 << 10;

  /** About what a version takes beside its schema: file, position, GTID and the members' names. */
  private static final long VERSION_LENGTH = 250;

  private static final int AT_LEAST = 3;

  /** No versions. */
  public static final SchemaVersions NONE = new SchemaVersions(List.of());

  private static final String FILE = ".file";
  private static final String POS = ".pos";
  private static final String GTID = ".gtid";
  private static final String SCHEMA = ".schema";

  /** Copies the list. */
  public SchemaVersions {
    versions = List.copyOf(versions);
  }

  /** The versions as Connect gives them back; none for null. */
  public static SchemaVersions read(Map<String, ?> offset) {
    if (offset == null) {
      return NONE;
    }
    List<SchemaVersion> versions = new ArrayList<>();
    for (int i = 0; offset.get(i + FILE) != null; i++) {
      String gtid = PositionFields.text(offset, i + GTID);
      versions.add(
          new SchemaVersion(
              new Transaction(
                  PositionFields.text(offset, i + FILE),
                  PositionFields.number(offset, i + POS),
                  gtid == null ? null : Gtid.source(gtid),
                  gtid == null ? 0 : Gtid.number(gtid)),
              PositionFields.text(offset, i + SCHEMA)));
    }
    return new SchemaVersions(versions);
  }

  /** The versions with one more, which is the newest; one of the same transaction is replaced. */
  public SchemaVersions with(SchemaVersion version) {
    List<SchemaVersion> longer = new ArrayList<>(versions);
    longer.removeIf(v -> v.since().equals(version.since()));
    longer.add(version);
    SchemaVersions all = new SchemaVersions(longer);
    while (all.isTooMuch()) {
      all = new SchemaVersions(all.versions.subList(1, all.versions.size()));
    }
    return all;
  }

  /** The oldest one is the one to start with, and the newest may be as long as it likes. */
  private boolean isTooMuch() {
    return versions.size() > KEPT
        || (versions.size() > AT_LEAST
            && new SchemaVersions(versions.subList(1, versions.size() - 1)).length() > KEPT_LENGTH);
  }

  /** Whether one more version, and the one before these, may not find room beside them. */
  boolean isNearlyFull() {
    return versions.size() >= KEPT - 2
        || (versions.size() >= AT_LEAST - 1 && length() > KEPT_LENGTH);
  }

  /** About how long the offset is, in characters. */
  long length() {
    return versions.stream()
        .mapToLong(v -> VERSION_LENGTH + (v.schema() == null ? 0 : v.schema().length()))
        .sum();
  }

  /** The newest version whose statement is before the position; empty when there is none. */
  public Optional<SchemaVersion> at(BinlogPosition position) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (position.covers(versions.get(i).since())) {
        return Optional.of(versions.get(i));
      }
    }
    return Optional.empty();
  }

  /** The newest version; empty for a table that no statement changed. */
  public Optional<SchemaVersion> newest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** Whether the newest version is of a table that exists. */
  public boolean exists() {
    return !versions.isEmpty() && versions.get(versions.size() - 1).schema() != null;
  }

  /** Whether the newest version is the table's end, and that came after the position. */
  public boolean endedAfter(BinlogPosition position) {
    return !versions.isEmpty()
        && !exists()
        && !position.covers(versions.get(versions.size() - 1).since());
  }

  /** Only the versions whose statements are before the position. */
  public SchemaVersions upTo(BinlogPosition position) {
    return new SchemaVersions(versions.stream().filter(v -> position.covers(v.since())).toList());
  }

  /** The offset for Connect: {@code {"0.file", "0.pos", "0.gtid", "0.schema", "1.file", …}}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < versions.size(); i++) {
      Transaction since = versions.get(i).since();
      map.put(i + FILE, since.file());
      map.put(i + POS, since.start());
      if (since.hasGtid()) {
        map.put(i + GTID, since.gtid());
      }
      if (versions.get(i).schema() != null) {
        map.put(i + SCHEMA, versions.get(i).schema());
      }
    }
    return map;
  }
}
