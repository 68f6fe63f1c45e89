package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements in a statement's text; all other characters stay. */
final class TextEdits {
  private final String sql;
  private final List<Edit> edits = new ArrayList<>();

  private record Edit(int start, int end, String text) {}

  TextEdits(String sql) {
    this.sql = sql;
  }

  void replace(Token token, String text) {
    edits.add(new Edit(token.start(), token.end(), text));
  }

  void remove(Token first, Token last) {
    edits.add(new Edit(first.start(), last.end(), ""));
  }

  void remove(int start, int end) {
    edits.add(new Edit(start, end, ""));
  }

  /** Leaves one space of a range. */
  void blank(int start, int end) {
    edits.add(new Edit(start, end, " "));
  }

  void insert(int at, String text) {
    edits.add(new Edit(at, at, text));
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /** The text with the replacements; those inside others are dropped. */
  String apply() {
    edits.sort(Comparator.comparingInt(Edit::start).thenComparing(edit -> -edit.end()));
    StringBuilder text = new StringBuilder(sql.length() + 32);
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start() >= done) {
        text.append(sql, done, edit.start()).append(edit.text());
        done = edit.end();
      }
    }

    return text.append(sql.substring(done)).toString();
  }
}
