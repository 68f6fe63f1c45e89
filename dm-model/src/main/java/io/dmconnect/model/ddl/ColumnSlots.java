package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.AlterSpec.AddColumn;
import io.dmconnect.model.ddl.AlterSpec.ChangeColumn;
import io.dmconnect.model.ddl.AlterSpec.DropColumn;
import io.dmconnect.model.ddl.AlterSpec.Position;
import io.dmconnect.model.ddl.AlterSpec.RenameColumn;
import io.dmconnect.model.ddl.AlterSpec.SetColumnVisible;
import io.dmconnect.model.ddl.AlterSpec.SetDefault;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table's columns after an {@code ALTER TABLE}, each with the column it was before. */
final class ColumnSlots {
  private final List<ColumnSchema> before;
  private final List<AlterSpec> specs;
  private final Map<ColumnDefinition, ColumnSchema> resolved;
  private final CharsetAndCollation converted;
  private final ServerTraits server;
  private final List<Slot> slots = new ArrayList<>();

  private ColumnSlots(
      List<ColumnSchema> before,
      List<AlterSpec> specs,
      Map<ColumnDefinition, ColumnSchema> resolved,
      CharsetAndCollation converted,
      ServerTraits server) {
    this.before = before;
    this.specs = specs;
    this.resolved = resolved;
    this.converted = converted;
    this.server = server;
  }

  /**
   * A column.
   *
   * @param was the column before; null for a new one
   * @param column the column after
   */
  record Slot(ColumnSchema was, ColumnSchema column) {}

  /**
   * Applies the specifications that are about columns.
   *
   * @param before the columns before
   * @param specs all specifications
   * @param resolved the columns that the statement defines
   * @param converted the charset all text columns get; null when they keep theirs
   * @param server the server
   */
  static ColumnSlots of(
      List<ColumnSchema> before,
      List<AlterSpec> specs,
      Map<ColumnDefinition, ColumnSchema> resolved,
      CharsetAndCollation converted,
      ServerTraits server) {
    ColumnSlots slots = new ColumnSlots(before, specs, resolved, converted, server);
    slots.checkNames();
    slots.keepAndChange();
    slots.addAndMove();
    return slots;
  }

  List<ColumnSchema> columns() {
    return slots.stream().map(Slot::column).toList();
  }

  /** The names of the columns that the statement defines. */
  List<String> defined() {
    return resolved.keySet().stream().map(ColumnDefinition::name).toList();
  }

  /** The column that a column of that name has become; null when it was dropped. */
  Slot successor(String oldName) {
    for (Slot slot : slots) {
      if (slot.was() != null && slot.was().name().equalsIgnoreCase(oldName)) {
        return slot;
      }
    }
    // An index keeps a column that is dropped and added again in one statement.
    for (Slot slot : slots) {
      if (slot.was() == null && slot.column().name().equalsIgnoreCase(oldName)) {
        return slot;
      }
    }
    return null;
  }

  private void checkNames() {
    for (AlterSpec spec : specs) {
      if (spec instanceof DropColumn drop && !drop.ifExists()) {
        requireColumn(drop.name());
      } else if (spec instanceof ChangeColumn change && !change.ifExists()) {
        requireColumn(change.oldName());
      } else if (spec instanceof RenameColumn rename && !rename.ifExists()) {
        requireColumn(rename.from());
      } else if (spec instanceof SetDefault set && !set.ifExists()) {
        requireColumn(set.column());
      } else if (spec instanceof SetColumnVisible set) {
        requireColumn(set.column());
      }
    }
  }

  private void requireColumn(String name) {
    if (before.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
      throw new SchemaEvolutionException("There is no column '" + name + "'");
    }
  }

  private void keepAndChange() {
    for (ColumnSchema old : before) {
      ColumnSchema column = convertedCharset(old);
      boolean dropped = false;
      for (AlterSpec spec : specs) {
        if (spec instanceof DropColumn drop && isNamed(old, drop.name())) {
          dropped = true;
        } else if (spec instanceof ChangeColumn change && isNamed(old, change.oldName())) {
          column = changed(old, change.column());
        } else if (spec instanceof RenameColumn rename && isNamed(old, rename.from())) {
          column = Columns.renamed(column, rename.to());
        } else if (spec instanceof SetDefault set && isNamed(old, set.column())) {
          column = Columns.withDefault(column, set.defaultSql(), server);
        } else if (spec instanceof SetColumnVisible set && isNamed(old, set.column())) {
          column = Columns.withInvisible(column, !set.visible());
        }
      }
      if (!dropped) {
        slots.add(new Slot(old, column));
      }
    }
  }

  /** With a conversion, a column that becomes TEXT gets the size its old characters need. */
  private ColumnSchema changed(ColumnSchema old, ColumnDefinition definition) {
    ColumnSchema column = resolved.get(definition);
    boolean isText = definition.type().name().equals("text") && definition.type().length() < 0;
    if (converted == null
        || !isText
        || !TextTypes.isText(old.type())
        || !server.sizesTextByCharacters()) {
      return column;
    }
    return Columns.withType(column, TextTypes.sizedFor(old.type(), column.type()));
  }

  private static boolean isNamed(ColumnSchema column, String name) {
    return column.name().equalsIgnoreCase(name);
  }

  private ColumnSchema convertedCharset(ColumnSchema column) {
    if (converted == null) {
      return column;
    }
    ColumnType type = TextTypes.converted(column.type(), converted);
    return Columns.withType(column, type);
  }

  private void addAndMove() {
    for (AlterSpec spec : specs) {
      if (spec instanceof AddColumn add) {
        String name = add.column().name();
        boolean exists = slots.stream().anyMatch(slot -> isNamed(slot.column(), name));
        if (!add.ifNotExists() || !exists) {
          place(new Slot(null, resolved.get(add.column())), add.position());
        }
      } else if (spec instanceof ChangeColumn change && change.position() != null) {
        move(change);
      }
    }
  }

  private void move(ChangeColumn change) {
    Slot slot = successor(change.oldName());
    if (slot != null) {
      slots.remove(slot);
      place(slot, change.position());
    }
  }

  private void place(Slot slot, Position position) {
    if (position == null) {
      slots.add(slot);
    } else if (position.after() == null) {
      slots.add(0, slot);
    } else {
      slots.add(indexOf(position.after()) + 1, slot);
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < slots.size(); i++) {
      if (isNamed(slots.get(i).column(), name)) {
        return i;
      }
    }
    throw new SchemaEvolutionException("There is no column '" + name + "'");
  }
}
