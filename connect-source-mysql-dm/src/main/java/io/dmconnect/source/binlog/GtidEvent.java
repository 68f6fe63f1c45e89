package io.dmconnect.source.binlog;

import com.github.shyiko.mysql.binlog.event.MySqlGtid;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidTaggedEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.dmconnect.source.position.Gtid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * A transaction's GTID.
 *
 * @param source the server's UUID in lower case, followed by {@code :tag} for a tagged GTID (MySQL
 *     8.3); MariaDB: domain and server id, {@code 0-1}
 * @param number the transaction's number
 * @param begins whether the event stands for BEGIN, too (MariaDB)
 * @param xa whether it stands for XA START, too (MariaDB)
 */
public record GtidEvent(String source, long number, boolean begins, boolean xa) {
  private static final int SID_AT = 1;
  private static final int GNO_AT = 17;
  private static final int DOMAIN_AT = 8;
  private static final int FLAGS_AT = 12;
  private static final int STANDALONE = 1;
  private static final int PREPARED_XA = 64;

  /**
   * Reads GTID_EVENT (flags, 16 byte UUID, 8 byte number), GTID_TAGGED_LOG_EVENT, and MariaDB's
   * GTID_EVENT (8 byte number, 4 byte domain, flags; {@code sql/log_event.h}, {@code
   * Gtid_log_event}).
   */
  public static GtidEvent parse(RawEvent event) {
    return switch (event.type()) {
      case EventTypes.GTID_TAGGED -> tagged(event.body());
      case EventTypes.MARIADB_GTID -> mariaDb(event);
      default -> plain(event.body());
    };
  }

  private static GtidEvent mariaDb(RawEvent event) {
    byte[] body = event.body();
    return new GtidEvent(
        Bytes.uint32(body, DOMAIN_AT) + "-" + event.serverId(),
        Bytes.int64(body, 0),
        (body[FLAGS_AT] & STANDALONE) == 0,
        (body[FLAGS_AT] & PREPARED_XA) != 0);
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
    return new GtidEvent(uuid, Bytes.int64(body, GNO_AT), false, false);
  }

  private static GtidEvent tagged(byte[] body) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(body)) {
      in.enterBlock(body.length);
      MySqlGtid gtid = new GtidTaggedEventDataDeserializer().deserialize(in).getMySqlGtid();
      String uuid = gtid.getServerId().toString();
      return new GtidEvent(
          gtid.getTag() == null ? uuid : uuid + ':' + gtid.getTag(),
          gtid.getTransactionId(),
          false,
          false);
    } catch (IOException e) {
      throw new UncheckedIOException("A tagged GTID event cannot be read", e);
    }
  }

  /** The GTID as text. */
  @Override
  public String toString() {
    return Gtid.text(source, number);
  }
}
