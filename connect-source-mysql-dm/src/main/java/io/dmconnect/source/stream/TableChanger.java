package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlSplitter;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.SchemaEvolutionException;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.TableState;
import io.dmconnect.source.schema.TableVersion;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies statements about one table each to the captured tables' schemas. Belongs to the reading
 * thread.
 */
public final class TableChanger {
  private static final Logger LOG = LoggerFactory.getLogger(TableChanger.class);

  private final SchemaStore schemas;
  private final ServerSchemas server;
  private final SchemaDefaultsStore defaults;
  private final EventGate filter;
  private final List<TableId> arrived = new ArrayList<>();

  /**
   * A changer.
   *
   * @param schemas the captured tables
   * @param server asked for what the binlog does not tell
   * @param defaults the schemas' default character sets
   * @param filter which statements go on
   */
  public TableChanger(
      SchemaStore schemas, ServerSchemas server, SchemaDefaultsStore defaults, EventGate filter) {
    this.schemas = schemas;
    this.server = server;
    this.defaults = defaults;
    this.filter = filter;
  }

  /**
   * The captured tables whose name was given to a table that was not captured, since the last call:
   * their rows are not in the binlog.
   */
  List<TableId> takeArrived() {
    List<TableId> taken = List.copyOf(arrived);
    arrived.clear();
    return taken;
  }

  /** Whether the name is a sequence's (MariaDB), whose rows are its state. */
  boolean isSequence(TableMap map) {
    return Sequences.looksLike(map) && Sequences.mayBe(server.tableType(map.table()));
  }

  /** Follows {@code CREATE/ALTER/DROP DATABASE}. */
  void schemaChanged(DdlKind kind, String schema, QueryEvent query, SqlModes modes) {
    defaults.changed(kind, schema, query, modes);
  }

  /** Ends a table whose schema is dropped. */
  TableChange dropWithSchema(TableState state, String sql, Transaction since, String where) {
    boolean ignored = filter.ignores(state.table(), DdlKind.DROP_DATABASE, sql, where);
    TableChange change = drop(state, sql, since);
    return ignored ? change.asIgnored() : change;
  }

  private TableChange drop(TableState state, String sql, Transaction since) {
    TableVersion before = state.current();
    state.change(since, null);
    return new TableChange(
        DdlKind.DROP_TABLE, sql, state.table(), null, state, null, before, null, false);
  }

  /**
   * Applies one statement.
   *
   * @param where the event's place, for messages
   * @return null when it changes nothing ({@code IF EXISTS} and the like)
   * @throws DmException when the statement is not understood or does not fit
   */
  TableChange apply(
      DdlSplitter.Piece piece, SqlModes modes, QueryEvent query, Transaction since, String where) {
    ScannedDdl scanned = piece.scanned();
    boolean ignored = filter.ignores(scanned.table(), scanned.kind(), piece.sql(), where);
    try {
      TableChange change = apply(piece, modes, query, since, where, scanned);
      return ignored && change != null ? change.asIgnored() : change;
    } catch (DdlSyntaxException | SchemaEvolutionException | UnknownSchemaException e) {
      if (isReadInstead(scanned, since)) {
        LOG.info("{} is read, since its statement at {} does not tell all", scanned.table(), where);
        arrived.add(schemas.table(scanned.table()).table());
        return null;
      }
      if (ignored) {
        LOG.warn("A statement that a filter ignores is not understood: {}", piece.sql(), e);
        return null;
      }
      throw new DmException(
          SourceError.DDL_NOT_UNDERSTOOD,
          "The statement at "
              + where
              + " ("
              + since
              + ") is not understood: "
              + e.getMessage()
              + "\n"
              + piece.sql(),
          e);
    }
  }

  /**
   * Whether the statement creates a table that existed, or was gone again, when the task started:
   * what it does not tell is in the table.
   */
  private boolean isReadInstead(ScannedDdl scanned, Transaction since) {
    return scanned.kind() == DdlKind.CREATE_TABLE && schemas.isPast(since);
  }

