package io.dmconnect.source.offset;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a table is captured, since it was not for the first time. What is to be told in the
 * table's topic is intended first, in an offset that is committed before: whatever a crash leaves
 * of it in the topic is completed, under the same id, also when the configuration is another one by
 * then.
 *
 * @param selected whether the block-allow list takes the table
 * @param since when that was seen, microseconds since the epoch; part of the id
 * @param told whether the topic surely has it, in all partitions
 */
public record SelectionMark(boolean selected, long since, boolean told) {
  private static final String SELECTED = "selected";
  private static final String SINCE = "since";
  private static final String TOLD = "told";

  /** The mark as Connect gives it back; null for null. */
  public static SelectionMark read(Map<String, ?> offset) {
    return offset == null
        ? null
        : new SelectionMark(
            flag(offset, SELECTED), PositionFields.number(offset, SINCE), flag(offset, TOLD));
  }

  private static boolean flag(Map<String, ?> offset, String member) {
    if (offset.get(member) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException("'" + member + "' must be true or false");
  }

  /** The same when the topic has it. */
  public SelectionMark asTold() {
    return new SelectionMark(selected, since, true);
  }

  /** The mark as an offset. */
  public Map<String, Object> toMap() {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(SELECTED, selected);
    offset.put(SINCE, since);
    offset.put(TOLD, told);
    return offset;
  }
}
