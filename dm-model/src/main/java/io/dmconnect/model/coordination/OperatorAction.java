package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/**
 * An operator's command, kept as the record of who did what when.
 *
 * @param id unique; a command that arrives again under the same id is ignored
 * @param exit what is commanded
 * @param member the member it is about; null for {@link Exit#RELEASE}, and for {@link
 *     Exit#EXECUTE}, {@link Exit#SKIP} and {@link Exit#REPLACE} of a failed execution that belongs
 *     to no request
 * @param request the change that the member waits at, for {@link Exit#EXECUTE}, {@link Exit#SKIP}
 *     and {@link Exit#REPLACE}: where it waits at another one by now, nothing is done; null for
 *     whatever it waits at
 * @param statements the statements of {@link Exit#REPLACE}, with the target's name; else empty
 * @param schema the schema of {@link Exit#ADD_MEMBER}, {@link Exit#SET_SCHEMA} and {@link
 *     Exit#RESET_SCHEMA}; else null
 * @param operator who
 * @param atMillis when, milliseconds since the epoch
 */
public record OperatorAction(
    String id,
    Exit exit,
    MemberId member,
    String request,
    List<String> statements,
    TableSchema schema,
    String operator,
    long atMillis) {

  /** Copies the statements and checks what is never null. */
  public OperatorAction {
    requireNonNull(id, "id is null");
    requireNonNull(exit, "exit is null");
    statements = List.copyOf(statements);
  }

  /** A command about whatever its member waits at. */
  public OperatorAction(
      String id,
      Exit exit,
      MemberId member,
      List<String> statements,
      TableSchema schema,
      String operator,
      long atMillis) {
    this(id, exit, member, null, statements, schema, operator, atMillis);
  }

  /** The same with a schema that the operator left to be found out. */
  public OperatorAction withSchema(TableSchema found) {
    return new OperatorAction(id, exit, member, request, statements, found, operator, atMillis);
  }
}
