package io.dmconnect.source.position;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * MariaDB's GTID position: the last GTID of each replication domain, which stands for all of that
 * domain up to its number. That holds where {@code gtid_strict_mode} keeps the numbers of a domain
 * ascending.
 */
final class MariaDbGtidSet extends GtidSet {
  static final MariaDbGtidSet NONE = new MariaDbGtidSet(new TreeMap<>());

  private static final Pattern TEXT =
      Pattern.compile("\\s*\\d+-\\d+-\\d+\\s*(,\\s*\\d+-\\d+-\\d+\\s*)*");

  private final Map<Long, Last> domains;

  private record Last(long server, long number) {}

  private MariaDbGtidSet(Map<Long, Last> domains) {
    this.domains = domains;
  }

  static boolean isText(String text) {
    return TEXT.matcher(text).matches();
  }

  static MariaDbGtidSet read(String text) {
    MariaDbGtidSet set = NONE;
    for (String gtid : text.split(",", -1)) {
      String stripped = gtid.strip();
      set = set.plus(Gtid.source(stripped), Gtid.number(stripped));
    }
    return set;
  }

  @Override
  public MariaDbGtidSet plus(String source, long number) {
    int dash = source.indexOf('-');
    long domain = Long.parseLong(source.substring(0, dash));
    Last old = domains.get(domain);
    if (old != null && old.number >= number) {
      return this;
    }
    Map<Long, Last> copy = new TreeMap<>(domains);
    copy.put(domain, new Last(Long.parseLong(source.substring(dash + 1)), number));
    return new MariaDbGtidSet(copy);
  }

  @Override
  public Optional<GtidSet> without(String source, long number) {
    return Optional.empty();
  }

  @Override
  public boolean contains(String source, long number) {
    if (!Gtid.isMariaDb(source)) {
      return false;
    }
    Last last = domains.get(Long.parseLong(source.substring(0, source.indexOf('-'))));
    return last != null && number <= last.number;
  }

  @Override
  public boolean isEmpty() {
    return domains.isEmpty();
  }

  @Override
  public boolean containsAll(GtidSet other) {
    if (!(other instanceof MariaDbGtidSet set)) {
      return other.isEmpty();
    }
    for (Map.Entry<Long, Last> wanted : set.domains.entrySet()) {
      Last last = domains.get(wanted.getKey());
      if (last == null || last.number < wanted.getValue().number) {
        return false;
      }
    }
    return true;
  }

  @Override
  String text() {
    StringBuilder out = new StringBuilder();
    domains.forEach(
        (domain, last) -> {
          out.append(out.length() == 0 ? "" : ",").append(domain);
          out.append('-').append(last.server).append('-').append(last.number);
        });
    return out.toString();
  }
}
