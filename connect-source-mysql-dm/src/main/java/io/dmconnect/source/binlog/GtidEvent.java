package io.dmconnect.source.binlog;

import com.github.shyiko.mysql.binlog.event.MySqlGtid;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidTaggedEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * A transaction's GTID.
 *
 * @param source the server's UUID in lower case, followed by {@code :tag} for a tagged GTID (MySQL
 *     8.3)
 * @param number the transaction's number
 */
public record GtidEvent(String source, long number) {
  private static final int SID_AT = 1;
  private static final int GNO_AT = 17;

  /** Reads GTID_EVENT (flags, 16 byte UUID, 8 byte number) and GTID_TAGGED_LOG_EVENT. */
  public static GtidEvent parse(RawEvent event) {
    return event.type() == EventTypes.GTID_TAGGED ? tagged(event.body()) : plain(event.body());
  }

  private static GtidEvent plain(byte[] body) {
    String hex = HexFormat.of().formatHex(body, SID_AT, GNO_AT);
    String uuid =
        hex.substring(0, 8)
            + '-'
            + hex.substring(8, 12)
            + '-'
            + hex.substring(12, 16)
            + '-'
            + hex.substring(16, 20)
            + '-'
            + hex.substring(20);
    return new GtidEvent(uuid, Bytes.int64(body, GNO_AT));
  }

  private static GtidEvent tagged(byte[] body) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(body)) {
      in.enterBlock(body.length);
      MySqlGtid gtid = new GtidTaggedEventDataDeserializer().deserialize(in).getMySqlGtid();
      String uuid = gtid.getServerId().toString();
      return new GtidEvent(
          gtid.getTag() == null ? uuid : uuid + ':' + gtid.getTag(), gtid.getTransactionId());
    } catch (IOException e) {
      throw new UncheckedIOException("A tagged GTID event cannot be read", e);
    }
  }

  /** The GTID as text. */
  @Override
  public String toString() {
    return source + ':' + number;
  }
}
