package io.dmconnect.source.stream;

import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.source.binlog.QueryEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * The default character sets and collations of schemas. One not met before is asked of the server
 * as it is now: the binlog tells only changes. Belongs to the reading thread.
 */
public final class SchemaDefaultsStore {
  private static final String UTF8MB4 = "utf8mb4";

  private final ServerSchemas server;
  private final ServerTraits traits;
  private final String serverCollation;
  private final Map<String, SchemaDefaults> schemas = new HashMap<>();

  /**
   * A store.
   *
   * @param server asked for a schema's default collation
   * @param traits the server's traits
   * @param serverCollation {@code collation_server}
   */
  public SchemaDefaultsStore(ServerSchemas server, ServerTraits traits, String serverCollation) {
    this.server = server;
    this.traits = traits;
    this.serverCollation = serverCollation;
  }

  /** What a statement in that session leaves to the schema. */
  SchemaDefaults of(String schema, QueryEvent query) {
    SchemaDefaults known = schemas.computeIfAbsent(schema, this::ask);
    ServerTraits session = session(query);
    return session.equals(known.server())
        ? known
        : new SchemaDefaults(known.charset(), known.collation(), session);
  }

  private SchemaDefaults ask(String schema) {
    String collation = server.defaultCollation(schema);
    return ofCollation(collation == null ? serverCollation : collation, traits);
  }

  /** A collation's name begins with its character set's; {@code binary} is both. */
  private static SchemaDefaults ofCollation(String collation, ServerTraits traits) {
    int underscore = collation.indexOf('_');
    String charset = underscore < 0 ? collation : collation.substring(0, underscore);
    return new SchemaDefaults(charset, collation, traits);
  }

  private ServerTraits session(QueryEvent query) {
    ServerTraits session = traits;
    String utf8mb4 = query.session().utf8mb4Collation();
    if (utf8mb4 != null) {
      session = session.withDefaultCollation(UTF8MB4, utf8mb4);
    }
    Boolean explicit = query.session().explicitDefaultsForTimestamp();
    return explicit == null ? session : session.withExplicitDefaultsForTimestamp(explicit);
  }

  /** Follows {@code CREATE/ALTER/DROP DATABASE}. */
  void changed(DdlKind kind, String schema, QueryEvent query, SqlModes modes) {
    if (kind == DdlKind.DROP_DATABASE) {
      schemas.remove(schema);
      return;
    }
    DdlStatement statement = DdlParser.parse(query.sql(), modes, query.database());
    ServerTraits session = session(query);
    if (statement instanceof DdlStatement.CreateDatabase create) {
      String collation = query.session().serverCollation();
      SchemaDefaults base = ofCollation(collation == null ? serverCollation : collation, session);
      schemas.put(schema, base.with(create.options()));
    } else if (statement instanceof DdlStatement.AlterDatabase alter) {
      schemas.put(schema, of(schema, query).with(alter.options()));
    }
  }
}
