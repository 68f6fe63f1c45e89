package io.dmconnect.model.join;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/** What joining some schemas gives. */
public sealed interface JoinResult {

  /**
   * The schemas have a join.
   *
   * @param schema the least schema that accepts the rows of every member
   */
  record Joined(TableSchema schema) implements JoinResult {}

  /**
   * The schemas contradict each other.
   *
   * @param reasons where and how, at least one, in the order columns, indexes, partitioning
   */
  record NoJoin(List<JoinReason> reasons) implements JoinResult {
    /** Copies the reasons. */
    public NoJoin {
      reasons = List.copyOf(reasons);
    }
  }

  /** The joined schema; null when there is none. */
  default TableSchema schemaOrNull() {
    return this instanceof Joined joined ? joined.schema() : null;
  }
}
