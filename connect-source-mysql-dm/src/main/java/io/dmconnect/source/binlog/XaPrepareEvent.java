package io.dmconnect.source.binlog;

import java.util.HexFormat;

/**
 * An XA_PREPARE_LOG_EVENT ({@code libbinlogevents/include/control_events.h}; MariaDB: {@code
 * XA_prepare_log_event}): the end of an XA transaction's changes.
 *
 * @param onePhase whether it is committed by this event ({@code XA COMMIT … ONE PHASE})
 * @param xid its name as the server writes it in {@code XA COMMIT}, in upper case and without
 *     spaces: {@code X'<gtrid>',X'<bqual>',<format>}
 */
public record XaPrepareEvent(boolean onePhase, String xid) {
  private static final int FORMAT_AT = 1;
  private static final int GTRID_LENGTH_AT = 5;
  private static final int BQUAL_LENGTH_AT = 9;
  private static final int DATA_AT = 13;

  /** Reads the event. */
  public static XaPrepareEvent parse(RawEvent event) {
    byte[] body = event.body();
    int gtridEnd = DATA_AT + (int) Bytes.uint32(body, GTRID_LENGTH_AT);
    int bqualEnd = gtridEnd + (int) Bytes.uint32(body, BQUAL_LENGTH_AT);
    HexFormat hex = HexFormat.of().withUpperCase();
    return new XaPrepareEvent(
        body[0] != 0,
        "X'"
            + hex.formatHex(body, DATA_AT, gtridEnd)
            + "',X'"
            + hex.formatHex(body, gtridEnd, bqualEnd)
            + "',"
            + Bytes.uint32(body, FORMAT_AT));
  }
}
