package io.twinleg.runtime;

import io.twinleg.core.event.Event.DiskSpaceReported;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The space that is left on the disk of the journal, read every ten seconds of the wall clock. What
 * cannot be read is not reported: it is not known to be none.
 */
public final class DiskWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final long PERCENT = 100;

  /** Reads the disk. */
  @FunctionalInterface
  interface Gauge {
    DiskSpaceReported read() throws IOException;
  }

  private final Gauge gauge;
  private final InstantSource wall;
  private @Nullable Instant lastRead;
  private DiskSpaceReported.Space reported = DiskSpaceReported.Space.AMPLE;

  /**
   * @param journal a file, which exists
   */
  public DiskWatch(Path journal, InstantSource wall) {
    this(() -> read(Files.getFileStore(journal)), wall);
  }

  DiskWatch(Gauge gauge, InstantSource wall) {
    this.gauge = gauge;
    this.wall = wall;
  }

  static DiskSpaceReported read(FileStore disk) throws IOException {
    long total = disk.getTotalSpace();
    long free = disk.getUsableSpace();
    if (total <= 0) {
      throw new IOException(disk + " reports no size");
    }
    return new DiskSpaceReported((int) (free / Math.max(1, total / PERCENT)), free);
  }

  /** What the core has to know, when it is another than what was reported last. */
  Optional<DiskSpaceReported> changed() {
    Instant now = wall.instant();
    Instant last = lastRead;
    boolean steppedBack = last != null && now.isBefore(last);
    if (last != null && !steppedBack && now.isBefore(last.plus(INTERVAL))) {
      return Optional.empty();
    }
    lastRead = now;
    DiskSpaceReported found;
    try {
      found = gauge.read();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    DiskSpaceReported.Space space = found.space();
    boolean isBetter = found.spaceWithLess().compareTo(reported) < 0;
    if (space.compareTo(reported) <= 0 && !isBetter) {
      return Optional.empty();
    }
    reported = space;
    return Optional.of(found);
  }
}
