package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.history.CsvTable;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.BacktestSummary;
import io.twinleg.research.bars.BarRow;
import io.twinleg.research.bars.BarRule;
import io.twinleg.research.bars.BarRun;
import io.twinleg.research.sweep.FundingOnly;
import io.twinleg.simulator.InstrumentCatalog;
import java.math.BigDecimal;
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

/**
 * Rules that need no configuration, through the exchange's accounts: to hold a result against, and
 * to check the program's figures with those of others.
 */
final class RuleCommands {
  private RuleCommands() {}

  @Command(
      name = "always-in",
      description =
          "Both legs of each market entered once and never left: what funding alone was worth.",
      footer = {"", "Example:", "  ./twinleg backtest always-in --history history --market HYPE"})
  static final class AlwaysIn implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();
    @Mixin RuleOptions.MarketOption markets = new RuleOptions.MarketOption();
    @Mixin RuleOptions.Money money = new RuleOptions.Money();

    @Option(
        names = "--warm-up-h",
        paramLabel = "H",
        description = "Hours with a rate that pass before it decides (default: ${DEFAULT-VALUE}).")
    int warmUp = 336;

    @Option(
        names = "--max-basis-bps",
        paramLabel = "BPS",
        description =
            "It is entered at the first hour after that whose perp is within so much of its spot:"
                + " launch prints are none (default: ${DEFAULT-VALUE}).")
    int maxBasisBps = 100;

    @Override
    public Integer call() {
      HistoryArchive archive = HistoryArchive.open(history.folder);
      BarRule rule = new BarRule.AlwaysIn(warmUp, maxBasisBps / 1e4);
      List<InstrumentCatalog> all = markets.of(archive);
      money.check(all.size());
      for (InstrumentCatalog listed : all) {
        try {
          money.print(
              listed.name(),
              BarRun.of(rows(archive, listed), rule, money.takerFees(), money.capital, money.most));
        } catch (HistoryException tooShort) {
          if (!markets.names.isEmpty()) {
            throw tooShort;
          }
          System.err.println(listed.name() + " is left out: " + tooShort.getMessage());
        }
      }
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "leverage-band",
      description =
          "Long spot and short as much, with the short's leverage kept in a band by parting the"
              + " capital anew.",
      footer = {
        "",
        "Example:",
        "  ./twinleg backtest leverage-band --rows trace.csv --target 6 --min 1 --max 11"
      })
  static final class LeverageBand implements Callable<Integer> {
    @Option(
        names = "--rows",
        paramLabel = "FILE",
        description = "CSV or CSV.gz; each row's funding is paid on the row's own price.")
    @Nullable Path file;

    @Option(
        names = "--columns",
        paramLabel = "TIME,SPOT,PERP,RATE",
        split = ",",
        description = "The names of its columns (default: ${DEFAULT-VALUE}).")
    List<String> columns =
        List.of("timestamp", "SPOT_price", "HEDGE_mark_price", "HEDGE_funding_rate");

    @Option(
        names = "--history",
        paramLabel = "DIR",
        description = "Instead of rows: a folder with funding_1h, perp_1h and spot_1h.")
    @Nullable Path folder;

    @Mixin RuleOptions.MarketOption markets = new RuleOptions.MarketOption();
    @Mixin RuleOptions.Money money = new RuleOptions.Money();

    @Option(
        names = "--target",
        paramLabel = "X",
        description = "Leverage that the capital is parted for (default: ${DEFAULT-VALUE}).")
    BigDecimal target = BigDecimal.valueOf(6);

    @Option(
        names = "--min",
        paramLabel = "X",
        description = "It is parted anew below this (default: ${DEFAULT-VALUE}).")
    BigDecimal min = BigDecimal.ONE;

    @Option(
        names = "--max",
        paramLabel = "X",
        description = "And above this (default: ${DEFAULT-VALUE}).")
    BigDecimal max = BigDecimal.valueOf(11);

    @Override
    public Integer call() {
      if (min.signum() < 0 || min.compareTo(target) > 0 || target.compareTo(max) > 0) {
        throw new UsageException(
            "--min, --target and --max are %s, %s and %s: expected each at least the one before"
                .formatted(min, target, max));
      }
      if ((file == null) == (folder == null)) {
        throw new UsageException("expected one of --rows FILE and --history DIR");
      }
      BarRule rule = new BarRule.LeverageBand(target, min, max);
      Map<String, List<BarRow>> rows = new LinkedHashMap<>();
      if (file != null) {
        rows.put(String.valueOf(file.getFileName()), rows(file, columns));
      } else if (folder != null) {
        HistoryArchive archive = HistoryArchive.open(folder);
        markets
            .of(archive)
            .forEach(listed -> rows.put(listed.name(), RuleCommands.rows(archive, listed)));
      }
      money.check(rows.size());
      rows.forEach((name, each) ->
          money.print(name, BarRun.of(each, rule, money.takerFees(), money.capital, money.most)));
      return ExitCode.CLEAN.code();
    }

    private static List<BarRow> rows(Path file, List<String> columns) {
      if (columns.size() != 4) {
        throw new UsageException(
            "--columns is %s: expected four names, of time, spot, perp and rate"
                .formatted(String.join(",", columns)));
      }
      List<BarRow> rows = new ArrayList<>();
      new CsvTable(file, columns, false)
          .forEachRow(row -> {
            Price perp = Price.of(row.get(2));
            rows.add(
                new BarRow(
                    CsvTable.instant(row.get(0)),
                    Price.of(row.get(1)),
                    perp,
                    perp,
                    row.get(3).isEmpty() ? null : new BigDecimal(row.get(3))));
          });
      if (rows.isEmpty()) {
        throw new HistoryException(file + " holds no row.");
      }
      return rows;
    }
  }

