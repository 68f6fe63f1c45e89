package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.RowFit;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.shard.PassedOverStore.Columns;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which columns of members have no place in the merged table since an operator decided so,
 * before a member goes past the change, for all tasks that write its rows. Safe for several
 * threads.
 */
public final class PassedOverNotes {
  private static final Logger LOG = LoggerFactory.getLogger(PassedOverNotes.class);
  private static final TableSchema NO_COLUMNS = TableSchema.of(List.of(), List.of());

  private final PassedOverStore store;
  private final MergedTables tables;

  /**
   * Notes of a connector's members.
   *
   * @param store where they are kept
   * @param tables the merged tables as they are
   */
  public PassedOverNotes(PassedOverStore store, MergedTables tables) {
    this.store = requireNonNull(store, "store is null");
    this.tables = requireNonNull(tables, "tables is null");
  }

  /**
   * Notes what is passed over from a decision on.
   *
   * @param place the member, and whose partition speaks for it
   * @param request what it goes past: its change, or that its table is there; null when that is not
   *     known
   * @return whether something was noted that was not known
   * @throws io.dmconnect.model.error.DmException when the target cannot be asked, or the partition
   *     is another task's
   */
  boolean decided(MemberDesk.Place place, RowFit fit, DdlRequest request) {
    if (request != null && request.after() == null) {
      return false;
    }

    MemberId after = request == null ? place.member() : request.memberAfter();
    Map<MemberId, Columns> all = store.load();
    Columns known = all.getOrDefault(place.member(), Columns.NONE);
    Columns now = columns(known, place.target(), fit, request);
    if (now.equals(all.getOrDefault(after, Columns.NONE))) {
      return false;
    }

    store.save(place.partition(), place.epoch(), after, now);
    tell(after, place.target(), now);
    return true;
  }

  private Columns columns(Columns known, TableId target, RowFit fit, DdlRequest request) {
    if (request == null) {
      // What does not fit is noted once the table is known, which it is soon.
      return fit == RowFit.PASSED_OVER ? known : new Columns(fit == RowFit.OUT, known.columns());
    }

    boolean nothing = fit == RowFit.FITS && known.equals(Columns.NONE);
    return nothing ? known : new Columns(fit == RowFit.OUT, names(known, target, request));
  }

  private SortedSet<String> names(Columns known, TableId target, DdlRequest request) {
    TableSchema merged = tables.read(target);
    if (merged == null) {
      return known.columns();
    }

    TableSchema before = request.before() == null ? NO_COLUMNS : request.before();
    Set<String> compared = new TreeSet<>(known.columns());
    compared.addAll(PassedOver.changed(before, request.after()));
    return MemberColumns.of(request.after(), merged, compared).columns();
  }

  private static void tell(MemberId member, TableId target, Columns now) {
    if (now.everything()) {
      LOG.warn(
          "{} is out of the group of {}: values of its rows that have no place there are passed"
              + " over; at present {}",
          member,
          target,
          now.columns());
    } else if (!now.columns().isEmpty()) {
      LOG.warn(
          "Columns of {} are passed over by an operator's decision until {} has a place for them:"
              + " {}",
          member,
          target,
          now.columns());
    } else {
      LOG.info("{} has a place for every column of {} again", target, member);
    }
  }
}
