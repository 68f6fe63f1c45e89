package io.dmconnect.model.route;

import io.dmconnect.model.TableId;
import java.util.List;

/**
 * Where an upstream table goes.
 *
 * @param target the table in the target
 * @param columns the columns to add to every row
 * @param merge whether the rules can send several tables of one source to this target; tables of
 *     the same name in several sources go to one target with any rule and with none
 * @param identifies whether the added columns' values are those of no other upstream table, since
 *     they hold whole names
 */
public record Route(TableId target, List<AddedColumn> columns, boolean merge, boolean identifies) {

  /**
   * A column whose value is the same for all rows of an upstream table.
   *
   * @param name the column's name in the target
   * @param value its text
   */
  public record AddedColumn(String name, String value) {}

  /** Copies the columns. */
  public Route {
    columns = List.copyOf(columns);
  }
}
