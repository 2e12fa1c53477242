package io.twinleg.cli.research;

import io.twinleg.bootstrap.LiveScan;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.config.Credentials;
import io.twinleg.config.Redaction;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.research.scan.MarketScan;
import io.twinleg.research.scan.PerpFigures;
import io.twinleg.research.scan.RecordedMarkets;
import io.twinleg.research.scan.ScanRow;
import io.twinleg.telemetry.JsonText;
import io.twinleg.venue.MarketSurvey;
import io.twinleg.venue.hyperliquid.market.HyperliquidSurvey;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "scan",
    description =
        "All perps of a venue, or of a history, by what each is expected to earn at your size over"
            + " your horizon, with the reason where one cannot be hedged. A venue is only read.",
    footer = {
      "",
      "Examples:",
      "  ./twinleg scan --notional 5000 --horizon-h 168 --hedgeable",
      "  ./twinleg scan --base-url https://api.hyperliquid-testnet.xyz --min-exit-depth 20000",
      "  ./twinleg scan --history history --notional 5000"
    })
public final class ScanCommand implements Callable<Integer> {
  private static final int HORIZON_MAX = 8760;
  private static final double RECORDED_HALF_SPREAD_BPS = 3;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "A folder with funding_1h, perp_1h and spot_1h, in place of a venue.")
  @Nullable Path history;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The venue (default: Hyperliquid's mainnet); it is only read.")
  @Nullable String baseUrl;

  @Option(
      names = "--notional",
      paramLabel = "USD",
      converter = FlagValues.UsdAmount.class,
      description = "Of one leg (default: 1000).")
  Usd notional = Usd.of("1000");

  @Option(
      names = "--horizon-h",
      paramLabel = "H",
      description = "How long it is held (default: ${DEFAULT-VALUE}).")
  int horizon = 336;

  @Option(
      names = "--leverage",
      paramLabel = "X",
      description = "Of the short: what capital the return is on (default: ${DEFAULT-VALUE}).")
  int leverage = 1;

  @Option(
      names = "--fees",
      paramLabel = "SM,ST,PM,PT",
      split = ",",
      description =
          "Fractions: spot maker and taker, perp maker and taker (default: ${DEFAULT-VALUE}).")
  List<BigDecimal> fees =
      List.of(
          new BigDecimal("0.0004"),
          new BigDecimal("0.0007"),
          new BigDecimal("0.00015"),
          new BigDecimal("0.00045"));

  @Option(
      names = "--half-spread-bps",
      paramLabel = "BPS",
      description =
          "Of both legs together, at each end (default: what the venue's books show at the clip,"
              + " and 3 of a history).")
  @Nullable Double halfSpreadBps;

  @Option(
      names = "--clip",
      paramLabel = "USD",
      converter = FlagValues.UsdAmount.class,
      description = "Of one order, that is walked through the venue's books (default: --notional).")
  @Nullable Usd clip;

  @Option(names = "--hedgeable", description = "Only what can be hedged.")
  boolean hedgeable;

  @Option(
      names = "--min-hours",
      paramLabel = "H",
      description = "Only what has so many hours of rates (default: ${DEFAULT-VALUE}).")
  int minHours;

  @Option(
      names = "--max-break-even-h",
      paramLabel = "H",
      description = "Only what earns its costs in so many hours.")
  @Nullable Integer maxBreakEven;

  @Option(
      names = "--min-exit-depth",
      paramLabel = "USD",
      converter = FlagValues.UsdAmount.class,
      description = "Only what has such bids of its spot within 50 bps of the middle.")
  @Nullable Usd minExitDepth;

  @Option(
      names = "--all",
      description =
          "Also the rates of perps that cannot be hedged: some minutes more, by the venue's limit.")
  boolean all;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      converter = FlagValues.NewFile.class,
      description = "Also a page, in one file that needs nothing else.")
  @Nullable Path html;

  @Option(names = "--json", description = "One JSON object a market.")
  boolean json;

  @Override
  public Integer call() {
    if (minHours < 0) {
      throw new UsageException("--min-hours is " + minHours + ": expected 0 or more");
    }
    if (fees.size() != 4 || horizon < 1 || horizon > HORIZON_MAX || leverage < 1) {
      throw new UsageException(
          "--fees is %s, --horizon-h %d and --leverage %d: expected four fractions, 1 to %d hours, and 1 or more"
              .formatted(fees, horizon, leverage, HORIZON_MAX));
    }
    requireOneSource();
    MarketScan scan =
        new MarketScan(
            new MarketScan.Question(
                notional.value().doubleValue(),
                horizon,
                new FeeSchedule(fees.get(0), fees.get(1), fees.get(2), fees.get(3)),
                halfSpreadBps == null && history != null
                    ? Double.valueOf(RECORDED_HALF_SPREAD_BPS)
                    : halfSpreadBps,
                leverage));
    List<PerpFigures> perps =
        history == null ? live() : new RecordedMarkets(HistoryArchive.open(history)).read();
    List<ScanRow> rows = scan.ranked(perps).stream().filter(this::isWanted).toList();
    ScanTable table = new ScanTable(history == null);
    if (html != null) {
      HistoryOption.write(html, table.page(title(), note(), rows));
    }
    if (json) {
      rows.forEach(row -> System.out.println(JsonText.of(row.fields())));
    } else {
      System.out.print(table.text(rows));
    }
    return ExitCode.CLEAN.code();
  }

  /** What only a venue shows is in no recording. */
  private void requireOneSource() {
    if (history != null && (baseUrl != null || clip != null || minExitDepth != null || all)) {
      throw new UsageException(
          "--history is %s, and --base-url, --clip, --min-exit-depth and --all are of a venue: give one or the other"
              .formatted(history));
    }
  }

  private List<PerpFigures> live() {
    String given = baseUrl == null ? Credentials.MAINNET : baseUrl;
    String site =
        Credentials.normalUrl(given)
            .orElseThrow(() ->
                new UsageException(
                    "--base-url is "
                        + Redaction.of(given)
                        + ": expected "
                        + Credentials.EXPECTED_URL));
    try (MarketSurvey venue =
        VenueWait.ofACommand().untilAnswered(() -> HyperliquidSurvey.open(site))) {
      return new LiveScan(
              venue, new LiveScan.Scope(clip == null ? notional : clip, all), ScanCommand::print)
          .read();
    }
  }

  private static void print(LiveScan.Progress progress) {
    System.err.println(
        progress.leftOut().isEmpty()
            ? "%s read, %d of %d".formatted(progress.perp(), progress.done(), progress.all())
            : progress.perp() + " is left out: " + progress.leftOut());
  }

  private String title() {
    return "Markets at %s USD for %d hours".formatted(notional.value(), horizon);
  }

  private String note() {
    return history == null
        ? "Exit depth is what the spot's bids show within 50 bps of its middle at one moment."
        : "Depth, open interest and the predicted rate are not recorded: size and exit are to be"
            + " looked at live.";
  }

  private boolean isWanted(ScanRow row) {
    Integer breakEven = row.breakEvenHours();
    ScanRow.Funding rates = row.funding();
    Double depth = row.live().exitDepthUsd();
    return (!hedgeable || row.isHedgeable())
        && (minHours == 0 || (rates != null && rates.hours() >= minHours))
        && (minExitDepth == null || (depth != null && depth >= minExitDepth.value().doubleValue()))
        && (maxBreakEven == null || (breakEven != null && breakEven <= maxBreakEven));
  }
}
