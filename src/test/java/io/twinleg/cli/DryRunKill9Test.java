package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} of a dry run for real: while the JVM starts, while the journal is read, and
 * anywhere in what follows; it ends as if it had never been. Two programs at a time, each on a
 * journal of its own. A live run is killed a hundred times by {@link LiveKill9Test}.
 */
@Execution(ExecutionMode.CONCURRENT)
class DryRunKill9Test {
  /** As many as the machine that checks has cores. */
  private static final int PROGRAMS = 2;

  /** More of them by hand: {@code -Ddryrun.kills=500}. */
  private static final int KILLS_EACH = Integer.getInteger("dryrun.kills", 12);

  private static final String LENGTH = "4h";

  @TempDir Path folder;

  @Test
  void whatIsKilledAgainAndAgainEndsAsIfItHadNeverBeen() throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Callable<Void>> programs =
          IntStream.rangeClosed(1, PROGRAMS)
              .<Callable<Void>>mapToObj(seed ->
                  () -> {
                    isKilledAndEnds(seed);
                    return null;
                  })
              .toList();
      for (Future<Void> each : two.invokeAll(programs)) {
        each.get();
      }
    }
  }

  private void isKilledAndEnds(int seed) throws Exception {
    ProgramProcess program = new ProgramProcess(folder).jvm("-Xshare:auto");
    Ended whole = program.run(command(seed, "whole"));
    assertThat(whole.exitCode()).isZero();
    int most = whole.lines().size() / KILLS_EACH;
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < KILLS_EACH; kill++) {
      try (ProgramProcess.Running running = program.start(command(seed, "killed"))) {
        if (kill % 2 == 0) {
          running.lines(random.nextInt(0, Math.max(1, most)));
        } else {
          running.runFor(Duration.ofMillis(random.nextInt(20, 600)));
        }
        running.kill();
      }
    }
    Ended last = program.run(command(seed, "killed"));
    assertThat(last.exitCode()).as("seed %d", seed).isZero();
    assertThat(last.event("shutdown_summary")).isEqualTo(whole.event("shutdown_summary"));
    assertThat(last.event("exchange_audit")).isEqualTo(whole.event("exchange_audit"));
    assertThat(last.event("exchange_audit").path("agrees").asBoolean()).isTrue();
  }

  private static String[] command(int seed, String journal) {
    return new String[] {
      "run",
      "--dry-run",
      "--seed",
      Integer.toString(seed),
      "--speed",
      "max",
      "--for",
      LENGTH,
      "--json",
      "--state-db",
      journal + seed + ".db"
    };
  }
}
