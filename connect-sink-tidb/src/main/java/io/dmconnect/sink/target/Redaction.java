package io.dmconnect.sink.target;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Takes row values out of TiDB's messages, which end up in logs and in the REST API. */
public final class Redaction {
  private static final String LEAD = "(Duplicate entry|value:?|Incorrect \\S+) ";
  private static final Pattern VALUE = Pattern.compile(LEAD + "'.*'(?= for (key|column|function))");
  private static final Pattern LAST_VALUE = Pattern.compile(LEAD + "'[^…].*'$");
  private static final Pattern KEY =
      Pattern.compile("\\b(originalKey|key|primary)=.*", Pattern.DOTALL);

  /** The error without values, otherwise the same. */
  public static SQLException of(SQLException error) {
    String message = text(error.getMessage());
    if (message.equals(error.getMessage())) {
      return error;
    }

    SQLException redacted = new SQLException(message, error.getSQLState(), error.getErrorCode());
    redacted.setStackTrace(error.getStackTrace());
    return redacted;
  }

  /** The message without values. */
  static String text(String message) {
    if (message == null) {
      return "no message";
    }

    String redacted = VALUE.matcher(message).replaceAll("$1 '…'");
    if (redacted.equals(message)) {
      redacted = LAST_VALUE.matcher(message).replaceAll("$1 '…'");
    }

    return KEY.matcher(redacted).replaceAll("$1=…");
  }

  private Redaction() {}
}
