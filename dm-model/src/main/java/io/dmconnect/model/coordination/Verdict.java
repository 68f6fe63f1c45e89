package io.dmconnect.model.coordination;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What the rules of a mode say about one request at one moment. */
sealed interface Verdict {

  /**
   * It can be done.
   *
   * @param plan what is to run, and which requests are done with it
   */
  record Go(Plan plan, String reason) implements Verdict {}

  /**
   * Others must follow first.
   *
   * @param members the members that must
   * @param unknown sources and tables that are expected but not there
   */
  record Stay(String reason, NavigableSet<MemberId> members, NavigableSet<String> unknown)
      implements Verdict {
    public Stay {
      members = Collections.unmodifiableNavigableSet(new TreeSet<>(members));
      unknown = Collections.unmodifiableNavigableSet(new TreeSet<>(unknown));
    }
  }

  /** Something must be known before the group begins; it stops no task, whatever the mode. */
  record Hold(String reason, NavigableSet<String> missing) implements Verdict {
    public Hold {
      missing = Collections.unmodifiableNavigableSet(new TreeSet<>(missing));
    }
  }

  /** It contradicts another member. */
  record Clash(String reason, String mine, String theirs) implements Verdict {}
}
