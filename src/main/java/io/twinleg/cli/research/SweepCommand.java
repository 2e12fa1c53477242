package io.twinleg.cli.research;

import io.twinleg.bootstrap.SweepSession;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.core.model.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sweep",
    description =
        "Every combination of a grid of settings over a history, judged by what it earned after it"
            + " could have been chosen.",
    footer = {
      "",
      "Example: grid.json holds {\"strategy.signal_window_h\": [24, 72, 168]}",
      "  ./twinleg sweep --grid grid.json --history history --out sweep"
    })
public final class SweepCommand implements Callable<Integer> {
  @Mixin SweepRun sweep = new SweepRun();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many (default: one a core). The result does not depend on it.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads is " + threads + ": expected 1 to 1024");
    }
    SweepSession session = sweep.session();
    sweep.run(session, session.onThreads(threads), threads + " threads");
    return ExitCode.CLEAN.code();
  }
}
