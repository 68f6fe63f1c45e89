package io.dmconnect.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockAllowListTest {

  @ParameterizedTest(
      name = "[{index}] do-dbs={0} ignore-dbs={1} do-tables={2} ignore-tables={3}: {4}")
  @CsvSource({
    // do-dbs, ignore-dbs, do-tables, ignore-tables, table, captured
    "'', '', '', '', db.t, true",
    "a*, '', '', '', ab.t, true",
    "a*, '', '', '', db.t, false",
    "db, db, '', '', db.t, true",
    "'', db, '', '', db.t, false",
    "'', db, '', '', other.t, true",
    "'', db, db.t, '', db.t, false",
    "'', '', db.t, '', db.t, true",
    "'', '', db.t, '', db.u, false",
    "'', '', db.t, '', other.t, false",
    "'', '', '', db.t, db.t, false",
    "'', '', '', db.t, db.u, true",
    "'', '', db.t*, db.t1, db.t1, true",
    "'', '', db.t*, db.u, db.v, false",
    "'~^shard_\\d$', '', '', '', shard_1.t, true",
    "'~^shard_\\d$', '', '', '', shard_x.t, false",
    "'', '', ~^s.~^t, '', s1.t1, true",
    "'', '', ~^s.t?, '', s1.t12, false",
    "DB, '', db.T, '', db.t, true",
    "'', '', `d.b`.t, '', 'd.b.t', true",
  })
  void judgesTheSchemaAndThenTheTable(
      String doDbs,
      String ignoreDbs,
      String doTables,
      String ignoreTables,
      String name,
      boolean in) {
    int dot = name.lastIndexOf('.');
    TableId table = new TableId(name.substring(0, dot), name.substring(dot + 1));

    assertThat(list(doDbs, ignoreDbs, doTables, ignoreTables, false).captures(table)).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "SYS", "information_schema", "performance_schema"})
  void neverCapturesTheServersOwnSchemas(String schema) {
    BlockAllowList list = list("*", "", "*.*", "", false);

    assertThat(list.captures(new TableId(schema, "t"))).isFalse();
    assertThat(list.capturesSchema(schema)).isFalse();
  }

  @Test
  void mindsCaseWhenAsked() {
    BlockAllowList list = list("DB", "", "", "", true);

    assertThat(list.capturesSchema("DB")).isTrue();
    assertThat(list.capturesSchema("db")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "do-tables, t, must be db.table",
    "do-tables, a.b.c, must be db.table",
    "ignore-tables, `a.b, open back quote",
    "do-dbs, a*b, * before the end",
    "ignore-dbs, ~(, not a regular expression",
  })
  void reportsAWrongPatternOnItsKey(String key, String value, String message) {
    ConfigDef def = ConfigKeys.group(new ConfigDef(), "Selection", BlockAllowKeys.keys());

    assertThatThrownBy(() -> def.parse(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(message);
  }

  @Test
  void tellsTheSchemasThatNamesState() {
    assertThat(list("shop,toys", "", "", "", false).statedSchemas())
        .contains(Set.of("shop", "toys"));
    assertThat(list("", "", "shop.orders,toys.*", "", false).statedSchemas())
        .contains(Set.of("shop", "toys"));
    assertThat(list("shop,toys", "", "shop.orders", "", false).statedSchemas())
        .contains(Set.of("shop"));
  }

  @ParameterizedTest
  @CsvSource({"'',''", "shop*,''", "'shop,~toy',''", "sho[p],''", "'',shop*.orders"})
  void statesNoSchemasWherePatternsDo(String doDbs, String doTables) {
    assertThat(list(doDbs, "", doTables, "", false).statedSchemas()).isEmpty();
  }

  @Test
  void aSchemaWithoutTablesToCaptureCannotHoldCapturedOnes() {
    BlockAllowList list = list("", "toys", "shop*.orders,toys.t", "", false);

    assertThat(list.canHoldCaptured("shop_1")).isTrue();
    assertThat(list.canHoldCaptured("other")).isFalse();
    assertThat(list.canHoldCaptured("toys")).isFalse();
  }

  private static BlockAllowList list(
      String doDbs, String ignoreDbs, String doTables, String ignoreTables, boolean caseSensitive) {
    Map<String, String> props = new HashMap<>();
    props.put(BlockAllowKeys.DO_DBS, doDbs);
    props.put(BlockAllowKeys.IGNORE_DBS, ignoreDbs);
    props.put(BlockAllowKeys.DO_TABLES, doTables);
    props.put(BlockAllowKeys.IGNORE_TABLES, ignoreTables);
    ConfigDef def = ConfigKeys.group(new ConfigDef(), "Selection", BlockAllowKeys.keys());
    return BlockAllowKeys.parse(new AbstractConfig(def, props, false), caseSensitive);
  }
}
