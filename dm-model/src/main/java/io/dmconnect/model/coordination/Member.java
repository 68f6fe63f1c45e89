package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * What the group knows of one member.
 *
 * @param id which table
 * @param schema its schema after the last request it went past
 * @param seen the schema the group takes it for: differs from {@code schema} after an operator
 *     skipped one of its changes
 * @param done the ids of the last requests it went past, oldest first
 */
public record Member(MemberId id, TableSchema schema, TableSchema seen, List<String> done) {
  private static final int KEPT = 256;

  /** Copies the list and checks what is never null. */
  public Member {
    requireNonNull(id, "id is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(seen, "seen is null");
    done = List.copyOf(done);
  }

  /** A member whose schema is seen as it is. */
  public static Member of(MemberId id, TableSchema schema) {
    return new Member(id, schema, schema, List.of());
  }

  /** The member past a request; the oldest of many ids is forgotten. */
  Member past(String requestId, TableSchema newSchema, TableSchema newSeen) {
    List<String> ids = new ArrayList<>(done);
    ids.add(requestId);
    List<String> kept = ids.subList(Math.max(0, ids.size() - KEPT), ids.size());
    return new Member(id, newSchema, newSeen, kept);
  }

  Member withSchemas(TableSchema newSchema, TableSchema newSeen) {
    return new Member(id, newSchema, newSeen, done);
  }

  Member withId(MemberId newId) {
    return new Member(newId, schema, seen, done);
  }
}
