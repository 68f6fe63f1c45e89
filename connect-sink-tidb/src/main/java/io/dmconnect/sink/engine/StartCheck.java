package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a topic goes on where the target's progress ends: the record that was applied last is
 * delivered once more and must be the same one. When it has expired meanwhile, the record after it
 * must be the first.
 *
 * @param partition the partition
 * @param offset the offset of the record that was applied last
 * @param fingerprint its fingerprint; null when it was not kept
 */
record StartCheck(TopicPartition partition, long offset, String fingerprint) {

  /**
   * Checks the first record delivered.
   *
   * @throws DmException when it does not continue what was applied
   */
  void check(long delivered, String deliveredFingerprint) {
    if (delivered == offset) {
      if (fingerprint != null && !fingerprint.equals(deliveredFingerprint)) {
        throw broken(
            "the record at offset "
                + offset
                + " is not the one applied ("
                + fingerprint
                + " then, "
                + deliveredFingerprint
                + " now)");
      }
    } else if (delivered != offset + 1) {
      throw broken(
          "the record at offset "
              + offset
              + " was applied last, but the topic continues at offset "
              + delivered);
    }
  }

  private DmException broken(String why) {
    return new DmException(
        SinkError.TOPIC_RECREATED, "Topic partition " + partition + " does not continue: " + why);
  }
}
