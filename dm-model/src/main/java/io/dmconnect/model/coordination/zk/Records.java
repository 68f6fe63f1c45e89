package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Records as a node's bytes: JSON in UTF-8, compressed with gzip when it is long, which tells
 * itself by gzip's first two bytes.
 */
public final class Records {
  /** What a node may hold, with room for the rest of a request under ZooKeeper's default limit. */
  public static final int MAX_BYTES = 960 * 1024;

  private static final int COMPRESSED_FROM = 4096;

  /**
   * A record's bytes.
   *
   * @param text the record; null for none
   * @throws DmException when they are too many for a node
   */
  public static byte[] encode(String text) {
    if (text == null) {
      return new byte[0];
    }

    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = plain.length < COMPRESSED_FROM ? plain : compress(plain);
    if (bytes.length > MAX_BYTES) {
      String start = text.substring(0, Math.min(200, text.length()));
      throw new DmException(
          ModelError.COORDINATION_RECORD_TOO_LARGE,
          "A coordination record has " + bytes.length + " bytes, compressed: " + start + "…");
    }

    return bytes;
  }

  /** The record of a node's bytes; null when there are none. */
  public static String decode(byte[] bytes) {
    if (bytes == null || bytes.length == 0) {
      return null;
    }

    boolean compressed = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    if (!compressed) {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DmException(
          ModelError.BAD_COORDINATION_RECORD, "A compressed coordination record is broken", e);
    }
  }

  private static byte[] compress(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail", e);
    }

    return bytes.toByteArray();
  }

  private Records() {}
}
