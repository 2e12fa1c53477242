package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.ExitCode;
import io.twinleg.stress.SimulationBatch;
import io.twinleg.stress.Summary;
import io.twinleg.stress.SummaryPage;
import io.twinleg.stress.WorldResult;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.TerminalProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "simulate",
    description = "Run the strategy in adversarial worlds, one a seed, checked at every step.",
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
      description = "What may go wrong: all (default), none, or a file that names fault kinds.")
  String faults = "all";

  @Option(
      names = "--settings",
      paramLabel = "one|all|KEYS",
      converter = DrawnSettings.Converter.class,
      description =
          "Which settings: one (default), the configuration's; all, drawn for each seed; or some"
              + " of them, such as leg_mode,hedge_ratio.")
  DrawnSettings settings = DrawnSettings.NONE;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = FlagValues.DurationConverter.class,
      description = "How long each world runs (default 24h).")
  Duration length = Duration.ofHours(24);

  @Option(names = "--trace", description = "Print what happened in each world, to its last event.")
  boolean trace;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      converter = FlagValues.NewFile.class,
      description = "Also write a page of it.")
  @Nullable Path html;

  @Override
  public Integer call() {
    SimulationBatch batch =
        new SimulationBatch(SimulateScenario.of(common, faults, settings, length));
    Summary summary = trace ? traced(batch) : run(batch);
    SimulateReport report = new SimulateReport(batch, summary, replay(), settings);
    System.out.println(json ? JsonText.of(report.fields()) : report.text());
    if (html != null) {
      write(html, SummaryPage.of(summary, "Adversarial worlds " + seeds + " of " + length));
    }
    return summary.broken().isEmpty() ? ExitCode.CLEAN.code() : ExitCode.MISMATCH.code();
  }

  private Summary run(SimulationBatch batch) {
    TerminalProgress progress = new TerminalProgress("worlds");
    List<WorldResult> worlds =
        batch.run(seeds.first(), seeds.last(), done -> progress.show(done, seeds.count()));
    progress.end();
    return new Summary(worlds);
  }

  private Summary traced(SimulationBatch batch) {
    List<WorldResult> worlds =
        seeds.all().mapToObj(seed -> batch.world(seed, TRACE_LINES)).toList();
    worlds.forEach(world -> world.trace().forEach(System.out::println));
    return new Summary(worlds);
  }

  /** The command that runs one of these worlds again; the seed is left open. */
  private String replay() {
    String config = common.config == null ? "" : " --config " + common.config;
    StringBuilder sets = new StringBuilder();
    common.overrides.forEach(override -> sets.append(" --set ").append(override));
    return "./twinleg simulate --seeds %d..%d --trace --faults "
        + faults
        + " --for "
        + length.toSeconds()
        + "s"
        + (settings.isDrawn() ? " --settings " + settings : "")
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

  /** Seeds from one to another, both included. */
  record SeedRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.\\.([0-9]{1,12})");

    static final class Converter implements ITypeConverter<SeedRange> {
      @Override
      public SeedRange convert(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
          throw new TypeConversionException(
              "'" + value + "' names no seeds: expected two whole numbers, such as 1..2000");
        }
        SeedRange range =
            new SeedRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.last < range.first) {
          throw new TypeConversionException(
              "'" + value + "' ends before it begins: write the smaller seed first");
        }
        return range;
      }
    }

    long count() {
      return last - first + 1;
    }

    LongStream all() {
      return LongStream.rangeClosed(first, last);
    }

    @Override
    public String toString() {
      return first + ".." + last;
    }
  }
}
