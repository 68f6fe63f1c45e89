package io.dmconnect.model.filter;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One rule of the binlog event filter.
 *
 * @param name the rule's alias
 * @param schema the schemas it is about
 * @param table the tables it is about; null for the whole schema
 * @param events the events it is about; their order counts
 * @param sqlPattern an expression searched for in a statement's text; null for none
 * @param action what it does
 */
public record FilterRule(
    String name,
    NamePattern schema,
    NamePattern table,
    List<EventSelector> events,
    Pattern sqlPattern,
    FilterAction action) {

  /** Copies the list and checks what is never null. */
  public FilterRule {
    requireNonNull(name, "name is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(action, "action is null");
    events = List.copyOf(events);
  }

  boolean isAbout(TableId id) {
    return schema.matches(id.schema()) && (table == null || table.matches(id.table()));
  }

  boolean selectsAny(List<BinlogEvent> judged) {
    for (BinlogEvent event : judged) {
      if (selects(event)) {
        return true;
      }
    }

    return false;
  }

  private boolean selects(BinlogEvent event) {
    for (EventSelector selector : events) {
      EventSelector.Verdict verdict = selector.judge(event);
      if (verdict != EventSelector.Verdict.UNDECIDED) {
        return verdict == EventSelector.Verdict.YES;
      }
    }

    return false;
  }
}
