package io.dmconnect.model.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelErrorTest {

  @ParameterizedTest
  @EnumSource(ModelError.class)
  void hasAnIdOfTheSharedRangeAndSaysWhatToDo(ModelError error) {
    assertThat(error.id()).matches("DM-0\\d{4}");
    assertThat(error.workaround()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void usesEveryIdOnce() {
    assertThat(Arrays.stream(ModelError.values()).map(ModelError::id)).doesNotHaveDuplicates();
  }

  @Test
  void namesIdProblemAndNextStep() {
    assertThat(new DmException(ModelError.BAD_SCHEMA_TEXT, "It is broken"))
        .hasMessageStartingWith("[DM-00002] It is broken. What to do: Make sure");
  }
}
