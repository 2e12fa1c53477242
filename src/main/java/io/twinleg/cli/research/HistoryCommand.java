package io.twinleg.cli.research;

import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.MarketId;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryQuality;
import io.twinleg.history.RecordedSeries;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.telemetry.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "history",
    description = "What a folder of recordings holds, and what is wrong with it.",
    subcommands = {HistoryCommand.ListCommand.class, HistoryCommand.CheckCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  ./twinleg history check --history history"})
public final class HistoryCommand {
  private HistoryCommand() {}

  /** The markets that have all three recordings: those that can be backtested. */
  private static List<InstrumentCatalog> markets(HistoryArchive archive) {
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
}
