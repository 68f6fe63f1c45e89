package io.dmconnect.it;

import io.dmconnect.it.harness.Pipeline;
import io.dmconnect.it.harness.TestStack;
import io.dmconnect.it.harness.TypeCases;
import io.dmconnect.local.LocalStack;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every column type with its edge values is the same on both ends by SELECT, whether a row came
 * from the snapshot or from the binlog, through Avro.
 */
@ExtendWith(TestStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesIT {
  private static final int STREAMED = 1000;
  private final List<TypeCases> types = TypeCases.all();
  private final LocalStack stack;
  private Pipeline pipeline;

  TypesIT(LocalStack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void replicateAllTypes() {
    pipeline = new Pipeline(stack, "types");
    pipeline.mysql().run("SET sql_mode = ''", "SET time_zone = '+00:00'");
    for (TypeCases type : types) {
      pipeline.mysql().run(type.create());
      pipeline.mysql().run(type.inserts(0).toArray(String[]::new));
    }
    pipeline.start();
    for (TypeCases type : types) {
      pipeline.awaitTarget(
          "SELECT COUNT(*) > 0 FROM information_schema.TABLES WHERE TABLE_SCHEMA = '"
              + pipeline.database()
              + "' AND TABLE_NAME = '"
              + type.table()
              + "'",
          "1");
      pipeline.mysql().run(type.inserts(STREAMED).toArray(String[]::new));
    }
  }

  @AfterAll
  void close() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> snapshotAndBinlogRowsAreEqualOnBothEnds() {
    return types.stream()
        .map(type -> DynamicTest.dynamicTest(type.type(), () -> pipeline.awaitEqual(type.table())));
  }
}
