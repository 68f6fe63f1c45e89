package io.dmconnect.model.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

class SchemaJoinPropertyTest {
  private static final TableId TABLE = new TableId("shop", "orders");

  @Property
  void joinDoesNotDependOnTheOrderOfMembers(
      @ForAll("schemas") @Size(min = 2, max = 4) List<TableSchema> members, @ForAll Random random) {
    List<TableSchema> shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, random);

    assertThat(SchemaJoin.join(shuffled)).isEqualTo(SchemaJoin.join(members));
  }

  @Property
  void joinDoesNotDependOnRepeatedMembers(
      @ForAll("schemas") @Size(min = 1, max = 3) List<TableSchema> members) {
    List<TableSchema> repeated = new ArrayList<>(members);
    repeated.addAll(members);

    assertThat(SchemaJoin.join(repeated)).isEqualTo(SchemaJoin.join(members));
  }

  @Property
  void joinOfOneSchemaIsThatSchema(@ForAll("schema") TableSchema schema) {
    assertThat(SchemaJoin.join(List.of(schema, schema)).schemaOrNull()).isEqualTo(schema);
  }

  @Property
  void joinAcceptsEveryMember(
      @ForAll("schemas") @Size(min = 2, max = 4) List<TableSchema> members) {
    TableSchema joined = SchemaJoin.join(members).schemaOrNull();
    Statistics.label("join exists").collect(joined != null);
    Assume.that(joined != null);

    assertThat(members)
        .allSatisfy(
            member ->
                assertThat(SchemaComparison.of(member, joined))
                    .isIn(SchemaComparison.LESS, SchemaComparison.EQUAL));
  }

  @Property
  void joiningInStepsGivesTheSameWhereDefined(
      @ForAll("relaxed") TableSchema a,
      @ForAll("relaxed") TableSchema b,
      @ForAll("relaxed") TableSchema c) {
    TableSchema left = join(join(a, b), c);
    TableSchema right = join(a, join(b, c));
    Assume.that(left != null && right != null);

    assertThat(Canonical.schema(left)).isEqualTo(Canonical.schema(right));
  }

  @Property
  void comparisonIsAntisymmetric(
      @ForAll("schema") TableSchema first, @ForAll("schema") TableSchema second) {
    SchemaComparison mirrored =
        switch (SchemaComparison.of(second, first)) {
          case EQUAL -> SchemaComparison.EQUAL;
          case LESS -> SchemaComparison.GREATER;
          case GREATER -> SchemaComparison.LESS;
          case INCOMPARABLE -> SchemaComparison.INCOMPARABLE;
        };

    assertThat(SchemaComparison.of(first, second)).isEqualTo(mirrored);
  }

  @Property
  void diffLeadsFromOneSchemaToTheOther(
      @ForAll("schema") TableSchema from, @ForAll("schema") TableSchema to) {
    List<DdlStep> steps = SchemaDiff.steps(from, to, TABLE);
    TableSchema end = steps.isEmpty() ? from : steps.get(steps.size() - 1).after();

    assertThat(Canonical.schema(end).columns()).isEqualTo(Canonical.schema(to).columns());
    assertThat(Canonical.schema(end).indexes()).isEqualTo(Canonical.schema(to).indexes());
    assertThat(Canonical.schema(end).partitioning()).isEqualTo(Canonical.schema(to).partitioning());
    assertThat(SchemaJoin.columnNames(end)).isEqualTo(SchemaJoin.columnNames(to));
  }

  @Property
  void everyStepOfADiffIsAValidTable(
      @ForAll("schema") TableSchema from, @ForAll("schema") TableSchema to) {
    for (DdlStep step : SchemaDiff.steps(from, to, TABLE)) {
      assertThat(step.after().columns()).as(step.sql()).isNotEmpty();
      assertThat(SchemaJoin.columnNames(step.after())).as(step.sql()).doesNotHaveDuplicates();
      assertThat(step.after().indexes())
          .as(step.sql())
          .allSatisfy(
              index ->
                  assertThat(index.parts())
                      .allMatch(part -> step.after().column(part.column()).isPresent()));
    }
  }

  @Property
  void diffOfEqualSchemasIsEmpty(@ForAll("schema") TableSchema schema) {
    assertThat(SchemaDiff.statements(schema, schema, TABLE)).isEmpty();
  }

  @Property
  void overlayOnTheSameTableIsTheChangeItself(
      @ForAll("schema") TableSchema before, @ForAll("schema") TableSchema after) {
    TableSchema result = SchemaOverlay.apply(before, before, after);

    assertThat(SchemaComparison.equal(result, after)).as("%s <> %s", result, after).isTrue();
  }

  @Provide
  Arbitrary<TableSchema> schema() {
    return RandomSchemas.schemas();
  }

  @Provide
  Arbitrary<TableSchema> relaxed() {
    return RandomSchemas.relaxedSchemas();
  }

  @Provide
  Arbitrary<List<TableSchema>> schemas() {
    return RandomSchemas.schemas().list();
  }

  private static TableSchema join(TableSchema first, TableSchema second) {
    return first == null || second == null
        ? null
        : SchemaJoin.join(List.of(first, second)).schemaOrNull();
  }
}
