package io.dmconnect.model.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Something that happened to a group. Any input may arrive again; that changes nothing. */
public sealed interface Input {

  /**
   * The group is told something else from outside.
   *
   * @param mode how it changes from now on
   * @param expectedSources the sources whose tables must be known
   */
  record Configured(GroupMode mode, NavigableSet<String> expectedSources) implements Input {
    /** Copies the set. */
    public Configured {
      expectedSources = Collections.unmodifiableNavigableSet(new TreeSet<>(expectedSources));
    }
  }

  /**
   * The prechecks were made.
   *
   * @param problems what they say against beginning; empty when nothing
   */
  record Checked(List<StartProblem> problems) implements Input {
    /** Copies the list. */
    public Checked {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A source told which of its tables belong to the group: those are waited for until they are
   * members. A member that is not among them stays, since its last changes may still be on their
   * way to the sink; it leaves when they say so.
   *
   * @param source the source id
   * @param tables its tables
   */
  record SourceStated(String source, NavigableSet<TableId> tables) implements Input {
    /** Copies the set. */
    public SourceStated {
      tables = Collections.unmodifiableNavigableSet(new TreeSet<>(tables));
    }

    /** From any collection of tables. */
    public static SourceStated of(String source, Collection<TableId> tables) {
      return new SourceStated(source, new TreeSet<>(tables));
    }
  }

  /**
   * A source was deleted: its tables leave, and until it states its tables again, what they ask is
   * passed over.
   *
   * @param source the source id
   */
  record SourceForgotten(String source) implements Input {}

  /**
   * A table is there, without a DDL to be coordinated.
   *
   * @param member which one
   * @param schema its schema
   */
  record MemberJoins(MemberId member, TableSchema schema) implements Input {}

  /**
   * A table is no longer replicated.
   *
   * @param member which one
   */
  record MemberLeaves(MemberId member) implements Input {}

  /**
   * A member stands in front of a DDL.
   *
   * @param request the DDL
   */
  record RequestArrives(DdlRequest request) implements Input {}

  /**
   * A sink ran an execution, or part of it.
   *
   * @param member the member that was told to
   * @param executionId which execution
   * @param executed how many of its statements have run
   * @param error why the next one failed; null when all have run
   * @param observed the merged table's schema as the server states it now; null when not read
   */
  record ExecutionReported(
      MemberId member, String executionId, int executed, String error, TableSchema observed)
      implements Input {

    /** The same with another schema of the merged table. */
    public ExecutionReported withObserved(TableSchema other) {
      return new ExecutionReported(member, executionId, executed, error, other);
    }
  }

  /**
   * An operator gave a command.
   *
   * @param action the command
   */
  record OperatorActs(OperatorAction action) implements Input {}
}
