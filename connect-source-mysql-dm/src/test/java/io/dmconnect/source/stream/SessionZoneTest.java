package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionZoneTest {

  @ParameterizedTest
  @CsvSource({
    "0,+00:00",
    "32400,+09:00",
    "-12600,-03:30",
    "-1800,-00:30",
    "50400,+14:00",
    "-50340,-13:59",
    "33539,+09:19",
    "-17762,-04:56"
  })
  void offsetsAreRoundedToMinutesAndHaveASign(int seconds, String text) {
    assertThat(SessionZone.offset(seconds)).isEqualTo(text);
  }

  @Test
  void whatAnyServerUnderstandsStaysAsItIsWithoutAsking() {
    SessionZone zone = new SessionZone(null);

    assertThat(zone.of("Asia/Tokyo", 0)).isEqualTo("Asia/Tokyo");
    assertThat(zone.of("-03:00", 0)).isEqualTo("-03:00");
  }
}
