package io.dmconnect.it;

import io.dmconnect.it.harness.Converters;
import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event contract works through any converter. */
@ExtendWith(TestStack.class)
class ConvertersIT {
  private final LocalStack stack;

  ConvertersIT(LocalStack stack) {
    this.stack = stack;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast-avro-converter.json", "apicurio-converter.json"})
  void avroByTheShippedExample(String example) throws IOException {
    replicatesWith(Converters.avroExample(example, stack));
  }

  @Test
  void jsonWithSchemas() {
    replicatesWith(Converters.jsonWithSchemas());
  }

  @Test
  void jsonWithoutSchemas() {
    replicatesWith(Converters.jsonWithoutSchemas());
  }

  private void replicatesWith(Map<String, String> converters) {
    try (Pipeline pipeline = new Pipeline(stack, "converters").both(converters)) {
      pipeline
          .mysql()
          .run(
              "SET sql_mode = ''",
              "CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY, dec1 DECIMAL(20,4), f FLOAT,"
                  + " d DOUBLE, s VARCHAR(50), b VARBINARY(20), bits BIT(12), flag BIT(1),"
                  + " day DATE, dt DATETIME(3), dtm DATETIME(6), ts TIMESTAMP(6) NULL, tm TIME(6),"
                  + " y YEAR, e ENUM('x','y,z'), st SET('p','q'), j JSON)",
              "INSERT INTO t VALUES (18446744073709551615, 1234567890.1234, 0.1, 1e300, 'ü''\\\\',"
                  + " x'00ff', b'100000000001', b'1', '2024-02-29', '2024-02-29 01:02:03.456',"
                  + " '2024-02-29 01:02:03.456789', '2024-02-29 01:02:03.000001',"
                  + " '-838:59:58.999999', 2024, 'y,z', 'p,q', '{\"a\": [1, 2.5, null]}')",
              "INSERT INTO t (id, day, dt) VALUES (1, '0000-00-00', '0000-00-00 00:00:00')");
      pipeline.start().awaitEqual("t");
      pipeline
          .mysql()
          .run(
              "INSERT INTO t SELECT id - 1, dec1, f, d, s, b, bits, flag, day, dt, dtm, ts, tm, y,"
                  + " e, st, j FROM t WHERE id > 1",
              "UPDATE t SET s = 'changed', day = '2024-01-00' WHERE id = 1",
              "ALTER TABLE t ADD COLUMN added INT DEFAULT 5",
              "DELETE FROM t WHERE id = 18446744073709551615");
      pipeline.awaitEqual("t");
    }
  }
}
