package io.dmconnect.source.binlog;

import com.mysql.cj.CharsetMapping;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A QUERY_EVENT: a statement with the session it ran in.
 *
 * @param threadId the session's connection id
 * @param database the session's default database; null when it had none
 * @param errorCode the error the statement ended with; 0 for none
 * @param session what the status variables tell
 * @param sql the statement
 */
public record QueryEvent(
    long threadId, String database, int errorCode, SessionVariables session, String sql) {
  private static final int FIXED_LENGTH = 13;
  private static final int LOAD_FIXED_LENGTH = 26;

  /**
   * Reads the event (MySQL Internals, "QUERY_EVENT"): 4 bytes thread id, 4 execution time, 1 length
   * of the database's name, 2 error code, 2 length of the status variables, these, the name, a zero
   * byte, and the statement in {@code character_set_client}. An EXECUTE_LOAD_QUERY_EVENT has 13
   * more bytes about the loaded file before the status variables.
   */
  public static QueryEvent parse(RawEvent event) {
    byte[] body = event.body();
    int fixed = event.type() == EventTypes.EXECUTE_LOAD_QUERY ? LOAD_FIXED_LENGTH : FIXED_LENGTH;
    int databaseLength = body[8] & 0xff;
    int statusLength = Bytes.uint16(body, 11);
    SessionVariables session = SessionVariables.parse(body, fixed, statusLength);
    int databaseAt = fixed + statusLength;
    String database = new String(body, databaseAt, databaseLength, StandardCharsets.UTF_8);
    int sqlAt = databaseAt + databaseLength + 1;
    String sql =
        new String(body, sqlAt, body.length - sqlAt, javaCharset(session.clientCollationId()));
    return new QueryEvent(
        Bytes.uint32(body, 0),
        database.isEmpty() ? null : database,
        Bytes.uint16(body, 9),
        session,
        sql);
  }

  /**
   * Whether the event only begins a row-format transaction; told from the bytes, without decoding
   * the rest.
   */
  public static boolean isBegin(RawEvent event) {
    byte[] body = event.body();
    int length = body.length;
    return length >= 5
        && body[length - 5] == 'B'
        && body[length - 4] == 'E'
        && body[length - 3] == 'G'
        && body[length - 2] == 'I'
        && body[length - 1] == 'N'
        && FIXED_LENGTH + Bytes.uint16(body, 11) + (body[8] & 0xff) + 1 == length - 5;
  }

  private static Charset javaCharset(int collationId) {
    if (collationId < 0) {
      return StandardCharsets.UTF_8;
    }
    String encoding = CharsetMapping.getStaticJavaEncodingForCollationIndex(collationId);
    String charset = CharsetMapping.getStaticMysqlCharsetNameForCollationIndex(collationId);
    if (encoding == null || "binary".equals(charset)) {
      return StandardCharsets.UTF_8;
    }
    return Charset.forName(encoding);
  }
}
