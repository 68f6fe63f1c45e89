package io.dmconnect.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectGrantsTest {
  private static final String REPLICATION =
      "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `dm`@`%`";

  /** Settings and grants without `GRANT` and account; `-` for neither. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Nothing beyond replication.
        "-                             | -                                       | false",
        "do-dbs=shop                   | -                                       | false",
        "-                             | USAGE ON *.*                            | false",
        "-                             | INSERT, SHOW VIEW ON *.*                | false",
        "-                             | EXECUTE ON PROCEDURE `shop`.`select`    | false",
        // Everything.
        "do-dbs=shop                   | SELECT, RELOAD ON *.*                   | true",
        "do-dbs=shop                   | RELOAD, SELECT ON *.*                   | true",
        "do-dbs=shop                   | ALL PRIVILEGES ON *.*                   | true",
        // Schemas.
        "-                             | SELECT ON `shop`.*                      | true",
        "-                             | SELECT ON `mysql`.*                     | false",
        "do-dbs=shop                   | SELECT ON `shop`.*                      | true",
        "do-dbs=shop                   | ALL PRIVILEGES ON `shop`.*              | true",
        "do-dbs=shop                   | INSERT ON `shop`.*                      | false",
        "do-dbs=shop                   | SELECT ON `other`.*                     | false",
        "ignore-dbs=other              | SELECT ON `other`.*                     | false",
        "do-dbs=shop*                  | SELECT ON `shop_1`.*                    | true",
        "do-dbs=shop_1                 | SELECT ON `shop\\_1`.*                  | true",
        "do-dbs=shopx1                 | SELECT ON `shop\\_1`.*                  | false",
        "do-tables=shop.orders         | SELECT ON `shop`.*                      | true",
        "do-tables=shop.orders         | SELECT ON `other`.*                     | false",
        // Patterns of GRANT.
        "do-dbs=shop_1                 | SELECT ON `shop%`.*                     | true",
        "do-dbs=shopx1                 | SELECT ON `shop_1`.*                    | true",
        "do-dbs=shop                   | SELECT ON `toy%`.*                      | false",
        "do-tables=shop.*              | SELECT ON `toy%`.*                      | false",
        // In doubt.
        "do-dbs=mysql                  | SELECT, RELOAD ON *.*                   | true",
        "do-dbs=shop*                  | SELECT ON `toy%`.*                      | true",
        "ignore-dbs=toys               | SELECT ON `toy%`.*                      | true",
        "do-dbs=shop                   | SELECT ON something.new TO `dm`@`%` AND | true",
        // Tables and columns.
        "do-dbs=shop                   | SELECT ON `shop`.`orders`               | true",
        "do-dbs=shop                   | SELECT (`id`, `at`) ON `shop`.`orders`  | true",
        "do-dbs=shop                   | SELECT ON `other`.`orders`              | false",
        "do-tables=shop.lines          | SELECT ON `shop`.`orders`               | false",
        "ignore-tables=shop.orders     | SELECT ON `shop`.`orders`               | false",
      })
  void anAccountCanReadWhereItsSelectMeetsTheSelection(
      String setting, String grant, boolean expected) {
    List<String> lines =
        grant.equals("-") ? List.of(REPLICATION) : List.of(REPLICATION, line(grant));

    assertThat(SelectGrants.reach(lines, config(setting).selection())).isEqualTo(expected);
  }

  private static String line(String grant) {
    return "GRANT " + grant + " TO `dm`@`%` WITH GRANT OPTION";
  }

  private static SourceConfig config(String setting) {
    Map<String, String> props =
        new HashMap<>(
            Map.of("database.hostname", "db", "database.user", "dm", "topic.prefix", "s1"));
    if (!setting.equals("-")) {
      String[] parts = setting.split("=", 2);
      props.put(parts[0], parts[1]);
    }
    return new SourceConfig(props);
  }
}
