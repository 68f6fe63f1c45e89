package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A member's next schema change: its sink has stopped the member's partition in front of it and
 * waits for a decision. {@link RequestFacts#request} makes one from the statements.
 *
 * @param id the DDL record's id, stable across re-reads
 * @param member who asks
 * @param kind what the statement does
 * @param statements the statements with the table's name already routed to the target
 * @param before the member's schema before; null for a new table
 * @param after the member's schema after; null when the table is gone
 * @param renames columns that keep their values under a new name: old lower-case name to new name
 * @param readded lower-case names of columns the statements drop and add again, losing their values
 * @param renamedTo the member's new name when the table was renamed within the group; null
 *     otherwise
 * @param merged whether its route can bring other tables' rows into the merged table; where it does
 *     not, only a table of the same name in another source can
 * @param rowMove what the change does to the table's rows besides its definition
 * @param alone whether the table is in no group, and asks only since its change concerns rows of
 *     merged tables: its other changes are not asked about
 */
public record DdlRequest(
    String id,
    MemberId member,
    DdlKind kind,
    List<String> statements,
    TableSchema before,
    TableSchema after,
    NavigableMap<String, String> renames,
    NavigableSet<String> readded,
    MemberId renamedTo,
    boolean merged,
    RowMove rowMove,
    boolean alone) {

  private static final String JOINS = "join:";

  /** Copies the collections and checks what is never null. */
  public DdlRequest {
    requireNonNull(id, "id is null");
    requireNonNull(member, "member is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(rowMove, "rowMove is null");
    statements = List.copyOf(statements);
    renames = Collections.unmodifiableNavigableMap(new TreeMap<>(renames));
    readded = Collections.unmodifiableNavigableSet(new TreeSet<>(readded));
  }

  /** A request of a table whose route merges. */
  public DdlRequest(
      String id,
      MemberId member,
      DdlKind kind,
      List<String> statements,
      TableSchema before,
      TableSchema after,
      NavigableMap<String, String> renames,
      NavigableSet<String> readded,
      MemberId renamedTo) {
    this(
        id,
        member,
        kind,
        statements,
        before,
        after,
        renames,
        readded,
        renamedTo,
        true,
        RowMove.NONE,
        false);
  }

  /** A request without renamed or re-added columns, and without moved rows. */
  public static DdlRequest of(
      String id,
      MemberId member,
      DdlKind kind,
      List<String> statements,
      TableSchema before,
      TableSchema after) {
    return new DdlRequest(
        id, member, kind, statements, before, after, new TreeMap<>(), new TreeSet<>(), null);
  }

  /** A table that is there without a DDL to be coordinated. Nobody waits for its decision. */
  public static DdlRequest joins(MemberId member, TableSchema schema) {
    requireNonNull(schema, "schema is null");
    return of(JOINS + member, member, DdlKind.CREATE_TABLE, List.of(), null, schema);
  }

  /**
   * A table that is no longer replicated. Nobody waits for its decision.
   *
   * @param occasion makes the id unique, should the table come back and leave again
   */
  public static DdlRequest leaves(MemberId member, String occasion) {
    String id = "leave:" + member + ":" + occasion;
    return of(id, member, DdlKind.DROP_TABLE, List.of(), null, null);
  }

  /** Whether it tells of a table that is there: no sink waits at it. */
  boolean isAnnouncement() {
    return isAnnouncement(id, member);
  }

  /** Whether a request of that id tells of a member's table that is there. */
  public static boolean isAnnouncement(String id, MemberId member) {
    return id.equals(JOINS + member);
  }

  /** What the request is for the decider. */
  public Input input() {
    return isAnnouncement() ? new Input.MemberJoins(member, after) : new Input.RequestArrives(this);
  }

  /** The same of a table whose route merges, or does not. */
  public DdlRequest withMerged(boolean merges) {
    return copy(before, after, merges, rowMove, alone);
  }

  /** The same with what it does to rows. */
  public DdlRequest withRowMove(RowMove move) {
    return copy(before, after, merged, move, alone);
  }

  /** The same of a table that is in no group. */
  public DdlRequest asAlone() {
    return copy(before, after, merged, rowMove, true);
  }

  /**
   * The tables that it exchanges rows with, under the names of their targets; empty for a change
   * that moves no rows between tables.
   */
  public Set<TableId> exchangedWith() {
    Set<TableId> tables = new LinkedHashSet<>();
    if (rowMove == RowMove.EXCHANGES) {
      for (String sql : statements) {
        List<TableId> named = DdlScanner.scan(sql, SqlModes.DEFAULT, null).tables();
        tables.addAll(named.subList(Math.min(1, named.size()), named.size()));
      }
    }

    return tables;
  }

  /** Who the member is once the request is done; null when its table is gone then. */
  public MemberId memberAfter() {
    if (leaves() || after == null) {
      return null;
    }

    return renamedTo == null ? member : renamedTo;
  }

  /** Whether it takes its member out of the group. */
  boolean leaves() {
    boolean ends = kind == DdlKind.DROP_TABLE || kind == DdlKind.DROP_DATABASE;
    return ends || isDeselection() || moves();
  }

  /** Whether its member is not captured any more, and keeps its rows. */
  boolean isDeselection() {
    return kind == DdlKind.DESELECT_TABLE;
  }

  /** Whether its member gets a name that goes to another merged table. */
  boolean moves() {
    return kind == DdlKind.RENAME_TABLE && renamedTo == null;
  }

  /** Whether it brings a member into the group. */
  boolean creates() {
    return kind == DdlKind.CREATE_TABLE;
  }

  /** Whether it takes every row of a table that its route merges with no other. */
  boolean clearsItsOwn() {
    boolean clears = kind == DdlKind.DROP_TABLE || kind == DdlKind.TRUNCATE_TABLE;
    return clears && !merged && !statements.isEmpty();
  }

  /** Whether it leaves every definition as it is, the order of columns included. */
  boolean keepsSchema() {
    return before != null && before.equals(after) && readded.isEmpty() && !swaps();
  }

  /** Whether columns swap their names: a table looks the same before and after, or nearly so. */
  boolean swaps() {
    return Swaps.any(renames);
  }

  DdlRequest withSchemas(TableSchema newBefore, TableSchema newAfter) {
    return copy(newBefore, newAfter, merged, rowMove, alone);
  }

  private DdlRequest copy(
      TableSchema newBefore, TableSchema newAfter, boolean merges, RowMove move, boolean isAlone) {
    return new DdlRequest(
        id,
        member,
        kind,
        statements,
        newBefore,
        newAfter,
        renames,
        readded,
        renamedTo,
        merges,
        move,
        isAlone);
  }
}
