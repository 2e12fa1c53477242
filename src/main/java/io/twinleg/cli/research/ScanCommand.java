package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.research.page.HtmlPage;
import io.twinleg.research.scan.MarketScan;
import io.twinleg.research.scan.ScanRow;
import io.twinleg.telemetry.JsonText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "scan",
    description =
        "All perps of a history by what each is expected to earn at your size over your horizon,"
            + " with the reason where one cannot be hedged.",
    footer = {
      "",
      "Example:",
      "  ./twinleg scan --history history --notional 5000 --horizon-h 168 --hedgeable"
    })
public final class ScanCommand implements Callable<Integer> {
  private static final String FORM = "%-10s %-6s %8s %8s %7s %7s %7s %8s %9s %8s  %s%n";
  private static final int HORIZON_MAX = 8760;
  private static final List<String> HEAD =
      List.of(
          "perp",
          "hedge",
          "7d APR",
          "30d APR",
          "floor",
          "below 0",
          "even h",
          "net USD",
          "APR cap.",
          "vol.",
          "cannot be hedged because");

  /** On a page: what it comes to first, as a phone shows four columns. */
  private static final List<Integer> PAGE_ORDER = List.of(0, 7, 8, 6, 1, 2, 3, 4, 5, 9, 10);

  @Mixin HistoryOption history = new HistoryOption();

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
      description = "Of both legs together, at each end (default: ${DEFAULT-VALUE}).")
  double halfSpreadBps = 3;

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
    MarketScan.Question question =
        new MarketScan.Question(
            notional.value().doubleValue(),
            horizon,
            new FeeSchedule(fees.get(0), fees.get(1), fees.get(2), fees.get(3)),
            halfSpreadBps,
            leverage);
    List<ScanRow> rows =
        new MarketScan(HistoryArchive.open(history.folder), question)
            .rows().stream().filter(this::isWanted).toList();
    if (html != null) {
      HistoryOption.write(html, page(rows));
    }
    if (json) {
      rows.forEach(row -> System.out.println(JsonText.of(row.fields())));
    } else {
      System.out.print(table(rows));
    }
    return ExitCode.CLEAN.code();
  }

  private boolean isWanted(ScanRow row) {
    Integer breakEven = row.breakEvenHours();
    return (!hedgeable || row.isHedgeable())
        && row.funding().hours() >= minHours
        && (maxBreakEven == null || (breakEven != null && breakEven <= maxBreakEven));
  }

  private HtmlPage page(List<ScanRow> rows) {
    HtmlPage page =
        new HtmlPage("Markets at %s USD for %d hours".formatted(notional.value(), horizon));
    page.paragraph(
        "Depth, open interest and the predicted rate are not recorded: size and exit are to be"
            + " looked at live.");
    page.heading("Can be hedged");
    shortTable(page, rows.stream().filter(ScanRow::isHedgeable).toList());
    if (!rows.stream().allMatch(ScanRow::isHedgeable)) {
      page.heading("Cannot be hedged here");
      shortTable(page, rows.stream().filter(row -> !row.isHedgeable()).toList());
    }
    page.heading("Every figure");
    List<List<String>> cells =
        rows.stream()
            .map(row -> row.fields().values().stream().map(ScanCommand::cell).toList())
            .toList();
    page.table(
        rows.isEmpty()
            ? List.of()
            : rows.getFirst().fields().keySet().stream()
                .map(name -> name.replace('_', ' '))
                .toList(),
        cells);
    return page;
  }

  private static void shortTable(HtmlPage page, List<ScanRow> rows) {
    page.table(
        PAGE_ORDER.stream().map(HEAD::get).toList(),
        rows.stream()
            .map(row -> {
              List<String> cells = cells(row);
              return PAGE_ORDER.stream().map(cells::get).toList();
            })
            .toList());
  }

  private static String cell(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe.map(Object::toString).orElse("-")
        : value.toString();
  }

  /** In one piece: a line written field by field costs more than the markets' figures. */
  private static String table(List<ScanRow> rows) {
    StringBuilder table = new StringBuilder();
    table.append(FORM.formatted(HEAD.toArray()));
    rows.forEach(row -> table.append(FORM.formatted(cells(row).toArray())));
    return table.toString();
  }

  private static List<String> cells(ScanRow row) {
    Double volatility = row.risk().volatility();
    return List.of(
        row.coin(),
        text(row.hedging().token()),
        percent(row.funding().apr7d()),
        percent(row.funding().apr30d()),
        percent(row.funding().atFloor()),
        percent(row.funding().belowZero()),
        text(row.breakEvenHours()),
        String.format(Locale.ROOT, "%.2f", row.expectedNetUsd()),
        percent(row.netAprOnCapital()),
        volatility == null ? "-" : percent(volatility),
        row.hedging().refused());
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }
}
