package io.dmconnect.sink.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "Duplicate entry '4711-o'neil' for key 't.PRIMARY'"
            + " | Duplicate entry '…' for key 't.PRIMARY'",
        "Incorrect datetime value: 'secret' for column 'd' at row 1"
            + " | Incorrect datetime value: '…' for column 'd' at row 1",
        "Data too long for column 'name' at row 1 | Data too long for column 'name' at row 1",
        "Write conflict, txnStartTS=1, key={tableID=1, handle=4711} primary=[]byte{0x1}"
            + " | Write conflict, txnStartTS=1, key=…"
      })
  void takesValuesOutAndKeepsTheRest(String message, String redacted) {
    assertThat(Redaction.text(message)).isEqualTo(redacted);
  }
}
