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
   * What to do with an event.
   *
   * @param table the table it is about; the table part is empty for statements about a schema
   * @param event its kind; null when the statement's kind is none that filters tell apart
   * @param sql the statement's text; null for row events
   */
  public FilterAction judge(TableId table, BinlogEvent event, String sql) {
    for (FilterRule rule : rules) {
      if (rule.isAbout(table)) {
        FilterAction byEvent = event == null ? FilterAction.DO : apply(rule, rule.selects(event));
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
