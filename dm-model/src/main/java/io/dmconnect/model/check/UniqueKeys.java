package io.dmconnect.model.check;

import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The unique keys of whole columns. */
final class UniqueKeys {

  /** Their columns in lower case. */
  static Set<List<String>> of(TableSchema schema) {
    Set<List<String>> keys = new LinkedHashSet<>();
    for (IndexSchema index : schema.indexes()) {
      boolean whole = index.parts().stream().allMatch(p -> p.column() != null && p.length() < 0);
      if (index.isUnique() && whole) {
        keys.add(index.parts().stream().map(part -> lower(part.column())).toList());
      }
    }

    return keys;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private UniqueKeys() {}
}
