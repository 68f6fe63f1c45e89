package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.MemberId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which columns of members of shard groups are passed over by an operator's decision. Safe for
 * several threads.
 */
public interface PassedOverStore {

  /**
   * What is passed over of a member's rows.
   *
   * @param everything whether the table is out of the group: whatever has no place
   * @param columns names in lower case of columns that are passed over as long as they have no
   *     place, or are filled as long as the merged table needs a value
   */
  record Columns(boolean everything, SortedSet<String> columns) {
    /** Nothing. */
    public static final Columns NONE = new Columns(false, Collections.emptySortedSet());

    /** Copies the names. */
    public Columns {
      columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
    }
  }

  /** What is passed over; {@link Columns#NONE} when nothing was ever stated. */
  Columns load(MemberId member);

  /** Keeps what is passed over in place of what was. */
  void save(MemberId member, Columns columns);
}
