package io.dmconnect.source.stream;

import io.dmconnect.model.error.DmException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time zone a statement ran in, in a form that means the same on every server: {@code SYSTEM}
 * is another zone on each, so the offset from UTC that the source's system had then stands for it.
 * Belongs to the reading thread.
 */
public final class SessionZone {
  private static final Logger LOG = LoggerFactory.getLogger(SessionZone.class);
  private static final String SYSTEM = "SYSTEM";
  private static final int MINUTE = 60;

  private final ServerSchemas server;

  /**
   * Asks nothing yet.
   *
   * @param server asked for the offset, once for each statement that needs it
   */
  public SessionZone(ServerSchemas server) {
    this.server = server;
  }

  /**
   * A zone's name or offset as stated, the offset {@code +HH:MM} for the system's zone.
   *
   * @param told the session's {@code time_zone}; null when the binlog does not tell it
   * @param epochSeconds when the statement ran, seconds since the epoch
   * @return null when the binlog does not tell it and the server cannot be asked
   * @throws DmException when it is the system's and the server cannot be asked
   */
  String of(String told, long epochSeconds) {
    if (told != null && !told.toUpperCase(Locale.ROOT).equals(SYSTEM)) {
      return told;
    }
    try {
      return offset(server.systemOffset(epochSeconds));
    } catch (DmException e) {
      if (told == null) {
        LOG.warn("The zone of a statement that is not said to depend on it stays unknown", e);
        return null;
      }
      throw e;
    }
  }

  /** Rounded to minutes, as {@code time_zone} takes it. */
  static String offset(int seconds) {
    int minutes = Math.round((float) seconds / MINUTE);
    int size = Math.abs(minutes);
    return String.format(
        Locale.ROOT, "%s%02d:%02d", minutes < 0 ? "-" : "+", size / MINUTE, size % MINUTE);
  }
}
