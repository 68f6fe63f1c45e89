package io.dmconnect.source.binlog;

/** One binlog event as it came, its checksum removed. Whoever gets it may keep it. */
public final class RawEvent {
  private static final int IGNORABLE = 0x80;

  private final int type;
  private final long timestampSeconds;
  private final long serverId;
  private final long start;
  private final long end;
  private final int flags;
  private final byte[] body;

  /**
   * An event.
   *
   * @param type the type code, see {@link EventTypes}
   * @param timestampSeconds when the statement began, seconds since the epoch; 0 for events the
   *     server makes up
   * @param serverId the {@code server_id} of the server that wrote it first
   * @param start its offset in the binlog file; for an event of a compressed transaction that of
   *     the envelope
   * @param end the offset of the next event; for an event of a compressed transaction that of the
   *     envelope
   * @param flags the header's flags
   * @param body everything after the 19 byte header, not copied; null when the handler did not want
   *     it
   */
  public RawEvent(
      int type,
      long timestampSeconds,
      long serverId,
      long start,
      long end,
      int flags,
      byte[] body) {
    this.type = type;
    this.timestampSeconds = timestampSeconds;
    this.serverId = serverId;
    this.start = start;
    this.end = end;
    this.flags = flags;
    this.body = body;
  }

  /** The type code. */
  public int type() {
    return type;
  }

  /** When the statement began, seconds since the epoch. */
  public long timestampSeconds() {
    return timestampSeconds;
  }

  /** The server that wrote it first. */
  public long serverId() {
    return serverId;
  }

  /** Its offset in the file. */
  public long start() {
    return start;
  }

  /** The offset of the next event. */
  public long end() {
    return end;
  }

  /** What is after the header, not a copy; null when it was not wanted. */
  public byte[] body() {
    return body;
  }

  /** Whether a reader that does not know the type may pass over it (LOG_EVENT_IGNORABLE_F). */
  public boolean isIgnorable() {
    return (flags & IGNORABLE) != 0;
  }

  /** The table id that a table map or rows event begins with. */
  public long tableId() {
    return Bytes.uint48(body, 0);
  }
}
