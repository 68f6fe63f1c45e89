package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.DdlSyntaxException;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.SchemaEvolutionException;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The merged tables by {@code SHOW CREATE TABLE} in TiDB. */
public final class JdbcMergedTables implements MergedTables {
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  private final TargetPool pool;
  private final Retry retry;

  /** The tables that the pool's connections see. */
  public JdbcMergedTables(TargetPool pool, Retry retry) {
    this.pool = pool;
    this.retry = retry;
  }

  @Override
  public TableSchema read(TableId target) {
    String sql = retry.run("read the definition of " + target, () -> createTable(target));
    if (sql == null) {
      return null;
    }

    try {
      DdlStatement create = DdlParser.parse(sql, SqlModes.DEFAULT, target.schema());
      return SchemaEvolution.apply(null, create, DEFAULTS);
    } catch (DdlSyntaxException | SchemaEvolutionException e) {
      throw new DmException(
          SinkError.TARGET_SCHEMA,
          "The definition of the merged table "
              + target
              + " cannot be understood: "
              + e.getMessage()
              + ": "
              + sql,
          e);
    }
  }

  private String createTable(TableId target) throws SQLException {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + target.quoted())) {
      return row.next() ? row.getString(2) : null;
    } catch (SQLException e) {
      if (TiDbCompatibility.refusal(e) == Refusal.SCHEMA) {
        return null;
      }

      throw e;
    }
  }
}
