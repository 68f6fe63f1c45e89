package io.dmconnect.model.filter;

import java.util.Locale;

/**
 * One entry of a filter's list of events: an event's name or the name of a set of events.
 *
 * @param text the entry in lower case
 * @param event the event; null for a set
 */
public record EventSelector(String text, BinlogEvent event) {

  /** What an entry says of an event. */
  enum Verdict {
    /** The event is one the rule is about. */
    YES,
    /** It is not, whatever later entries say. */
    NO,
    /** The entry does not tell. */
    UNDECIDED
  }

  /**
   * The selector of an entry. {@code schema} is taken for {@code database}.
   *
   * @throws IllegalArgumentException when no event and no set has that name
   */
  public static EventSelector of(String entry) {
    String text = entry.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return switch (text) {
      case "all",
          "all dml",
          "all ddl",
          "none",
          "none dml",
          "none ddl",
          "incompatible ddl changes" ->
          new EventSelector(text, null);
      case "create schema" -> new EventSelector(text, BinlogEvent.CREATE_DATABASE);
      case "alter schema" -> new EventSelector(text, BinlogEvent.ALTER_DATABASE);
      case "drop schema" -> new EventSelector(text, BinlogEvent.DROP_DATABASE);
      default -> new EventSelector(text, event(text));
    };
  }

  Verdict judge(BinlogEvent judged) {
    if (event != null) {
      return event == judged ? Verdict.YES : Verdict.UNDECIDED;
    }

    BinlogEvent.Group group = judged.group();
    boolean dml = group == BinlogEvent.Group.DML;
    return switch (text) {
      case "all" -> Verdict.YES;
      case "none" -> Verdict.NO;
      case "all dml" -> dml ? Verdict.YES : Verdict.UNDECIDED;
      case "none dml" -> dml ? Verdict.NO : Verdict.UNDECIDED;
      case "all ddl" -> dml ? Verdict.UNDECIDED : Verdict.YES;
      case "none ddl" -> dml ? Verdict.UNDECIDED : Verdict.NO;
      default -> group == BinlogEvent.Group.INCOMPATIBLE_DDL ? Verdict.YES : Verdict.UNDECIDED;
    };
  }

  private static BinlogEvent event(String text) {
    for (BinlogEvent candidate : BinlogEvent.values()) {
      if (candidate.eventName().equals(text)) {
        return candidate;
      }
    }

    throw new IllegalArgumentException("has the unknown event '" + text + "'");
  }
}
