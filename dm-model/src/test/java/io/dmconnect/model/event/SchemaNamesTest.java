package io.dmconnect.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaNamesTest {

  @ParameterizedTest
  @CsvSource({
    "dm.db.t.Value, dm.db.t.Value",
    "my-source.db.t.Key, my_source.db.t.Key",
    "dm.2020.t.Value, dm._2020.t.Value",
    "1.db.t, _1.db.t",
    "dm..t, dm._.t",
    "dm.db., dm.db._",
    "dm.größe.t, dm.gr__e.t",
  })
  void makesEveryPartLegal(String name, String legal) {
    assertThat(SchemaNames.legal(name)).isEqualTo(legal);
  }

  @Property
  void isLegalForAnyName(@ForAll String name) {
    assertThat(SchemaNames.legal(name))
        .matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  }
}
