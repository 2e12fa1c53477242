package io.twinleg.cli;

import java.time.Duration;

/** One line on a terminal, once the work has taken more than two seconds. */
final class SimulateProgress {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  private final long all;
  private final long begun = System.nanoTime();
  private final boolean watched = ProgramPaths.terminalColumns().isPresent();
  private boolean shown;

  SimulateProgress(long all) {
    this.all = all;
  }

  void show(long done) {
    if (watched && System.nanoTime() - begun > PATIENCE) {
      shown = true;
      System.err.print("\r" + done + " of " + all + " worlds");
      System.err.flush();
    }
  }

  void end() {
    if (shown) {
      System.err.println();
    }
  }
}
