package io.dmconnect.model.schema;

import io.dmconnect.model.schema.ColumnSchema.Generated;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary table schemas for property tests: every member with and without a value. */
public final class TableSchemas {

  /** Any schema with up to six columns and three indexes. */
  public static Arbitrary<TableSchema> any() {
    Arbitrary<TreeMap<String, String>> options =
        Arbitraries.maps(Arbitraries.of("charset", "collate", "comment", "engine"), text())
            .map(TreeMap::new);
    return Combinators.combine(
            columns(), index().list().ofMaxSize(3), options, text().injectNull(0.5))
        .as(TableSchema::new);
  }

  private static Arbitrary<List<ColumnSchema>> columns() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<String> maybe = text().injectNull(0.5);
    return Combinators.combine(
            Combinators.combine(text(), type(), flag, maybe).as(Head::new),
            maybe,
            Arbitraries.of(Generated.class),
            maybe,
            flag,
            flag,
            maybe)
        .as(
            (head, onUpdate, generated, expression, auto, invisible, comment) ->
                new ColumnSchema(
                    head.name(),
                    head.type(),
                    head.nullable(),
                    head.defaultSql(),
                    onUpdate,
                    generated,
                    expression,
                    auto,
                    invisible,
                    comment))
        .list()
        .ofMaxSize(6);
  }

  private static Arbitrary<ColumnType> type() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<Integer> number = Arbitraries.integers().between(-1, 65535);
    return Combinators.combine(
            Arbitraries.of("bigint", "varchar", "enum", "decimal"),
            number,
            number,
            flag,
            flag,
            text().list().ofMaxSize(3),
            text().injectNull(0.5),
            text().injectNull(0.5))
        .as(ColumnType::new);
  }

  private static Arbitrary<IndexSchema> index() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<IndexSchema.Part> part =
        Combinators.combine(
                text().injectNull(0.3),
                text().injectNull(0.7),
                Arbitraries.integers().between(-1, 300),
                flag)
            .as(IndexSchema.Part::new);
    return Combinators.combine(
            text(),
            Arbitraries.of(IndexSchema.Kind.class),
            part.list().ofMaxSize(3),
            flag,
            text().injectNull(0.5))
        .as(IndexSchema::new);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars("äß漢\n\t\u0000").ofMaxLength(12);
  }

  private record Head(String name, ColumnType type, boolean nullable, String defaultSql) {}

  private TableSchemas() {}
}
