package io.dmconnect.model.coordination;

import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.Tables;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** One change a shard makes, and what it does to a schema. */
sealed interface Change {

  record Add(String column) implements Change {}

  /** Behind the first column. */
  record Insert(String column) implements Change {}

  record Drop(String name) implements Change {}

  record Rename(String from, String to) implements Change {}

  record Modify(String column) implements Change {}

  record Readd(String column) implements Change {}

  record AddKey(String key) implements Change {}

  record DropKey(String name) implements Change {}

  record Comment(String text) implements Change {}

  /** Another primary key, of columns that are NOT NULL from then on. */
  record PrimaryKey(String key) implements Change {}

  /** The character set of the table's new columns; of those it has, too, when it converts. */
  record Charset(String name, String collation, boolean converts) implements Change {

    /** The column with its text converted. */
    private ColumnSchema of(ColumnSchema column) {
      ColumnType type = column.type();
      return type.name().equals("varchar") || type.name().equals("text")
          ? with(
              column,
              new ColumnType(
                  type.name(),
                  type.length(),
                  type.scale(),
                  type.unsigned(),
                  type.zerofill(),
                  type.members(),
                  name,
                  collation),
              column.nullable(),
              column.defaultSql())
          : column;
    }
  }

  /** A range partition above those there. */
  record AddPartition() implements Change {}

  /** The lowest partition, without rows. */
  record DropPartition() implements Change {}

  /** Changes without renames in one statement. */
  record Several(List<Change> parts) implements Change {

    private boolean fitsOneByOne(TableSchema schema) {
      TableSchema now = schema;
      for (Change part : parts) {
        if (!part.fits(now)) {
          return false;
        }

        now = part.apply(now);
      }

      return true;
    }
  }

  /** The column or key's definition of a text. */
  private static ColumnSchema column(String text) {
    return Tables.table(text).columns().get(0);
  }

  /** The key that it makes. */
  private IndexSchema key() {
    String text = this instanceof PrimaryKey primary ? primary.key() : ((AddKey) this).key();
    return Tables.table(text).indexes().get(0);
  }

  private static IndexSchema primary(TableSchema schema) {
    return schema.index(IndexSchema.PRIMARY_NAME).orElseThrow();
  }

  private static boolean hasColumns(TableSchema schema, IndexSchema key) {
    return key.parts().stream().allMatch(part -> schema.column(part.column()).isPresent());
  }

  private static boolean isIn(IndexSchema key, String column) {
    return key.parts().stream().anyMatch(part -> column.equals(part.column()));
  }

  /** Whether the schema allows it. */
  default boolean fits(TableSchema schema) {
    if (this instanceof Add add) {
      return schema.column(column(add.column()).name()).isEmpty();
    } else if (this instanceof Insert insert) {
      return schema.column(column(insert.column()).name()).isEmpty();
    } else if (this instanceof Comment || this instanceof Charset) {
      return true;
    } else if (this instanceof PrimaryKey) {
      return hasColumns(schema, key());
    } else if (this instanceof AddPartition) {
      return schema.partitioning() != null;
    } else if (this instanceof DropPartition) {
      return schema.partitioning() != null && Partitions.of(schema).size() > 1;
    } else if (this instanceof Several several) {
      return several.fitsOneByOne(schema);
    } else if (this instanceof Drop drop) {
      return schema.column(drop.name()).isPresent() && !isKeyed(schema, drop.name());
    } else if (this instanceof Rename rename) {
      return schema.column(rename.from()).isPresent()
          && schema.column(rename.to()).isEmpty()
          && !isKeyed(schema, rename.from());
    } else if (this instanceof Modify modify) {
      ColumnSchema next = column(modify.column());
      return schema.column(next.name()).isPresent()
          && !(next.nullable() && isIn(primary(schema), next.name()));
    } else if (this instanceof Readd readd) {
      String name = column(readd.column()).name();
      return schema.column(name).isPresent() && !isKeyed(schema, name);
    } else if (this instanceof AddKey) {
      return schema.index(key().name()).isEmpty() && hasColumns(schema, key());
    }

    return schema.index(((DropKey) this).name()).isPresent();
  }

