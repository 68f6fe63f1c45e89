package io.dmconnect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

class DirectWayTest {
  private static final byte[] PREFIX = {0, 0, 0, 0, 7};

  private final Peer peer = new Peer();

  @Provide
  Arbitrary<SchemaAndValue> structs() {
    return Structs.any();
  }

  @Property(tries = 500)
  void writesTheBytesThatAvroWrites(@ForAll("structs") SchemaAndValue struct) {
    byte[] expected = message(struct.schema(), struct.value());

    RecordEncoder encoder = encoder(struct.schema(), struct.value());

    assertThat(encoder.encode(struct.value(), new AvroOutput())).isEqualTo(expected);
  }

  @Property(tries = 500)
  void readsTheValuesThatApicurioReads(@ForAll("structs") SchemaAndValue struct) {
    byte[] message = message(struct.schema(), struct.value());
    org.apache.avro.Schema avro = peer.schema(struct.schema(), struct.value());
    SchemaAndValue shown = peer.decode(avro, record(message));

    RecordDecoder decoder = RecordDecoder.learn(avro, message, PREFIX.length, shown, 0);
    SchemaAndValue decoded = decoder.decode(message, PREFIX.length, new AvroInput());

    assertThat(decoded.schema()).isSameAs(shown.schema());
    assertThat(ConnectValues.same(decoded.value(), shown.value())).isTrue();
  }

  @Property(tries = 200)
  void leavesAMessageThatBreaksOffToApicurio(@ForAll("structs") SchemaAndValue struct) {
    byte[] message = message(struct.schema(), struct.value());
    org.apache.avro.Schema avro = peer.schema(struct.schema(), struct.value());
    RecordDecoder decoder =
        RecordDecoder.learn(avro, message, PREFIX.length, peer.decode(avro, record(message)), 0);

    for (int length = PREFIX.length; length < message.length; length++) {
      byte[] part = Arrays.copyOf(message, length);
      assertThat(decoder.decode(part, PREFIX.length, new AvroInput())).isNull();
    }
  }

  @Test
  void writesFieldsInTheOrderOfTheAvroSchema() {
    Schema connect =
        SchemaBuilder.struct()
            .name("t.V")
            .field("a", Schema.INT32_SCHEMA)
            .field("b", Schema.STRING_SCHEMA)
            .build();
    org.apache.avro.Schema avro =
        org.apache.avro.SchemaBuilder.record("t.V")
            .fields()
            .requiredString("b")
            .requiredInt("a")
            .endRecord();
    AvroOutput out = new AvroOutput();
    out.begin(new byte[0]);

    WriterCompiler.compile(connect, avro)
        .orElseThrow()
        .write(new Struct(connect).put("a", 1).put("b", "x"), out);

    assertThat(out.toBytes()).containsExactly(2, 'x', 2);
  }

  @Test
  void doesNotWriteAValueOfAnotherType() {
    Schema connect =
        SchemaBuilder.struct().name("t.V").field("a", Schema.OPTIONAL_INT32_SCHEMA).build();
    RecordEncoder encoder = encoder(connect, new Struct(connect).put("a", 1));
    Struct other =
        new Struct(SchemaBuilder.struct().name("t.W").field("a", Schema.INT64_SCHEMA).build());

    assertThat(encoder.encode(other.put("a", 1L), new AvroOutput())).isNull();
  }

  @Test
  void leavesConnectsOwnTimesToApicurio() {
    Schema connect = SchemaBuilder.struct().name("t.V").field("a", Timestamp.SCHEMA).build();

    assertThat(
            encoder(connect, new Struct(connect).put("a", Timestamp.toLogical(Timestamp.SCHEMA, 5)))
                .isLeft())
        .isTrue();
  }

  @Test
  void leavesMapsWithOtherKeysThanTextToApicurio() {
    Schema map = SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build();
    Schema connect = SchemaBuilder.struct().name("t.V").field("a", map).build();

    assertThat(encoder(connect, new Struct(connect).put("a", Map.of(1, "x"))).isLeft()).isTrue();
  }

  @Test
  void readsNullBehindTheOtherBranchToo() {
    org.apache.avro.Schema avro =
        org.apache.avro.SchemaBuilder.record("t.V")
            .fields()
            .name("a")
            .type(
                org.apache.avro.Schema.createUnion(
                    org.apache.avro.Schema.create(org.apache.avro.Schema.Type.STRING),
                    org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL)))
            .noDefault()
            .endRecord();
    SchemaAndValue shown = peer.decode(avro, new byte[] {2});

    RecordDecoder decoder = RecordDecoder.learn(avro, new byte[] {0, 0, 0, 0, 1, 2}, 5, shown, 0);

    Struct text =
        (Struct) decoder.decode(new byte[] {0, 0, 0, 0, 1, 0, 2, 'x'}, 5, new AvroInput()).value();
    assertThat(text.get("a")).isEqualTo("x");
  }

  @Test
  void leavesASchemaThatContainsItselfToApicurio() {
    org.apache.avro.Schema avro =
        new org.apache.avro.Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}
                """);
    byte[] message = {0, 0, 0, 0, 1, 2, 0};
    SchemaAndValue shown = peer.decode(avro, new byte[] {2, 0});

    assertThat(RecordDecoder.learn(avro, message, 5, shown, 0).reader()).isEmpty();
  }

  @Test
  void doesNotLearnFromAMessageInAnotherEncoding() {
    Schema connect = SchemaBuilder.struct().name("t.V").field("a", Schema.INT32_SCHEMA).build();
    Struct value = new Struct(connect).put("a", 1);
    org.apache.avro.Schema avro = peer.schema(connect, value);
    byte[] json = {0, 0, 0, 0, 7, '{', '"', 'a', '"', ':', '1', '}'};

    assertThat(RecordEncoder.learn(connect, avro, value, json, PREFIX.length, 0).isLeft()).isTrue();
    assertThat(RecordEncoder.learn(connect, null, value, json, PREFIX.length, 0).isLeft()).isTrue();
  }

  private RecordEncoder encoder(Schema schema, Object value) {
    return RecordEncoder.learn(
        schema, peer.schema(schema, value), value, message(schema, value), PREFIX.length, 0);
  }

  private byte[] message(Schema schema, Object value) {
    byte[] record = peer.encode(schema, value);
    byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + record.length);
    System.arraycopy(record, 0, message, PREFIX.length, record.length);
    return message;
  }

  private static byte[] record(byte[] message) {
    return Arrays.copyOfRange(message, PREFIX.length, message.length);
  }
}