  @Command(
      name = "basis-timing",
      description =
          "In while a perp stands far above its spot, out when it has come back: what is left of"
              + " that with fills one hour later.",
      footer = {
        "",
        "Example:",
        "  ./twinleg backtest basis-timing --history history --market PURR --fills-after 0"
      })
  static final class BasisTiming implements Callable<Integer> {
    @Mixin HistoryOption history = new HistoryOption();
    @Mixin RuleOptions.MarketOption markets = new RuleOptions.MarketOption();
    @Mixin RuleOptions.Money money = new RuleOptions.Money();

    @Option(
        names = "--enter-bps",
        paramLabel = "BPS",
        description = "In at this much above the spot (default: ${DEFAULT-VALUE}).")
    int enterBps = 100;

    @Option(
        names = "--exit-bps",
        paramLabel = "BPS",
        description = "Out at this much or less (default: ${DEFAULT-VALUE}).")
    int exitBps;

    @Option(
        names = "--fills-after",
        paramLabel = "N",
        description =
            "Hours between a decision and its fill; 0 fills at the price that was decided on"
                + " (default: ${DEFAULT-VALUE}).")
    int after = 1;

    @Override
    public Integer call() {
      if (after < 0 || exitBps >= enterBps) {
        throw new UsageException(
            "--fills-after is %d, --enter-bps %d and --exit-bps %d: expected 0 or more, and to leave below where it enters"
                .formatted(after, enterBps, exitBps));
      }
      HistoryArchive archive = HistoryArchive.open(history.folder);
      BarRule.BasisTiming rule = new BarRule.BasisTiming(enterBps / 1e4, exitBps / 1e4, after);
      List<InstrumentCatalog> all = markets.of(archive);
      money.check(all.size());
      for (InstrumentCatalog listed : all) {
        List<BarRow> rows = rows(archive, listed);
        BarRun run = BarRun.of(rows, rule, money.takerFees(), money.capital, money.most);
        BarRun late = BarRun.of(rows, rule.later(), money.takerFees(), money.capital, money.most);
        money.print(
            listed.name(),
            run,
            Map.of(
                "one_observation_late",
                late.fields(),
                "warnings",
                BacktestSummary.ofFills(
                    after, run.net(), run.returnOnCapital(), late.net(), late.returnOnCapital())));
      }
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "thresholds",
      description =
          "What two thresholds make of a file of rates, without any price: whether the averaging"
              + " window earns its costs.",
      footer = {
        "",
        "Example:",
        "  ./twinleg backtest thresholds --rates BTC.csv.gz --from 2023-06-10 --signal-window-h 168"
      })
  static final class Thresholds implements Callable<Integer> {
    @Option(names = "--rates", paramLabel = "FILE", required = true, description = "CSV or CSV.gz.")
    Path file = Path.of("");

    @Option(
        names = "--columns",
        paramLabel = "TIME,RATE",
        split = ",",
        description = "The names of its columns (default: ${DEFAULT-VALUE}).")
    List<String> columns = List.of("hour_ts_ms", "rate");

    @Option(
        names = "--signal-window-h",
        paramLabel = "H",
        description = "Rates that are averaged (default: ${DEFAULT-VALUE}).")
    int window = 168;

    @Option(
        names = "--enter-apr",
        paramLabel = "RATE",
        description = "Enter above this yearly rate (default: ${DEFAULT-VALUE}).")
    BigDecimal enter = new BigDecimal("0.10");

    @Option(
        names = "--exit-apr",
        paramLabel = "RATE",
        description = "Leave below this one (default: ${DEFAULT-VALUE}).")
    BigDecimal exit = BigDecimal.ZERO;

    @Option(
        names = "--cost",
        paramLabel = "FRACTION",
        description = "Of one side, both legs together (default: ${DEFAULT-VALUE}).")
    BigDecimal cost = new BigDecimal("0.00115");

    @Option(
        names = "--from",
        paramLabel = "TIME",
        converter = FlagValues.InstantText.class,
        description = "The first hour (default: that of the file).")
    @Nullable Instant from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        converter = FlagValues.InstantText.class,
        description = "The last hour (default: that of the file).")
    @Nullable Instant until;

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      if (window < 1 || columns.size() != 2) {
        throw new UsageException(
            "--signal-window-h is %d and --columns %s: expected 1 or more, and two names"
                .formatted(window, String.join(",", columns)));
      }
      FundingOnly.Rates rates = FundingOnly.Rates.read(file, columns).between(from, until);
      FundingOnly result = FundingOnly.of(rates.hourly(), window, enter, exit, cost);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("from", rates.first().toString());
      fields.put("until", rates.last().toString());
      fields.put("hours", rates.hours());
      fields.put("hours_missing", rates.missing());
      fields.put("entries", result.entries());
      fields.put("funding_on_notional", result.funding());
      fields.put("net_on_notional", result.net());
      RuleOptions.print(fields, json);
      return ExitCode.CLEAN.code();
    }
  }

  private static List<BarRow> rows(HistoryArchive archive, InstrumentCatalog listed) {
    MarketId id = new MarketId(listed.name());
    return BarRow.of(
        RecordedSeries.read(
            archive, listed.spot(id), listed.recordedSpot(), listed.perp(id), listed.name()));
  }
}