  /** The schema after it. */
  default TableSchema apply(TableSchema schema) {
    if (this instanceof Several several) {
      TableSchema now = schema;
      for (Change part : several.parts()) {
        now = part.apply(now);
      }

      return now;
    }

    if (this instanceof AddPartition || this instanceof DropPartition) {
      Partitions partitions = Partitions.of(schema);
      return (this instanceof AddPartition ? partitions.added() : partitions.dropped()).in(schema);
    }

    TreeMap<String, String> options = new TreeMap<>(schema.options());
    List<ColumnSchema> columns = new ArrayList<>(schema.columns());
    List<IndexSchema> indexes = new ArrayList<>(schema.indexes());
    if (this instanceof Add add) {
      columns.add(column(add.column()));
    } else if (this instanceof Insert insert) {
      columns.add(1, column(insert.column()));
    } else if (this instanceof Comment comment) {
      options.put("comment", comment.text());
    } else if (this instanceof Drop drop) {
      columns.removeIf(own -> own.name().equals(drop.name()));
    } else if (this instanceof Rename rename) {
      columns.replaceAll(own -> own.name().equals(rename.from()) ? named(own, rename.to()) : own);
    } else if (this instanceof Modify modify) {
      ColumnSchema next = column(modify.column());
      columns.replaceAll(own -> own.name().equals(next.name()) ? next : own);
    } else if (this instanceof Readd readd) {
      ColumnSchema next = column(readd.column());
      columns.removeIf(own -> own.name().equals(next.name()));
      columns.add(next);
    } else if (this instanceof AddKey) {
      indexes.add(key());
    } else if (this instanceof PrimaryKey) {
      indexes.replaceAll(own -> own.name().equals(key().name()) ? key() : own);
      columns.replaceAll(own -> isIn(key(), own.name()) ? notNull(own) : own);
    } else if (this instanceof Charset charset) {
      options.put("charset", charset.name());
      options.put("collate", charset.collation());
      columns.replaceAll(own -> charset.converts() ? charset.of(own) : own);
    } else if (this instanceof DropKey drop) {
      indexes.removeIf(own -> own.name().equals(drop.name()));
    }

    return new TableSchema(columns, indexes, options, schema.partitioning());
  }

  /** The request a shard makes of it. */
  default DdlRequest request(String id, MemberId member, TableSchema before) {
    TreeMap<String, String> renames = new TreeMap<>();
    TreeSet<String> readded = new TreeSet<>();
    if (this instanceof Rename rename) {
      renames.put(rename.from().toLowerCase(Locale.ROOT), rename.to());
    } else if (this instanceof Readd readd) {
      readded.add(column(readd.column()).name());
    }

    return new DdlRequest(
        id,
        member,
        DdlKind.ALTER_TABLE,
        List.of("ALTER TABLE t " + this),
        before,
        apply(before),
        renames,
        readded,
        null);
  }

  private static boolean isKeyed(TableSchema schema, String column) {
    return schema.indexes().stream()
        .flatMap(index -> index.parts().stream())
        .anyMatch(part -> column.equals(part.column()));
  }

  private static ColumnSchema notNull(ColumnSchema column) {
    boolean isNull = "null".equalsIgnoreCase(column.defaultSql());
    return with(column, column.type(), false, isNull ? null : column.defaultSql());
  }

  private static ColumnSchema with(
      ColumnSchema column, ColumnType type, boolean nullable, String defaultSql) {
    return new ColumnSchema(
        column.name(),
        type,
        nullable,
        defaultSql,
        column.onUpdateSql(),
        column.generated(),
        column.generatedSql(),
        column.autoIncrement(),
        column.invisible(),
        column.comment());
  }

  private static ColumnSchema named(ColumnSchema column, String name) {
    return new ColumnSchema(
        name,
        column.type(),
        column.nullable(),
        column.defaultSql(),
        column.onUpdateSql(),
        column.generated(),
        column.generatedSql(),
        column.autoIncrement(),
        column.invisible(),
        column.comment());
  }
}
