package io.dmconnect.source.offset;

import java.util.Map;

/**
 * Reads committed offsets; Connect's {@code OffsetStorageReader}. Safe for use by several threads.
 */
@FunctionalInterface
public interface OffsetReader {

  /** The offset of a partition; null when none was committed. */
  Map<String, Object> read(Map<String, String> partition);
}
