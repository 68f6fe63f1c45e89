package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.MemberId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

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

  /** What is passed over of each member of which something is. */
  Map<MemberId, Columns> load();

  /**
   * Keeps what is passed over in place of what was.
   *
   * @param partition the partition that speaks for the member
   * @param epoch its epoch
   * @throws io.dmconnect.sink.write.FencedException when another task has the partition
   */
  void save(TopicPartition partition, long epoch, MemberId member, Columns columns);
}
