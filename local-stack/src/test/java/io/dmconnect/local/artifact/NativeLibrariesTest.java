package io.dmconnect.local.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir Path folder;

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

  @Test
  void tellsWhatToInstallWhereThereIsNoAptGet() {
    NativeLibraries libraries =
        new NativeLibraries(new ArtifactStore(folder, work -> {}), "no-such-apt-get");

    assertThatThrownBy(() -> libraries.fetch(List.of("libaio.so.1"), folder))
        .hasMessageContaining("needs the shared libraries libaio.so.1")
        .hasMessageContaining("dnf install libaio");
  }

  @Test
  void givesTheRenamedLibraryTheNameThatServersLookFor() {
    NativeLibraries libraries =
        new NativeLibraries(new ArtifactStore(folder, work -> {}), "no-such-apt-get");

    assertThatThrownBy(() -> libraries.fetch(List.of("libaio.so.1"), folder))
        .hasMessageContaining("apt-get install libaio1t64 libnuma1 && ln -s libaio.so.1t64 ");
  }
}
