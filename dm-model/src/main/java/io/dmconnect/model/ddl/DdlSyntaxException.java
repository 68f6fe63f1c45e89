package io.dmconnect.model.ddl;

/**
 * A statement that the parser does not understand. The message quotes the text around the place.
 */
public final class DdlSyntaxException extends RuntimeException {
  private static final int CONTEXT = 40;

  private final int position;

  DdlSyntaxException(String problem, String sql, int position) {
    super(problem + " at character " + (position + 1) + ": " + context(sql, position));
    this.position = position;
  }

  /** Offset in the statement's text of what was not understood. */
  public int position() {
    return position;
  }

  private static String context(String sql, int position) {
    int from = Math.max(0, position - CONTEXT);
    int to = Math.min(sql.length(), position + CONTEXT);
    return (from > 0 ? "…" : "")
        + sql.substring(from, position)
        + " ⟨here⟩ "
        + sql.substring(position, to)
        + (to < sql.length() ? "…" : "");
  }
}
