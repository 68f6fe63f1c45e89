package io.dmconnect.model.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.schema.TableSchema;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Generated statements, parsed and applied by the rules of the server. */
class SchemaDiffOnServerRulesTest {
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final SchemaDefaults DEFAULTS =
      SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31"));

  @Property(tries = 300)
  void statementsLeadToTheOtherTable(
      @ForAll("schema") TableSchema first, @ForAll("schema") TableSchema second) {
    TableSchema from = created(first);
    TableSchema to = created(second);

    TableSchema end = from;
    for (String sql : SchemaDiff.statements(from, to, TABLE)) {
      end = apply(end, sql);
    }

    assertThat(text(end)).isEqualTo(text(to));
    assertThat(SchemaJoin.columnNames(end)).isEqualTo(SchemaJoin.columnNames(to));
  }

  @Provide
  Arbitrary<TableSchema> schema() {
    return RandomSchemas.schemas();
  }

  private static TableSchema created(TableSchema schema) {
    return apply(null, SqlWriter.createTable(schema, TABLE));
  }

  private static TableSchema apply(TableSchema before, String sql) {
    SqlModes modes = SqlModes.parse(SchemaDiff.SQL_MODE);
    return SchemaEvolution.apply(before, DdlParser.parse(sql, modes, "shop"), DEFAULTS);
  }

  private static String text(TableSchema schema) {
    return SqlWriter.createTable(Canonical.schema(schema), TABLE).replace("`", "");
  }
}
