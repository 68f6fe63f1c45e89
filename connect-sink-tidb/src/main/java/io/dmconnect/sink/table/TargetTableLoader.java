package io.dmconnect.sink.table;

import io.dmconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads target tables from TiDB's {@code information_schema}, without columns that a schema change
 * under way adds or removes ({@link PublicNames}). Six queries a table; holds nothing, safe for use
 * by several threads with a connection each.
 */
public final class TargetTableLoader {

  // TiDB shows AUTO_RANDOM here only ("PK_AUTO_RANDOM_BITS=5"), not in columns.extra.
  private static final String TABLE =
      "SELECT tidb_row_id_sharding_info FROM information_schema.tables"
          + " WHERE table_schema = ? AND table_name = ? AND table_type = 'BASE TABLE'";

  private static final String COLUMNS =
      "SELECT column_name, data_type, column_type, is_nullable, column_default, extra,"
          + " character_set_name, collation_name, numeric_scale, datetime_precision"
          + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
          + " ORDER BY ordinal_position";

  // Beside an expression, column_name is the text "NULL" in some versions of TiDB.
  private static final String UNIQUE_KEYS =
      "SELECT index_name, IF(expression IS NULL, column_name, NULL) FROM information_schema.statistics"
          + " WHERE table_schema = ? AND table_name = ? AND non_unique = 0"
          + " ORDER BY index_name, seq_in_index";

  private static final String CHECKS =
      "SELECT 1 FROM information_schema.tidb_check_constraints"
          + " WHERE constraint_schema = ? AND table_name = ? LIMIT 1";

  private static final Pattern MEMBER = Pattern.compile("'((?:[^']|'')*)'");

  /** {@code ER_UNKNOWN_TABLE}, {@code ER_NO_SUCH_TABLE}. */
  private static final Set<Integer> NO_SUCH_TABLE = Set.of(1109, 1146);

  /**
   * The table as the connection sees it now.
   *
   * @return the table; empty when there is no base table of that name
   * @throws SQLException when the target cannot be read
   */
  public static Optional<TargetTable> load(Connection connection, TableId id) throws SQLException {
    String sharding;
    try (PreparedStatement query = prepare(connection, TABLE, id);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }

      sharding = row.getString(1);
    }

    boolean autoRandom = sharding != null && sharding.contains("AUTO_RANDOM");
    Map<String, List<String>> keys = uniqueKeys(connection, id);
    List<TargetColumn> columns = columns(connection, id, autoRandom, keys);
    PublicNames names = PublicNames.read(connection, id);
    columns.removeIf(column -> !names.hasColumn(column.name()));
    return Optional.of(
        new TargetTable(id, columns, describe(keys, columns, names), hasChecks(connection, id)));
  }

  private static boolean hasChecks(Connection connection, TableId id) throws SQLException {
    try (PreparedStatement query = prepare(connection, CHECKS, id);
        ResultSet row = query.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      if (NO_SUCH_TABLE.contains(e.getErrorCode())) {
        // Before v7.2 there are no such constraints.
        return false;
      }

      throw e;
    }
  }

  private static List<TargetColumn> columns(
      Connection connection, TableId id, boolean autoRandom, Map<String, List<String>> keys)
      throws SQLException {
    List<String> primary = keys.getOrDefault(TargetKey.PRIMARY_NAME, List.of());
    List<TargetColumn> columns = new ArrayList<>();
    try (PreparedStatement query = prepare(connection, COLUMNS, id);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String name = row.getString("column_name");
        boolean random = autoRandom && !primary.isEmpty() && primary.get(0).equals(name);
        columns.add(column(row, name, random));
      }
    }

    return columns;
  }

  private static TargetColumn column(ResultSet row, String name, boolean random)
      throws SQLException {
    String type = lower(row.getString("data_type"));
    String extra = lower(row.getString("extra"));
    boolean nullable = "YES".equalsIgnoreCase(row.getString("is_nullable"));
    boolean assigned = random || extra.contains("auto_increment");
    return new TargetColumn(
        name,
        type,
        lower(row.getString("column_type")).contains("unsigned"),
        nullable,
        extra.contains("virtual generated") || extra.contains("stored generated"),
        nullable || assigned || row.getString("column_default") != null,
        assigned,
        lowerOrNull(row.getString("character_set_name")),
        lowerOrNull(row.getString("collation_name")),
        scale(row, type),
        type.equals("enum") || type.equals("set")
            ? members(row.getString("column_type"))
            : Set.of());
  }

  private static Set<String> members(String columnType) {
    Set<String> members = new HashSet<>();
    Matcher matcher = MEMBER.matcher(columnType);
    while (matcher.find()) {
      members.add(matcher.group(1).replace("''", "'"));
    }

    return members;
  }

  private static int scale(ResultSet row, String type) throws SQLException {
    return switch (type) {
      case "decimal" -> row.getInt("numeric_scale");
      case "datetime", "timestamp", "time" -> row.getInt("datetime_precision");
      default -> -1;
    };
  }

  private static Map<String, List<String>> uniqueKeys(Connection connection, TableId id)
      throws SQLException {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    try (PreparedStatement query = prepare(connection, UNIQUE_KEYS, id);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        keys.computeIfAbsent(row.getString(1), name -> new ArrayList<>()).add(row.getString(2));
      }
    }

    return keys;
  }

  /** A key that is still being added is enforced already, but finds no row. */
  private static List<TargetKey> describe(
      Map<String, List<String>> keys, List<TargetColumn> columns, PublicNames names) {
    Set<String> nullable = new HashSet<>();
    Set<String> generated = new HashSet<>();
    for (TargetColumn column : columns) {
      if (column.nullable()) {
        nullable.add(column.name());
      }

      if (column.generated()) {
        generated.add(column.name());
      }
    }

    List<TargetKey> described = new ArrayList<>();
    keys.forEach(
        (name, parts) -> {
          // The column of an expression part is NULL.
          List<String> named =
              parts.stream().filter(part -> part != null && names.hasColumn(part)).toList();
          boolean computed =
              named.size() < parts.size()
                  || named.stream().anyMatch(generated::contains)
                  || !names.hasIndex(name);
          boolean notNull =
              named.size() == parts.size() && named.stream().noneMatch(nullable::contains);
          described.add(new TargetKey(name, named, notNull, computed));
        });
    return described;
  }

  private static PreparedStatement prepare(Connection connection, String sql, TableId id)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, id.schema());
    statement.setString(2, id.table());
    return statement;
  }

  private static String lower(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String lowerOrNull(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private TargetTableLoader() {}
}
