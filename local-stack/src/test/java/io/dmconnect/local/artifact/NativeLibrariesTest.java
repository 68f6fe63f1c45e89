package io.dmconnect.local.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  @Test
  void findsTheLibrariesThatLddMisses() {
    String output =
        """
        \tlinux-vdso.so.1 (0x00007ffd)
        \tlibaio.so.1 => not found
        \tlibnuma.so.1 => not found
        \tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)
        """;

    assertThat(NativeLibraries.parseMissing(output)).containsExactly("libaio.so.1", "libnuma.so.1");
  }

  @Test
  void findsNothingWhenAllAreThere() {
    assertThat(NativeLibraries.parseMissing("\tlibm.so.6 => /lib/libm.so.6 (0x00007f)\n"))
        .isEmpty();
  }
}