  /**
   * Follows a statement about a table that is not captured any more. What cannot be followed ends
   * what is known of the table, so that it is read anew when it is selected again.
   *
   * @return null when the schema stays as it is
   */
  TableChange follow(
      TableState state,
      DdlSplitter.Piece piece,
      SqlModes modes,
      QueryEvent query,
      Transaction since) {
    DdlKind kind = piece.scanned().kind();
    boolean exists = kind == DdlKind.CREATE_TABLE && piece.scanned().ifExists();
    if (kind == DdlKind.TRUNCATE_TABLE || exists) {
      return null;
    }
    if (kind == DdlKind.ALTER_TABLE || kind == DdlKind.CREATE_INDEX || kind == DdlKind.DROP_INDEX) {
      try {
        return altered(state, piece, modes, query, since);
      } catch (DdlSyntaxException | SchemaEvolutionException | DmException e) {
        LOG.warn(
            "{} is not selected and is read anew when it is: {} is not understood",
            state.table(),
            piece.sql(),
            e);
      }
    }
    return drop(state, piece.sql(), since).asIgnored();
  }

  private TableChange altered(
      TableState state,
      DdlSplitter.Piece piece,
      SqlModes modes,
      QueryEvent query,
      Transaction since) {
    TableVersion before = state.current();
    DdlStatement statement = DdlParser.parse(piece.sql(), modes, query.database());
    SchemaDefaults base = defaults.of(state.table().schema(), query);
    state.change(since, SchemaEvolution.apply(before.schema(), statement, base));
    return changed(state, piece, before, true);
  }

  private static TableChange changed(
      TableState state, DdlSplitter.Piece piece, TableVersion before, boolean ignored) {
    return new TableChange(
        piece.scanned().kind(),
        piece.sql(),
        state.table(),
        null,
        state,
        null,
        before,
        state.current(),
        ignored);
  }

  /** Ends what is known of a table that is not captured any more and whose schema is dropped. */
  TableChange forgetWithSchema(TableState state, String sql, Transaction since) {
    return drop(state, sql, since).asIgnored();
  }

  private TableChange apply(
      DdlSplitter.Piece piece,
      SqlModes modes,
      QueryEvent query,
      Transaction since,
      String where,
      ScannedDdl scanned) {
    return switch (scanned.kind()) {
      case CREATE_TABLE -> create(piece, modes, query, since);
      case DROP_TABLE -> {
        TableState state = schemas.table(scanned.table());
        yield state == null || state.current() == null ? null : drop(state, piece.sql(), since);
      }
      case RENAME_TABLE -> rename(piece, since, where);
      case TRUNCATE_TABLE, ALTER_TABLE, CREATE_INDEX, DROP_INDEX ->
          alter(piece, modes, query, since, where);
      case DESELECT_TABLE, CREATE_DATABASE, ALTER_DATABASE, DROP_DATABASE, OTHER -> null;
    };
  }

  /**
   * {@code CREATE TABLE … LIKE} goes on with the definition written out: a reader of this table's
   * topic may be ahead of or behind the template's.
   */
  private TableChange create(
      DdlSplitter.Piece piece, SqlModes modes, QueryEvent query, Transaction since) {
    TableId id = piece.scanned().table();
    TableState state = schemas.table(id);
    if (state == null || (piece.scanned().ifExists() && state.current() != null)) {
      return null;
    }
    if (piece.scanned().ifExists() && state.isGone(since)) {
      throw new UnknownSchemaException("the table may have been there before");
    }
    TableSchema schema = created(piece, modes, query, since);
    state.change(since, schema);
    String sql =
        piece.scanned().template() == null ? piece.sql() : SqlWriter.createTable(schema, id);
    return new TableChange(
        DdlKind.CREATE_TABLE, sql, state.table(), null, state, null, null, state.current(), false);
  }

