package io.dmconnect.local.demo;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws how far each table has come: in place on a terminal, line by line now and then elsewhere.
 * Not thread-safe.
 */
final class ProgressBoard {
  private static final String BLOCKS = "█░";
  private static final int WIDTH = 24;
  private static final long LINES_EVERY_MILLIS = 5_000;
  private final PrintStream out;
  private final boolean terminal;
  private final int snapshotRows;
  private final String done;
  private final String left;
  private int drawn;
  private long lastMillis;
  private long lastApplied;
  private double rate;

  /**
   * A board.
   *
   * @param charset what {@code out} writes; bars are made of characters that it has
   */
  ProgressBoard(PrintStream out, Charset charset, boolean terminal, int snapshotRows) {
    this.out = out;
    this.terminal = terminal;
    this.snapshotRows = snapshotRows;
    boolean blocks = charset.newEncoder().canEncode(BLOCKS);
    this.done = blocks ? BLOCKS.substring(0, 1) : "#";
    this.left = blocks ? BLOCKS.substring(1) : ".";
  }

  /** The charset of standard output. */
  static Charset charsetOfOutput() {
    return Charset.forName(System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
  }

  /**
   * Shows the counts of all topics.
   *
   * @param nowMillis the time of the reading, for rates
   * @param lagMillis how old the newest change is that the target does not have; -1 when unknown
   * @param load how many rows the write load has changed
   */
  void show(Map<String, TopicProgress.Counts> counts, long nowMillis, long lagMillis, long load) {
    if (!terminal && nowMillis - lastMillis < LINES_EVERY_MILLIS) {
      return;
    }
    long applied = counts.values().stream().mapToLong(TopicProgress.Counts::applied).sum();
    if (lastMillis > 0 && nowMillis > lastMillis) {
      rate = Math.max(0, (applied - lastApplied) * 1000.0 / (nowMillis - lastMillis));
    }
    lastMillis = nowMillis;
    lastApplied = applied;
    String total =
        String.format(
            "applied %,d records, %,.0f rows/s, lag %s, write load so far %,d rows",
            applied, rate, lagMillis < 0 ? "-" : lagMillis + " ms", load);
    List<String> lines = new ArrayList<>();
    counts.forEach((topic, count) -> lines.add(line(topic, count)));
    lines.add(total);
    erase();
    lines.forEach(out::println);
    out.flush();
    drawn = terminal ? lines.size() : 0;
  }

  /** Leaves what is drawn where it is and goes on below it with a message. */
  void say(String message) {
    drawn = 0;
    out.println(message);
  }

  private String line(String topic, TopicProgress.Counts count) {
    boolean shard = topic.contains("." + DemoDatabase.MERGED + "_");
    boolean snapshot = shard && count.applied() < snapshotRows;
    double share =
        snapshot
            ? count.applied() / (double) snapshotRows
            : count.produced() == 0 ? 1 : count.applied() / (double) count.produced();
    int filled = (int) Math.round(Math.min(1, share) * WIDTH);
    return String.format(
        "%-24s %-9s %s%s %4.0f%%  %,9d applied  %,7d waiting",
        topic,
        snapshot ? "snapshot" : "streaming",
        done.repeat(filled),
        left.repeat(WIDTH - filled),
        Math.min(1, share) * 100,
        count.applied(),
        count.waiting());
  }

  private void erase() {
    for (int i = 0; i < drawn; i++) {
      out.print("\033[1A\033[2K");
    }
  }
}
