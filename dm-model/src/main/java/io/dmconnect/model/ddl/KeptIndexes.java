package io.dmconnect.model.ddl;

import io.dmconnect.model.ddl.AlterSpec.DropConstraint;
import io.dmconnect.model.ddl.AlterSpec.DropIndex;
import io.dmconnect.model.ddl.AlterSpec.RenameIndex;
import io.dmconnect.model.ddl.AlterSpec.SetIndexVisible;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.IndexSchema.Part;
import java.util.ArrayList;
import java.util.List;

/** What an {@code ALTER TABLE} leaves of the indexes there were. */
final class KeptIndexes {
  private final List<AlterSpec> specs;
  private final ColumnSlots slots;

  private KeptIndexes(List<AlterSpec> specs, ColumnSlots slots) {
    this.specs = specs;
    this.slots = slots;
  }

  static List<IndexSchema> of(List<IndexSchema> before, List<AlterSpec> specs, ColumnSlots slots) {
    KeptIndexes kept = new KeptIndexes(specs, slots);
    List<IndexSchema> indexes = new ArrayList<>();
    for (IndexSchema index : before) {
      if (!kept.isDropped(index)) {
        List<Part> parts = kept.parts(index);
        if (!parts.isEmpty()) {
          indexes.add(kept.changed(index, parts));
        }
      }
    }
    return indexes;
  }

  private boolean isDropped(IndexSchema index) {
    for (AlterSpec spec : specs) {
      if (spec instanceof DropIndex drop && index.name().equalsIgnoreCase(drop.name())) {
        return true;
      }
      if (spec instanceof DropConstraint drop
          && drop.anyKind()
          && index.isUnique()
          && index.name().equalsIgnoreCase(drop.name())) {
        return true;
      }
    }
    return false;
  }

  private IndexSchema changed(IndexSchema index, List<Part> parts) {
    String name = index.name();
    boolean invisible = index.invisible();
    for (AlterSpec spec : specs) {
      if (spec instanceof RenameIndex rename && index.name().equalsIgnoreCase(rename.from())) {
        name = rename.to();
      } else if (spec instanceof SetIndexVisible set && index.name().equalsIgnoreCase(set.name())) {
        invisible = !set.visible();
      }
    }
    return new IndexSchema(name, index.kind(), parts, invisible, index.comment());
  }

  private List<Part> parts(IndexSchema index) {
    List<Part> parts = new ArrayList<>();
    for (Part part : index.parts()) {
      if (part.column() == null) {
        parts.add(part);
        continue;
      }
      ColumnSlots.Slot slot = slots.successor(part.column());
      if (slot != null) {
        parts.add(new Part(slot.column().name(), null, length(part, slot), part.descending()));
      }
    }
    return parts;
  }

  /** A prefix length stays while it is shorter than the column. */
  private static int length(Part part, ColumnSlots.Slot slot) {
    if (part.length() < 0 || slot.was() == null) {
      return part.length();
    }
    ColumnType type = slot.column().type();
    boolean tooShort =
        switch (type.name()) {
          case "char", "varchar", "binary", "varbinary" -> type.length() < part.length();
          case "tinytext", "tinyblob" -> 255 < part.length();
          default -> false;
        };
    return tooShort ? -1 : part.length();
  }
}