  private TableSchema created(
      DdlSplitter.Piece piece, SqlModes modes, QueryEvent query, Transaction since) {
    TableId id = piece.scanned().table();
    TableId template = piece.scanned().template();
    if (template != null) {
      TableState known = schemas.table(template);
      if (known != null && known.current() != null && !known.isInSnapshot(since)) {
        return SchemaEvolution.createLike(known.current().schema());
      }
      return fromServer(id, since);
    }
    DdlStatement statement = DdlParser.parse(piece.sql(), modes, query.database());
    if (statement instanceof DdlStatement.CreateTable create && create.needsServer()) {
      return fromServer(id, since);
    }
    return SchemaEvolution.apply(null, statement, defaults.of(id.schema(), query));
  }

  private TableSchema fromServer(TableId id, Transaction since) {
    if (schemas.isPast(since)) {
      throw new UnknownSchemaException("what " + id + " was like then the server does not tell");
    }
    TableSchema schema = server.table(id);
    if (schema == null) {
      throw new UnknownSchemaException(
          "only the server knows the definition of " + id + ", and there it is gone");
    }
    return schema;
  }

  private TableChange alter(
      DdlSplitter.Piece piece, SqlModes modes, QueryEvent query, Transaction since, String where) {
    ScannedDdl scanned = piece.scanned();
    TableState state = schemas.table(scanned.table());
    if (state == null) {
      return null;
    }
    TableVersion before = state.current();
    if (before == null && state.isGone(since)) {
      return null;
    }
    if (before == null) {
      throw new UnknownSchemaException("the schema of " + scanned.table() + " is not known");
    }
    boolean ignored = false;
    if (scanned.kind() != DdlKind.TRUNCATE_TABLE) {
      DdlStatement statement = DdlParser.parse(piece.sql(), modes, query.database());
      ignored = filter.ignores(scanned, statement, before.schema(), piece.sql(), where);
      TableSchema after =
          SchemaEvolution.apply(
              before.schema(), statement, defaults.of(scanned.table().schema(), query));
      state.change(since, after);
    }
    return changed(state, piece, before, ignored);
  }

  /**
   * A name that was dumped after the rename belongs to the table it had then: the other name's side
   * is carried out alone. One that was dumped around the rename has rows of both tables it had, if
   * they are alike: they are taken back, and the table is read under its new name.
   */
  private TableChange rename(DdlSplitter.Piece piece, Transaction since, String where) {
    TableId from = piece.scanned().tables().get(0);
    TableId to = piece.scanned().tables().get(1);
    TableState old = schemas.table(from);
    TableState renamed = schemas.table(to);
    boolean known = old != null && old.current() != null && !old.isInSnapshot(since);
    if (renamed != null && renamed.isInSnapshot(since)) {
      String sql = "DROP TABLE IF EXISTS " + from.quoted();
      return known ? drop(old, sql, since) : null;
    }
    if (!known) {
      if (renamed != null) {
        LOG.info("At {} the captured table {} is what was {}: {}", where, to, from, piece.sql());
        arrived.add(renamed.table());
      }
      return null;
    }
    if (old.isReadAround(since)) {
      LOG.info("{} was renamed while it was read: reading {} now", from, to);
      if (renamed != null) {
        arrived.add(renamed.table());
      }
      return drop(old, "DROP TABLE IF EXISTS " + from.quoted(), since);
    }
    TableVersion before = old.current();
    old.change(since, null);
    TableVersion after = before;
    if (renamed != null) {
      renamed.change(since, before.schema());
      after = renamed.current();
    }
    return new TableChange(
        DdlKind.RENAME_TABLE,
        piece.sql(),
        old.table(),
        renamed == null ? to : renamed.table(),
        old,
        renamed,
        before,
        after,
        false);
  }

  /** A table's schema that the statement needs is not known; told with the statement. */
  private static final class UnknownSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(String message) {
      super(message);
    }
  }
}
