package io.twinleg.cli;

import io.twinleg.stress.SimulationBatch;
import io.twinleg.stress.StressScenario;
import io.twinleg.stress.Summary;
import io.twinleg.stress.SummaryPage;
import io.twinleg.stress.WorldResult;
import io.twinleg.telemetry.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = "Run the strategy in hostile worlds, one a seed, checked at every step.",
    footer = {"", "Example:", "  ./twinleg simulate --seeds 1..100 --faults all"})
final class SimulateCommand implements Callable<Integer> {
  private static final int TRACE_LINES = 4_000;

  @Mixin ConfigOptions common = new ConfigOptions();

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      required = true,
      converter = SeedRange.Converter.class,
      description = "Which worlds, such as 1..2000.")
  SeedRange seeds = new SeedRange(1, 1);

  @Option(
      names = "--faults",
      paramLabel = "all|none|FILE",
      description = "What may go wrong: all (default), none, or a file that names hazards.")
  String faults = "all";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long each world lives (default 24h).")
  Duration length = Duration.ofHours(24);

  @Option(names = "--trace", description = "Print what happened in each world, to its last event.")
  boolean trace;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page of it.")
  @Nullable Path html;

  @Override
  public Integer call() {
    StressScenario scenario = SimulateScenario.of(common, faults, length);
    SimulationBatch campaign = new SimulationBatch(scenario);
    Summary summary = trace ? traced(campaign) : run(campaign);
    SimulateReport report = new SimulateReport(campaign, summary, replay());
    System.out.println(json ? JsonText.of(report.fields()) : report.text());
    if (html != null) {
      write(html, SummaryPage.of(summary, "Hostile worlds " + seeds + " of " + length));
    }
    return summary.broken().isEmpty() ? ExitCode.CLEAN : ExitCode.MISMATCH;
  }

  private Summary run(SimulationBatch campaign) {
    SimulateProgress progress = new SimulateProgress(seeds.count());
    List<WorldResult> worlds = campaign.run(seeds.first(), seeds.last(), progress::show);
    progress.end();
    return new Summary(worlds);
  }

  private Summary traced(SimulationBatch campaign) {
    List<WorldResult> worlds =
        seeds.all().mapToObj(seed -> campaign.world(seed, TRACE_LINES)).toList();
    worlds.forEach(each -> each.trace().forEach(System.out::println));
    return new Summary(worlds);
  }

  /** The command that lives through one of these worlds again; the seed is left open. */
  private String replay() {
    String config = common.config == null ? "" : " --config " + common.config;
    StringBuilder sets = new StringBuilder();
    common.overrides.forEach(each -> sets.append(" --set ").append(each));
    return "./twinleg simulate --seeds %d..%d --trace --faults "
        + faults
        + " --for "
        + length.toSeconds()
        + "s"
        + config
        + sets;
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException trouble) {
      throw new UsageException(
          "--html is " + file + ", which cannot be written (" + trouble.getMessage() + ")");
    }
  }
}
