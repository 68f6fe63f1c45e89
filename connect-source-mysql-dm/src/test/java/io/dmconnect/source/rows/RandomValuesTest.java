package io.dmconnect.source.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dmconnect.model.TableId;
import io.dmconnect.source.record.RowStruct;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many random numbers, where a catalogue cannot name every case, through a real server. */
@EnabledIfSystemProperty(named = "dm.mysql.url", matches = ".+")
class RandomValuesTest {
  private static final TableId ID = new TableId("srcval_random", "t");

  private final Random random = new Random(20_260_101);
  private ServerTable server;

  @BeforeEach
  void connect() throws SQLException {
    server = ServerTable.open(ID);
  }

  @AfterEach
  void disconnect() throws SQLException {
    server.close();
  }

  @Test
  void doublesInsideJsonPrintAsTheServerPrintsThem() throws Exception {
    assumeTrue(!server.isMariaDb());
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, v JSON)");
    String bits = numbers(3_000, () -> Double.longBitsToDouble(random.nextLong()));
    String short1 = numbers(3_000, () -> random.nextInt(100_000) / 1000.0);
    String powers = numbers(600, () -> Math.scalb(1.0, random.nextInt(600) - 300));
    String integral =
        numbers(600, () -> Math.rint(Math.scalb(random.nextDouble(), random.nextInt(80))));

    assertStreamedLikeRead(
        "INSERT INTO t VALUES (1, '"
            + bits
            + "'), (2, '"
            + short1
            + "'), (3, '"
            + powers
            + "'), (4, '"
            + integral
            + "')");
  }

  @Test
  void floatsAndDoublesKeepEveryBit() throws Exception {
    server.execute("CREATE TABLE t (id INT PRIMARY KEY, d DOUBLE, f FLOAT)");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double value = finite(() -> Double.longBitsToDouble(random.nextLong()));
      float single = (float) finite(() -> Float.intBitsToFloat(random.nextInt()));
      rows.add("(" + i + ", " + value + ", " + (double) single + ")");
    }

    assertStreamedLikeRead("INSERT INTO t VALUES " + String.join(", ", rows));
  }

  @Test
  void decimalsOfEveryPrecisionKeepTheirDigits() throws Exception {
    List<int[]> types = new ArrayList<>();
    for (int precision = 1; precision <= 65; precision++) {
      int scale = random.nextInt(Math.min(precision, 30) + 1);
      types.add(new int[] {precision, scale});
    }
    server.execute(
        "CREATE TABLE t (id INT PRIMARY KEY, "
            + IntStream.range(0, types.size())
                .mapToObj(
                    i -> "c" + i + " DECIMAL(" + types.get(i)[0] + "," + types.get(i)[1] + ")")
                .collect(Collectors.joining(", "))
            + ")");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      rows.add(
          "("
              + row
              + ", "
              + types.stream().map(this::decimal).collect(Collectors.joining(", "))
              + ")");
    }

    assertStreamedLikeRead("INSERT INTO t VALUES " + String.join(", ", rows));
  }

  private String decimal(int[] type) {
    StringBuilder digits = new StringBuilder();
    int length = 1 + random.nextInt(type[0]);
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type[1])
        .toPlainString();
  }

  private static String numbers(int count, java.util.function.DoubleSupplier next) {
    return IntStream.range(0, count)
        .mapToObj(i -> Double.toString(finite(next)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static double finite(java.util.function.DoubleSupplier next) {
    double value = next.getAsDouble();
    while (Double.isNaN(value) || Double.isInfinite(value)) {
      value = next.getAsDouble();
    }
    return value;
  }

  private void assertStreamedLikeRead(String insert) throws Exception {
    BinlogCapture capture = server.capture();
    server.execute(insert);
    List<RowStruct> read = server.snapshot();

    List<RowStruct> streamed = server.stream(capture);

    assertThat(streamed).hasSameSizeAs(read);
    for (int i = 0; i < read.size(); i++) {
      assertThat(streamed.get(i)).isEqualTo(read.get(i));
    }
  }
}
