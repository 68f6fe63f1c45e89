package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.MemberId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a precheck found.
 *
 * @param item the precheck
 * @param severity how bad it is
 * @param group the merged table
 * @param problem what is wrong, a sentence
 * @param differences where, with the tables side by side; may be empty
 * @param advice what to do, a sentence
 */
public record Finding(
    CheckItem item,
    Severity severity,
    TableId group,
    String problem,
    List<Difference> differences,
    String advice) {
  private static final int NAMED = 5;

  /** How bad a finding is. */
  public enum Severity {
    /** The group does not begin. */
    ERROR,
    /** Rows may get lost or refused later. */
    WARNING
  }

  /**
   * A part in which tables differ.
   *
   * @param what the part, such as {@code column a}
   * @param sides its definitions, at least one
   */
  public record Difference(String what, List<Side> sides) {
    /** Copies the sides. */
    public Difference {
      sides = List.copyOf(sides);
    }

    @Override
    public String toString() {
      return what + ": " + sides.stream().map(Side::toString).collect(Collectors.joining(" <> "));
    }
  }

  /**
   * A definition and the tables that have it.
   *
   * @param definition as SQL, or {@code none}
   * @param tables at least one
   */
  public record Side(String definition, List<MemberId> tables) {
    /** Copies the tables. */
    public Side {
      tables = List.copyOf(tables);
    }

    @Override
    public String toString() {
      String names =
          tables.stream().limit(NAMED).map(MemberId::toString).collect(Collectors.joining(", "));
      String more = tables.size() > NAMED ? " and " + (tables.size() - NAMED) + " more" : "";
      return definition + " in " + names + more;
    }
  }

  /** Copies the differences. */
  public Finding {
    differences = List.copyOf(differences);
  }

  /** Whether the group must not begin. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** All of it as one text for people. */
  @Override
  public String toString() {
    String where = differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    return item.text()
        + " of "
        + group
        + ": "
        + problem
        + (where.isEmpty() ? "" : ": " + where)
        + ". "
        + advice;
  }
}
