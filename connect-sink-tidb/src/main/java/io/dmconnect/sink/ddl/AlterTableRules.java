package io.dmconnect.sink.ddl;

import static io.dmconnect.model.TableId.quote;

import io.dmconnect.model.ddl.Token;
import io.dmconnect.sink.ddl.AlterTableText.Spec;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.ArrayList;
import java.util.List;

/** What TiDB does not take in ALTER TABLE. */
final class AlterTableRules {
  private final AlterTableText alter;
  private final TextEdits edits;
  private final List<String> notes;

  AlterTableRules(AlterTableText alter, TextEdits edits, List<String> notes) {
    this.alter = alter;
    this.edits = edits;
    this.notes = notes;
  }

  /** Applies the rules; false when no part is left. */
  boolean apply() {
    List<Spec> kept = new ArrayList<>();
    for (Spec spec : alter.specs()) {
      if (isLeftOut(spec)) {
        notes.add("left out: " + alter.text(spec));
      } else {
        kept.add(spec);
        applyToColumn(spec);
      }
    }

    if (kept.size() < alter.specs().size() && !kept.isEmpty()) {
      removeOthers(kept);
    }

    return !kept.isEmpty() || alter.specs().isEmpty();
  }

  /** Whether TiDB is not given a part. */
  static boolean isLeftOut(Spec spec) {
    boolean otherIndex =
        spec.startsWith("add", "fulltext")
            || spec.startsWith("add", "spatial")
            || isVisibility(spec);
    boolean singleOption = spec.tokens().size() <= 4 || spec.startsWith("order");
    return otherIndex
        || (singleOption && TiDbCompatibility.IGNORED_ALTERS.contains(spec.firstWord()));
  }

  /** {@code ALTER [COLUMN] c SET VISIBLE}; of an index it is another part, {@code ALTER INDEX}. */
  private static boolean isVisibility(Spec spec) {
    Token last = spec.tokens().get(spec.tokens().size() - 1);
    return spec.startsWith("alter")
        && spec.tokens().size() >= 4
        && spec.tokens().get(spec.tokens().size() - 2).isWord("set")
        && (last.isWord("visible") || last.isWord("invisible"));
  }

  /** Parts that are left out go with the comma after them, the last ones with that before. */
  private void removeOthers(List<Spec> kept) {
    boolean anyKept = false;
    List<Spec> specs = alter.specs();
    for (int i = 0; i < specs.size(); i++) {
      Spec spec = specs.get(i);
      if (kept.contains(spec)) {
        anyKept = true;
      } else if (anyKept) {
        edits.remove(specs.get(i - 1).end(), spec.end());
      } else {
        edits.blank(spec.start(), specs.get(i + 1).start());
      }
    }
  }

  private void applyToColumn(Spec spec) {
    List<Token> tokens = spec.tokens();
    boolean adds = spec.startsWith("add");
    if (!adds && !spec.startsWith("modify") && !spec.startsWith("change")) {
      return;
    }

    int name = tokens.size() > 1 && tokens.get(1).isWord("column") ? 2 : 1;
    if (name < tokens.size() && tokens.get(name).isWord("if")) {
      while (name < tokens.size() && !tokens.get(name).isWord("exists")) {
        name++;
      }

      name++;
    }

    name += spec.startsWith("change") ? 1 : 0;
    if (name >= tokens.size()
        || tokens.get(name).isSymbol('(')
        || (adds && ColumnRules.isKey(tokens.get(name)))
        || tokens.get(name).isWord("partition")) {
      return;
    }

    List<Token> definition = tokens.subList(name, tokens.size());
    ColumnRules.apply(definition, adds, edits, notes);
    if (adds) {
      splitUnique(spec, definition);
    }
  }

  /** TiDB adds no column with a key: the key becomes a part of its own. */
  private void splitUnique(Spec spec, List<Token> definition) {
    for (int i = 2; i < definition.size(); i++) {
      Token token = definition.get(i);
      if (token.isSymbol('(')) {
        i = ColumnRules.close(definition, i);
      } else if (token.isWord("unique")) {
        boolean withKey = i + 1 < definition.size() && definition.get(i + 1).isWord("key");
        edits.remove(token, definition.get(withKey ? i + 1 : i));
        String column = quote(definition.get(0).identifier());
        edits.insert(spec.end(), ", ADD UNIQUE " + column + " (" + column + ")");
        notes.add("TiDB adds a unique column in two steps");
        return;
      }
    }
  }
}
