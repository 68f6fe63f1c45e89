package io.dmconnect.model.join;

import io.dmconnect.model.join.JoinReason.Part;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The indexes of joined tables: those all members have. An index that some members lack is left
 * out, since a key refuses rows.
 */
final class IndexJoin {
  private final JoinContext context;
  private final List<JoinReason> reasons = new ArrayList<>();

  IndexJoin(JoinContext context) {
    this.context = context;
  }

  /** The joined indexes by lower-case name. */
  Map<String, IndexSchema> join(List<TableSchema> members) {
    Map<String, List<IndexSchema>> byName = new TreeMap<>();
    for (TableSchema member : members) {
      for (IndexSchema index : member.indexes()) {
        byName.computeIfAbsent(Canonical.lower(index.name()), n -> new ArrayList<>()).add(index);
      }
    }

    Map<String, IndexSchema> result = new LinkedHashMap<>();
    byName.forEach(
        (name, definitions) -> {
          IndexSchema joined = join(name, definitions, definitions.size() == members.size());
          if (joined != null) {
            result.put(name, joined);
          }
        });
    return result;
  }

  List<JoinReason> reasons() {
    return reasons;
  }

  private IndexSchema join(String name, List<IndexSchema> definitions, boolean inAll) {
    List<IndexSchema> distinct =
        definitions.stream().distinct().sorted(Comparator.comparing(SqlWriter::index)).toList();
    IndexSchema first = distinct.get(0);
    if (distinct.stream().allMatch(index -> joinable(first, index))) {
      return inAll ? merge(distinct) : null;
    }

    List<IndexSchema> current =
        distinct.stream().filter(index -> !context.isFormer(index)).toList();
    boolean clash =
        !current.isEmpty() && !current.stream().allMatch(i -> joinable(current.get(0), i));
    if (!clash) {
      return null;
    }

    if (context.isAccepted(Part.INDEX, name)) {
      return context.target() == null ? null : context.target().index(name).orElse(null);
    }

    IndexSchema second =
        current.stream().filter(i -> !joinable(current.get(0), i)).findFirst().orElseThrow();
    reasons.add(
        new JoinReason(
            Part.INDEX,
            name,
            "definition",
            SqlWriter.index(current.get(0)),
            SqlWriter.index(second)));
    return null;
  }

  private static boolean joinable(IndexSchema first, IndexSchema second) {
    boolean sameKind =
        first.kind() == second.kind() || (isPlain(first.kind()) && isPlain(second.kind()));
    return sameKind && Canonical.parts(first).equals(Canonical.parts(second));
  }

  private static boolean isPlain(IndexSchema.Kind kind) {
    return kind == IndexSchema.Kind.UNIQUE || kind == IndexSchema.Kind.KEY;
  }

  private static IndexSchema merge(List<IndexSchema> same) {
    IndexSchema first = same.get(0);
    if (same.size() == 1) {
      return first;
    }

    boolean plain = same.stream().anyMatch(index -> index.kind() == IndexSchema.Kind.KEY);
    return new IndexSchema(
        same.stream().map(IndexSchema::name).min(Comparator.naturalOrder()).orElseThrow(),
        plain ? IndexSchema.Kind.KEY : first.kind(),
        first.parts(),
        same.stream().allMatch(IndexSchema::invisible),
        ColumnJoin.largest(same.stream().map(IndexSchema::comment).toList()));
  }
}
