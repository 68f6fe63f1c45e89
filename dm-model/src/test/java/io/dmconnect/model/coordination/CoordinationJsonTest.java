package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoordinationJsonTest {
  private static final MemberId MEMBER = MemberId.of("s1", "shop_1", "orders");
  private static final TableSchema SCHEMA = table("id bigint not null; primary key (id)");

  @Test
  void reportsComeBack() {
    List<Input.ExecutionReported> reports =
        List.of(
            new Input.ExecutionReported(MEMBER, "e#7", 2, "Error 1060", SCHEMA),
            new Input.ExecutionReported(MEMBER, "e#8", 2, null, null));

    assertThat(ReportJson.read(ReportJson.write(reports))).isEqualTo(reports);
  }

  @Test
  void statusesComeBack() {
    ParticipantStatus status =
        new ParticipantStatus(
            "sink-0",
            ParticipantStatus.Kind.SINK,
            "running",
            42,
            new TreeMap<>(Map.of("lag_ms", "7")),
            "boom");

    assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status);
  }

  @Test
  void theFoundTableComesBackAlsoWhenThereIsNone() {
    assertThat(FoundJson.read(FoundJson.write(SCHEMA))).isEqualTo(SCHEMA);
    assertThat(FoundJson.read(FoundJson.write(null))).isNull();
  }

  @Test
  void settingsRouteAsTheSinkDoes() {
    RouteRule rule =
        new RouteRule(
            "merge",
            NamePattern.of("Shop_?", false),
            NamePattern.of("~^orders(_\\d+)?$", false),
            "shop",
            "orders",
            List.of());
    TaskSettings settings =
        new TaskSettings(
            GroupMode.OPTIMISTIC, new TreeSet<>(List.of("s1", "s2")), List.of(rule), false);

    TaskSettings read = TaskJson.read(TaskJson.write(settings));

    assertThat(read.mode()).isEqualTo(GroupMode.OPTIMISTIC);
    assertThat(read.expectedSources()).containsExactly("s1", "s2");
    Router router = new Router(read.routes());
    assertThat(router.route("s1", new TableId("shop_1", "ORDERS_7")).target())
        .isEqualTo(new TableId("shop", "orders"));
    assertThat(router.route("s1", new TableId("shop_10", "orders")).target())
        .isEqualTo(new TableId("shop_10", "orders"));
  }

  @Test
  void anAnnouncedTableIsNoSchemaChange() {
    DdlRequest read = RequestJson.read(RequestJson.write(DdlRequest.joins(MEMBER, SCHEMA)));

    assertThat(read.input()).isEqualTo(new Input.MemberJoins(MEMBER, SCHEMA));
  }

  @Test
  void aRequestTellsWhetherItsRouteMergesAndAnOldOneIsTakenForMerged() {
    DdlRequest merged = DdlRequest.joins(MEMBER, SCHEMA);
    DdlRequest alone = merged.withMerged(false).asAlone();

    assertThat(RequestJson.read(RequestJson.write(alone))).isEqualTo(alone);
    assertThat(RequestJson.write(merged)).doesNotContain("merged");
    assertThat(RequestJson.read(RequestJson.write(merged)).merged()).isTrue();
  }

  @Test
  void aRequestTellsWhatBecomesOfRowsBesidesTheDefinition() {
    DdlRequest request = DdlRequest.joins(MEMBER, SCHEMA).withRowMove(RowMove.EMPTIES);

    assertThat(RequestJson.read(RequestJson.write(request))).isEqualTo(request);
  }

  @Test
  void aGroupOfBeforeItKeptWhichColumnsAreComingExpectsAnyThatSomeLack() {
    String old =
        """
        {"v":1,"target":{"schema":"shop","table":"orders"},"mode":"OPTIMISTIC",\
        "fills":{"note":"NULL"},"sequence":7}""";

    assertThat(GroupJson.read(old, SchemaTexts.INLINE).core().history().coming())
        .containsExactly("note");
  }

  @Test
  void recordsOfAnotherVersionAreRefused() {
    assertThatThrownBy(() -> ReportJson.read("{\"v\":2}"))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("its version is 2");
  }
}
