package io.dmconnect.model.check;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AddedColumnsTest {
  private static final TableSchema FOUND =
      table(
          "id bigint not null; a int; shard varchar(9); primary key (id, shard); unique u (a);"
              + " key s (shard)");
  private final AddedColumns added =
      AddedColumns.of(
          List.of(rule("orders", "Shard"), rule("others", "a")), new TableId("shop", "orders"));

  @Test
  void aGroupsTableIsWithoutTheColumnsOfTheRulesThatLeadToIt() {
    assertThat(added.without(FOUND))
        .isEqualTo(table("id bigint not null; a int; primary key (id); unique u (a)"));
  }

  @Test
  void aKeyThatIsAsItWasHasTheColumnsItWasFoundWith() {
    TableSchema now = table("id bigint not null; b int; primary key (id); unique u (id, b)");

    assertThat(added.restored(now, FOUND))
        .isEqualTo(
            table(
                "id bigint not null; b int; shard varchar(9); primary key (id, shard);"
                    + " unique u (id, b)"));
  }

  @Test
  void aTableThatWasFoundWithoutTheColumnsStaysAsItIs() {
    TableSchema now = table("id bigint not null; primary key (id)");

    assertThat(added.restored(now, now)).isEqualTo(now);
    assertThat(added.restored(now, null)).isEqualTo(now);
    assertThat(added.restored(null, FOUND)).isNull();
  }

  private static RouteRule rule(String table, String column) {
    return new RouteRule(
        table,
        NamePattern.of("shop_*", false),
        NamePattern.of(table + "_*", false),
        "shop",
        table,
        List.of(new Extract(Extract.From.SCHEMA, Pattern.compile("(.*)"), column)));
  }
}
