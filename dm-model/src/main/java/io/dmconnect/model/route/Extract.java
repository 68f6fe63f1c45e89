package io.dmconnect.model.route;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds a column to the target whose value is cut out of the name of the upstream table, schema or
 * source.
 *
 * @param from what name the value is cut out of
 * @param regexp the expression; its groups' texts together are the value
 * @param targetColumn the column's name in the target table
 */
public record Extract(From from, Pattern regexp, String targetColumn) {

  /** What name a value is cut out of. */
  public enum From {
    /** The upstream table's name. */
    TABLE,
    /** The upstream schema's name. */
    SCHEMA,
    /** The source's id, its {@code topic.prefix}. */
    SOURCE
  }

  /** Checks that all parts are there. */
  public Extract {
    requireNonNull(from, "from is null");
    requireNonNull(regexp, "regexp is null");
    requireNonNull(targetColumn, "targetColumn is null");
  }

  /**
   * The value of a name.
   *
   * @throws DmException when the expression is not found in the name
   */
  String value(String name) {
    Matcher matcher = regexp.matcher(name);
    if (!matcher.find()) {
      throw new DmException(
          ModelError.EXTRACT_MISMATCH,
          "The expression '"
              + regexp
              + "' for column '"
              + targetColumn
              + "' does not match the name '"
              + name
              + "'");
    }

    StringBuilder value = new StringBuilder();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        value.append(matcher.group(group));
      }
    }

    return value.toString();
  }
}
