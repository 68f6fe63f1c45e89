package io.dmconnect.model.filter;

import io.dmconnect.model.TableId;
import java.util.List;

/**
 * DM's binlog event filter: which events of captured tables go on. Every rule about the table is
 * asked in order, first by the event's kind, then by the statement's text. The first rule that
 * ignores or refuses decides; a {@code do} rule leaves out what it does not match. Immutable.
 */
public final class BinlogEventFilter {
  private final List<FilterRule> rules;

  /** A filter of those rules; without rules everything goes on. */
  public BinlogEventFilter(List<FilterRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * What to do with a row event.
   *
   * @param table the table it is about
   * @param event insert, update or delete
   */
  public FilterAction judgeRows(TableId table, BinlogEvent event) {
    return judge(table, List.of(event), null);
  }

  /**
   * What to do with a statement.
   *
   * @param table the table it is about; the table part is empty for statements about a schema
   * @param events its kinds, see {@link BinlogEvents}; a rule is about it when it is about one of
   *     them. Empty when its kind is none that filters tell apart: then only its text counts
   * @param sql its text
   */
  public FilterAction judgeDdl(TableId table, List<BinlogEvent> events, String sql) {
    return judge(table, events, sql);
  }

  private FilterAction judge(TableId table, List<BinlogEvent> events, String sql) {
    for (FilterRule rule : rules) {
      if (rule.isAbout(table)) {
        FilterAction byEvent =
            events.isEmpty() ? FilterAction.DO : apply(rule, rule.selectsAny(events));
        if (byEvent != FilterAction.DO) {
          return byEvent;
        }

        if (sql != null && rule.sqlPattern() != null) {
          FilterAction bySql = apply(rule, rule.sqlPattern().matcher(sql).find());
          if (bySql != FilterAction.DO) {
            return bySql;
          }
        }
      }
    }

    return FilterAction.DO;
  }

  private static FilterAction apply(FilterRule rule, boolean matches) {
    return switch (rule.action()) {
      case DO -> matches ? FilterAction.DO : FilterAction.IGNORE;
      case IGNORE -> matches ? FilterAction.IGNORE : FilterAction.DO;
      case ERROR -> matches ? FilterAction.ERROR : FilterAction.DO;
    };
  }
}
