package io.dmconnect.coordinator.cli;

import java.time.Duration;

/** Durations for people. */
final class Ages {

  /** The greatest unit and the next: {@code 2 h 5 min}. */
  static String of(long millis) {
    Duration age = Duration.ofMillis(millis);
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }

    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }

    return age.toMinutes() > 0
        ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
        : age.toSeconds() + " s";
  }

  private Ages() {}
}
