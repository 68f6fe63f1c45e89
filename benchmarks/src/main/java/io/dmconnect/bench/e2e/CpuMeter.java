package io.dmconnect.bench.e2e;

import io.dmconnect.local.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CPU seconds of server processes, user and system, from {@code /proc/PID/stat} (see proc(5)). */
final class CpuMeter {
  private static final double TICKS_PER_SECOND = 100;
  private final List<Server> servers;
  private final Map<String, Double> start;

  /** Starts measuring. */
  CpuMeter(List<Server> servers) {
    this.servers = List.copyOf(servers);
    this.start = read();
  }

  /** CPU seconds since the start, by the server's name. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = read();
    seconds.replaceAll((name, now) -> now - start.getOrDefault(name, 0.0));
    return seconds;
  }

  private Map<String, Double> read() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Server server : servers) {
      if (server.running()) {
        seconds.merge(server.name(), cpuSeconds(server.pid()), Double::sum);
      }
    }
    return seconds;
  }

  private static double cpuSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }
}
