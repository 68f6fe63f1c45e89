package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.SchemaEvolutionException;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;

/** Reads {@code SHOW CREATE TABLE} of a session with an empty quoting mode. */
public final class CreateStatementReader implements SchemaReader {
  private final SchemaDefaults defaults;

  /** A reader of what a server with these defaults prints. */
  public CreateStatementReader(SchemaDefaults defaults) {
    this.defaults = defaults;
  }

  @Override
  public TableSchema read(TableId table, String createSql) {
    try {
      return SchemaEvolution.apply(
          null, DdlParser.parse(createSql, SqlModes.DEFAULT, table.schema()), defaults);
    } catch (DdlSyntaxException | SchemaEvolutionException e) {
      throw new DmException(
          SourceError.DDL_NOT_UNDERSTOOD,
          "The definition of " + table + " is not understood: " + e.getMessage() + "\n" + createSql,
          e);
    }
  }
}
