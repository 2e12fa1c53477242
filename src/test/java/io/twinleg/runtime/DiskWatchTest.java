package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event.DiskSpaceReported;
import io.twinleg.core.event.Event.DiskSpaceReported.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
  private Instant now = Instant.parse("2026-01-05T00:00:00Z");
  private int free;

  private List<Integer> reported(int... percents) {
    DiskWatch watch = new DiskWatch(this::read, () -> now);
    List<Integer> published = new ArrayList<>();
    for (int percent : percents) {
      free = percent;
      watch.changed().ifPresent(event -> published.add(event.freePercent()));
      assertThat(watch.changed()).as("once in ten seconds").isEmpty();
      now = now.plus(Duration.ofSeconds(10));
    }
    return published;
  }

  private DiskSpaceReported read() throws IOException {
    if (free < 0) {
      throw new IOException("the disk cannot be read");
    }
    return new DiskSpaceReported(free, free * 1_000_000_007L);
  }

  @Test
  void publishesAtTenAndAtTwoPercentAndWhenThereIsSpaceAgain() {
    assertThat(reported(80, 11, 10, 5, 3, 2, 0, 4, 40)).containsExactly(10, 2, 4, 40);
  }

  @Test
  void aDiskAtALimitIsNotPublishedAtEachReading() {
    assertThat(reported(10, 11, 10, 11, 12, 10)).containsExactly(10, 12, 10);
  }

  /** A tenth of a disk of 600 MB is less than what a journal writes between two checkpoints. */
  @Test
  void ofASmallDiskItsBytesCountAndNotItsPercents() {
    assertThat(new DiskSpaceReported(40, 67_108_863L).space()).isEqualTo(Space.NO_ENTRIES);
    assertThat(new DiskSpaceReported(40, 67_108_864L).space()).isEqualTo(Space.AMPLE);
    assertThat(new DiskSpaceReported(40, 67_108_864L).spaceWithLess()).isEqualTo(Space.NO_ENTRIES);
  }

  @Test
  void whatCannotBeReadIsNotPublishedToBeFull() {
    assertThat(reported(50, -1, -1, 9)).containsExactly(9);
  }

  @Test
  void aClockThatIsSetBackDoesNotHideAFullDisk() {
    DiskWatch watch = new DiskWatch(this::read, () -> now);
    free = 60;
    assertThat(watch.changed()).isEmpty();
    now = now.minus(Duration.ofHours(1));
    free = 2;
    assertThat(watch.changed().orElseThrow().freePercent()).isEqualTo(2);
    assertThat(watch.changed()).as("once in ten seconds").isEmpty();
  }

  @Test
  void readsTheDiskOfTheJournal(@TempDir Path folder) throws IOException {
    DiskSpaceReported found = DiskWatch.read(Files.getFileStore(folder));
    assertThat(found.freePercent()).isBetween(0, 100);
    assertThat(found.freeBytes()).isPositive();
  }

  @Test
  void aJournalThatIsGoneIsNotPublishedToBeOnAFullDisk(@TempDir Path folder) {
    assertThat(new DiskWatch(folder.resolve("none/live.db"), () -> now).changed()).isEmpty();
  }
}
