package io.dmconnect.sink.row;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.literal.SqlBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts of statements that are the same for all rows of one shape. Equal when the table, its
 * written columns, those it assigns and its identifying key are: rows of equal texts can share a
 * statement.
 */
public final class RowTexts {
  private final String signature;
  private final byte[] insert;
  private final byte[] replace;
  private final byte[] onDuplicate;
  private final byte[] deleteIn;
  private final byte[] deleteWhere;
  private final byte[] update;
  private final byte[] keyEquals;
  private final String load;
  private final String loadReplacing;

  static RowTexts of(TableId table, ColumnMapping[] written, RowKeys keys, boolean guarded) {
    List<String> columns = names(written);
    List<String> key = keys == null ? List.of() : names(keys.parts());
    ColumnMapping[] assigned =
        Arrays.stream(written).filter(column -> !column.isFill()).toArray(ColumnMapping[]::new);
    return new RowTexts(table.quoted(), columns, names(assigned), key, guarded);
  }

  private RowTexts(
      String table,
      List<String> columns,
      List<String> assigned,
      List<String> key,
      boolean guarded) {
    String list = String.join(",", columns);
    String keyList = key.size() == 1 ? key.get(0) : "(" + String.join(",", key) + ")";
    this.signature = table + "(" + list + ")" + keyList + fills(columns, assigned);
    this.insert = utf8("INSERT INTO " + table + " (" + list + ") VALUES ");
    this.replace = utf8("REPLACE INTO " + table + " (" + list + ") VALUES ");
    this.onDuplicate = utf8(onDuplicate(assigned, key, guarded));
    this.deleteIn = utf8("DELETE FROM " + table + " WHERE " + keyList + " IN (");
    this.deleteWhere = utf8("DELETE FROM " + table + " WHERE ");
    this.update = utf8("UPDATE " + table + " SET ");
    this.keyEquals = utf8(" WHERE " + keyList + "=");
    this.load = load("", table, list);
    this.loadReplacing = load("REPLACE ", table, list);
  }

  private static String fills(List<String> columns, List<String> assigned) {
    return columns.equals(assigned) ? "" : " assigning " + assigned;
  }

  private static String load(String onDuplicate, String table, String list) {
    return "LOAD DATA LOCAL INFILE 'rows' "
        + onDuplicate
        + "INTO TABLE "
        + table
        + SqlBuffer.LOAD_FORMAT
        + "("
        + list
        + ")";
  }

  private static List<String> names(ColumnMapping[] columns) {
    return Arrays.stream(columns).map(column -> TableId.quote(column.target().name())).toList();
  }

  // The guard makes the statement fail (a key column cannot be NULL) when the row it found is not
  // the one with this key but one that collides in another unique key.
  private static String onDuplicate(List<String> columns, List<String> key, boolean guarded) {
    Set<String> keyColumns = new HashSet<>(key);
    List<String> values = columns.stream().filter(name -> !keyColumns.contains(name)).toList();
    String guard =
        key.stream()
            .map(name -> guarded ? guard(name) : name + "=VALUES(" + name + ")")
            .collect(Collectors.joining(","));
    String assignments =
        values.stream()
            .map(name -> name + "=VALUES(" + name + ")")
            .collect(Collectors.joining(","));
    if (values.isEmpty()) {
      assignments = guard;
    } else if (guarded) {
      assignments = guard + "," + assignments;
    }

    return " ON DUPLICATE KEY UPDATE " + assignments;
  }

  private static String guard(String name) {
    return name + "=IF(" + name + "<=>VALUES(" + name + ")," + name + ",NULL)";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code INSERT INTO t (…) VALUES }. */
  public byte[] insert() {
    return insert;
  }

  /** {@code REPLACE INTO t (…) VALUES }. */
  public byte[] replace() {
    return replace;
  }

  /** {@code ON DUPLICATE KEY UPDATE …} with a leading space. */
  public byte[] onDuplicate() {
    return onDuplicate;
  }

  /** {@code DELETE FROM t WHERE key IN (}. */
  public byte[] deleteIn() {
    return deleteIn;
  }

  /** {@code DELETE FROM t WHERE }. */
  public byte[] deleteWhere() {
    return deleteWhere;
  }

  /** {@code UPDATE t SET }. */
  public byte[] update() {
    return update;
  }

  /** {@code WHERE key=} with a leading space. */
  public byte[] keyEquals() {
    return keyEquals;
  }

  /** {@code LOAD DATA LOCAL … INTO TABLE t …}, which leaves out rows that are there. */
  public String load() {
    return load;
  }

  /** {@code LOAD DATA LOCAL … REPLACE INTO TABLE t …}. */
  public String loadReplacing() {
    return loadReplacing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowTexts texts && texts.signature.equals(signature);
  }

  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  /** The table, its written columns and its key. */
  @Override
  public String toString() {
    return signature;
  }
}
