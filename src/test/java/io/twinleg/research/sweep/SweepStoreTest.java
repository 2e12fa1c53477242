package io.twinleg.research.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.history.HistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep's folder goes on with the same sweep, and is never laid over anything else. */
class SweepStoreTest {
  @TempDir private Path folder;

  @Test
  void finishedBlocksAreThereForTheSameSweepAlone() {
    Path out = folder.resolve("sweep");
    SweepStore.open(out, "one").write(3, List.of("a", "b"));

    assertThat(SweepStore.open(out, "one").read(3)).contains(List.of("a", "b"));
    assertThat(SweepStore.open(out, "one").read(4)).isEmpty();
    assertThatThrownBy(() -> SweepStore.open(out, "other"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds another sweep");
  }

  @Test
  void whatIsNoSweepIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "mine");

    assertThatThrownBy(() -> SweepStore.open(file, "one"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> SweepStore.open(folder, "one"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("of no sweep");
    assertThat(folder).isDirectoryContaining("glob:**/table.csv");
    assertThat(file).hasContent("mine");

    // what is left of a sweep that ended while it wrote its first file
    Path fresh = Files.createDirectories(folder.resolve("fresh"));
    Files.writeString(fresh.resolve("sweep.txt.1"), "on");
    SweepStore.open(fresh, "one");
  }
}
