package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.MarketId;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryFiles;
import io.twinleg.history.HistoryQuality;
import io.twinleg.history.RecordedSeries;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.telemetry.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "What a folder of recordings holds, and what is wrong with it.",
    subcommands = {
      HistoryFetchCommand.class,
      HistoryCommand.ImportCommand.class,
      HistoryCommand.ListCommand.class,
      HistoryCommand.CheckCommand.class,
      HistoryCommand.ExportCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  ./twinleg history check --history history"})
public final class HistoryCommand {
  private HistoryCommand() {}

  /** The markets that have all three recordings: those that can be backtested. */
  static List<InstrumentCatalog> markets(HistoryArchive archive) {
    List<InstrumentCatalog> markets = new ArrayList<>();
    for (InstrumentCatalog listed : InstrumentCatalog.values()) {
      if (archive.perpCoins().contains(listed.name())
          && archive.spotCoins().contains(listed.recordedSpot())) {
        markets.add(listed);
      }
    }
    return markets;
  }

  @Command(
      name = "list",
      description = "How many perps and spots there are, and which markets have both.",
      footer = {"", "Example:", "  ./twinleg history list --history history"})
  static final class ListCommand implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      HistoryArchive archive = HistoryArchive.open(history.folder);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("perps", archive.perpCoins().size());
      fields.put("spots", archive.spotCoins());
      fields.put("markets", markets(archive).stream().map(InstrumentCatalog::name).toList());
      if (json) {
        System.out.println(JsonText.of(fields));
      } else {
        fields.forEach((name, value) -> System.out.println("%-8s %s".formatted(name, value)));
      }
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "check",
      aliases = "quality",
      description = "Gaps, off-market prints, bars without a trade and usable hours by market.",
      footer = {"", "Example:", "  ./twinleg history check --history history --json"})
  static final class CheckCommand implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();

    @Option(
        names = "--signal-window-h",
        paramLabel = "H",
        description = "Hours of rates that a start needs behind it (default: ${DEFAULT-VALUE}).")
    int signalHours = 168;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() {
      HistoryArchive archive = HistoryArchive.open(history.folder);
      for (InstrumentCatalog listed : markets(archive)) {
        MarketId id = new MarketId(listed.name());
        RecordedSeries series =
            RecordedSeries.read(
                archive, listed.spot(id), listed.recordedSpot(), listed.perp(id), listed.name());
        Map<String, Object> fields = HistoryQuality.of(series, signalHours).fields();
        if (json) {
          System.out.println(JsonText.of(fields));
        } else {
          fields.forEach((name, value) ->
              System.out.println("%-28s %s".formatted(name.replace('_', ' '), value)));
          System.out.println();
        }
      }
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "import",
      description =
          "Adds rows of CSV files to a folder of recordings, or all files of another such folder.",
      footer = {
        "",
        "Example:",
        "  ./twinleg history import --history history --kind funding --coin HYPE rates.csv"
      })
  static final class ImportCommand implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();

    @Parameters(
        paramLabel = "FILE",
        description = "CSV, CSV.gz or CSV.lz4; or one folder of recordings.")
    Path from = Path.of("");

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "funding, perp or spot: what the file holds.")
    @Nullable String kind;

    @Option(
        names = "--coin",
        paramLabel = "COIN",
        description = "Whose: the perp's name (BTC), or the spot token's (UBTC).")
    @Nullable String coin;

    @Option(
        names = "--columns",
        paramLabel = "NAME,…",
        split = ",",
        description =
            "Names of the file's columns: time and rate, or time, open, high, low, close and"
                + " volume (default: as in a folder of recordings).")
    List<String> columns = List.of();

    @Option(names = "--replace", description = "A row may take the place of another of its hour.")
    boolean replace;

    @Option(names = "--json", description = "One JSON object a file.")
    boolean json;

    @Override
    public Integer call() {
      HistoryFiles files = new HistoryFiles(history.folder);
      if (Files.isDirectory(from)) {
        if (kind != null || coin != null || !columns.isEmpty()) {
          throw new UsageException(
              "--kind, --coin and --columns go with one file, and " + from + " is a folder");
        }
        HistoryFiles.found(from)
            .forEach((found, coins) ->
                coins.forEach(each ->
                    print(
                        files.add(
                            found,
                            each,
                            from.resolve(found.folder()).resolve(each + ".csv.gz"),
                            found.columns(),
                            replace))));
        return ExitCode.CLEAN.code();
      }
      if (kind == null || coin == null) {
        throw new UsageException("import of the file " + from + " needs --kind and --coin");
      }
      HistoryFiles.Kind of = HistoryFiles.kind(kind);
      if (!columns.isEmpty() && columns.size() != of.columns().size()) {
        throw new UsageException(
            "--columns is %s: expected %d names, for %s"
                .formatted(
                    String.join(",", columns),
                    of.columns().size(),
                    String.join(",", of.columns())));
      }
      print(files.add(of, coin, from, columns.isEmpty() ? of.columns() : columns, replace));
      return ExitCode.CLEAN.code();
    }

    private void print(HistoryFiles.Imported done) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("kind", done.kind().folder());
      fields.put("coin", done.coin());
      fields.put("rows_added", done.added());
      fields.put("rows_known", done.known());
      fields.put("from", done.from().toString());
      fields.put("until", done.until().toString());
      fields.put("hours_missing", done.missing());
      System.out.println(
          json
              ? JsonText.of(fields)
              : "%s of %s: %d rows added, %d known; %s to %s, %d hours without a row"
                  .formatted(
                      done.kind().folder(),
                      done.coin(),
                      done.added(),
                      done.known(),
                      done.from(),
                      done.until(),
                      done.missing()));
    }
  }

  @Command(
      name = "export",
      description = "Writes the rows of one coin into a CSV file.",
      footer = {
        "",
        "Example:",
        "  ./twinleg history export --history history --kind perp --coin BTC --out btc.csv"
      })
  static final class ExportCommand implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        required = true,
        description = "funding, perp or spot.")
    String kind = "";

    @Option(names = "--coin", paramLabel = "COIN", required = true, description = "Whose.")
    String coin = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        required = true,
        description = "Must not be there yet; gzipped where its name ends with .gz.")
    Path out = Path.of("");

    @Option(
        names = "--from",
        paramLabel = "TIME",
        converter = FlagValues.InstantText.class,
        description = "The first hour (default: all).")
    @Nullable Instant from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        converter = FlagValues.InstantText.class,
        description = "The last hour (default: all).")
    @Nullable Instant until;

    @Override
    public Integer call() {
      int rows =
          new HistoryFiles(history.folder).export(HistoryFiles.kind(kind), coin, from, until, out);
      System.out.println(rows + " rows are in " + out);
      return ExitCode.CLEAN.code();
    }
  }
}
