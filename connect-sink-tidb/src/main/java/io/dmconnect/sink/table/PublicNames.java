package io.dmconnect.sink.table;

import io.dmconnect.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The columns and indexes of a target table that statements can use now. TiDB's {@code
 * information_schema} lists, beside these, what a schema change under way has begun to add or has
 * not yet removed, and the hidden copies it works on; {@code SHOW} lists none of that (v8.5, {@code
 * ListColumns} in {@code memtable_infoschema_extractor.go} against {@code fetchShowColumns} and
 * {@code fetchShowIndex} in {@code show.go}).
 *
 * <p>Read it after what {@code information_schema} says, and take what is in both: then nothing is
 * believed to be there before it can be used, and nothing to be gone that still can.
 *
 * @param columns the columns' names in lower case; empty when there is no such table
 * @param indexes the indexes' names in lower case
 */
public record PublicNames(Set<String> columns, Set<String> indexes) {

  /** {@code ER_NO_SUCH_TABLE}. */
  private static final int NO_SUCH_TABLE = 1146;

  /**
   * Reads the names as the connection sees them.
   *
   * @throws SQLException when the target cannot be read
   */
  public static PublicNames read(Connection connection, TableId table) throws SQLException {
    return new PublicNames(
        names(connection, "SHOW COLUMNS FROM " + table.quoted(), "Field"),
        names(connection, "SHOW INDEX FROM " + table.quoted(), "Key_name"));
  }

  /** Whether that column can be used. */
  public boolean hasColumn(String name) {
    return columns.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether that index is complete. */
  public boolean hasIndex(String name) {
    return indexes.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Set<String> names(Connection connection, String sql, String label)
      throws SQLException {
    Set<String> names = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          names.add(row.getString(label).toLowerCase(Locale.ROOT));
        }
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_SUCH_TABLE) {
        throw e;
      }
    }

    return names;
  }
}
