package io.dmconnect.source.offset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Reads committed offsets; Connect's {@code OffsetStorageReader}. Safe for use by several threads.
 */
@FunctionalInterface
public interface OffsetReader {

  /** The offset of a partition; null when none was committed. */
  Map<String, Object> read(Map<String, String> partition);

  /** The offsets of those partitions that have one, by partition. */
  default Map<Map<String, String>, Map<String, Object>> readAll(
      Collection<Map<String, String>> partitions) {
    Map<Map<String, String>, Map<String, Object>> found = new HashMap<>();
    partitions.forEach(partition -> found.put(partition, read(partition)));
    found.values().removeIf(offset -> offset == null);
    return found;
  }

  /** Those of a connector's task. */
  static OffsetReader of(OffsetStorageReader reader) {
    return new OffsetReader() {
      @Override
      public Map<String, Object> read(Map<String, String> partition) {
        return reader.offset(partition);
      }

      @Override
      public Map<Map<String, String>, Map<String, Object>> readAll(
          Collection<Map<String, String>> partitions) {
        Map<Map<String, String>, Map<String, Object>> found =
            new HashMap<>(reader.offsets(partitions));
        found.values().removeIf(offset -> offset == null);
        return found;
      }
    };
  }
}
