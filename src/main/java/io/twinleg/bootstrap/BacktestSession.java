package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.EquityCurve;
import io.twinleg.research.ExchangeAudit;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.market.recorded.BarWorld;
import io.twinleg.telemetry.LogSinkGroup;
import io.twinleg.telemetry.TerminalProgress;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration over a history by the hour: the same runner, Engine, venue and exchange as every
 * other run, on a record that is seen once an hour.
 */
public final class BacktestSession {
  /** Every order finds all of its depth in the books. */
  private static final Usd WHOLE_BOOK = Usd.of("1000000000");

  /**
   * Between the last observation and what would be decided on it: what is under way still fills.
   */
  private static final Duration AFTER_LAST = Duration.ofMillis(50);

  private static final BigDecimal NEARLY = new BigDecimal("1.01");
  private static final Duration SELDOM = Duration.ofHours(1);

  private final Config config;
  private final List<MarketSymbols> names;
  private final List<RecordedSeries> series;
  private final Instant from;
  private final Instant until;
  private final Map<String, Instant> listed;
  private @Nullable TerminalProgress progress;

  /**
   * How orders are filled, and what that costs.
   *
   * @param after so many observations later than decided; 0 is the price that was decided on
   */
  public record Fills(BarWorld.Spreads spreads, FeeSchedule fees, int after) {
    public Fills later() {
      return new Fills(spreads, fees, after + 1);
    }

    public Fills doubled() {
      BigDecimal two = BigDecimal.valueOf(2);
      return new Fills(
          new BarWorld.Spreads(spreads.spotBps().multiply(two), spreads.perpBps().multiply(two)),
          new FeeSchedule(
              fees.spotMaker().multiply(two),
              fees.spotTaker().multiply(two),
              fees.perpMaker().multiply(two),
              fees.perpTaker().multiply(two)),
          after);
    }
  }

  private BacktestSession(
      Config config,
      List<MarketSymbols> names,
      List<RecordedSeries> series,
      Instant from,
      Instant until,
      Map<String, Instant> listed) {
    this.config = config;
    this.names = names;
    this.series = series;
    this.from = from;
    this.until = until;
    this.listed = listed;
  }

  /**
   * @param from the first observation; null: the first with a full signal, behind the spot's launch
   * @param until the last; null: the end of the record
   */
  public static BacktestSession open(
      Config config, HistoryArchive archive, @Nullable Instant from, @Nullable Instant until) {
    List<RecordedSeries> series = new ArrayList<>();
    for (MarketSymbols names : config.markets()) {
      series.add(series(archive, names));
    }
    int signal = config.settings().signalHoursMax();
    Instant first =
        from == null ? firstStart(archive, series, signal) : from.truncatedTo(ChronoUnit.HOURS);
    Instant last = until == null ? Instant.MAX : until.truncatedTo(ChronoUnit.HOURS);
    return new BacktestSession(config, config.markets(), series, first, last, Map.of());
  }

  /**
   * The same, where each market joins at its own first hour with a full signal behind its spot's
   * launch, and the first of them begins.
   */
  public static BacktestSession asListed(
      Config config, HistoryArchive archive, @Nullable Instant from, @Nullable Instant until) {
    List<RecordedSeries> series = new ArrayList<>();
    Map<String, Instant> listed = new TreeMap<>();
    int signal = config.settings().signalHoursMax();
    for (MarketSymbols names : config.markets()) {
      RecordedSeries each = series(archive, names);
      series.add(each);
      listed.put(each.name(), firstStart(archive, List.of(each), signal));
    }
    Instant first =
        from == null ? Collections.min(listed.values()) : from.truncatedTo(ChronoUnit.HOURS);
    Instant last = until == null ? Instant.MAX : until.truncatedTo(ChronoUnit.HOURS);
    return new BacktestSession(config, config.markets(), series, first, last, listed);
  }

  public static RecordedSeries series(HistoryArchive archive, MarketSymbols names) {
    InstrumentCatalog entry = DryRunSpec.find(names);
    return RecordedSeries.read(
        archive,
        entry.spot(names.market()),
        entry.recordedSpot(),
        entry.perp(names.market()),
        entry.name());
  }

  private static Instant firstStart(
      HistoryArchive archive, List<RecordedSeries> series, int signalHours) {
    Instant start = Instant.MIN;
    for (RecordedSeries each : series) {
      Instant first =
          each.firstStart(signalHours)
              .orElseThrow(() ->
                  new HistoryException(
                      "%s holds no hour of %s with funding, perp and spot prices and %d hours of funding before it."
                          .formatted(archive.folder(), each.name(), signalHours)));
      start = first.isAfter(start) ? first : start;
    }
    // that hour's bar is known at its end
    return start.plus(Duration.ofHours(1));
  }

  /** Shows how far the runs are, each of them a round. */
  public BacktestSession shownBy(@Nullable TerminalProgress shown) {
    progress = shown;
    return this;
  }

  public List<RecordedSeries> series() {
    return series;
  }

  public Instant from() {
    return from;
  }

  /** The last observation. */
  public Instant last() {
    Instant end = series.stream().map(RecordedSeries::end).min(Instant::compareTo).orElseThrow();
    return until.isBefore(end) ? until : end;
  }

  /** The assumptions behind every figure. */
  public List<String> assumptions(Fills fills) {
    return world(fills).assumptions();
  }

  private BarWorld world(Fills fills) {
    return new BarWorld(series, listed, fills.spreads(), from, until);
  }

  /** The configured strategy. */
  public BacktestResult run(Usd capital, Fills fills) {
    return run(BacktestSettings.taking(settings(), series), capital, fills);
  }

  /**
   * Every market entered at the first positive rate and never left. Where one capital is spread
   * over the best of them, each has an equal part of it here.
   */
  public BacktestResult holdThroughout(Usd capital, Fills fills) {
    Settings equal = BacktestSettings.equalParts(settings());
    return run(BacktestSettings.holding(BacktestSettings.taking(equal, series)), capital, fills);
  }

  /** Each market decides for itself, with an equal part of one capital. */
  public BacktestResult slices(Usd capital, Fills fills) {
    Settings equal = BacktestSettings.equalParts(settings());
    return run(BacktestSettings.taking(equal, series), capital, fills);
  }

  /** One market alone entered at its first positive rate with all of the capital, never left. */
  public BacktestResult holdOnly(String market, Usd capital, Fills fills) {
    List<Integer> kept =
        IntStream.range(0, series.size())
            .filter(i -> series.get(i).name().equals(market))
            .boxed()
            .toList();
    BacktestSession one =
        new BacktestSession(
            config,
            kept.stream().map(names::get).toList(),
            kept.stream().map(series::get).toList(),
            from,
            last(),
            listed);
    return one.shownBy(progress).holdThroughout(capital, fills);
  }

  private Settings settings() {
    return BacktestSettings.of(
        config.settings(false, SELDOM), series.stream().map(RecordedSeries::name).toList());
  }

  public BacktestResult run(Settings settings, Usd capital, Fills fills) {
    BarWorld world = world(fills);
    List<Instrument> instruments =
        series.stream().flatMap(each -> Stream.of(each.spotLeg(), each.perpLeg())).toList();
    Exchange exchange = new Exchange(instruments, fills.fees(), world);
    DryRunSpec.Wallets wallets = wallets(settings, capital, fills.fees());
    exchange.admin().open(SimulatedVenue.ACCOUNT, wallets.spot(), wallets.perp());
    BiFunction<InstrumentId, Instant, Optional<Price>> middles = world::middle;
    EquityCurve curve = new EquityCurve(exchange, SimulatedVenue.ACCOUNT, middles);
    JournalIdentity identity =
        new JournalIdentity("dry-run", "", "", 0, "backtest", new OrderIdTag("00000000"));
    try (SimulatedVenue venue =
            SimulatedVenue.open(
                exchange,
                SimulatedVenue.ACCOUNT,
                SimulatedVenueSettings.STANDARD.fillingAfter(fills.after()));
        MemoryJournal journal = new MemoryJournal(identity)) {
      exchange.subscribe(curve);
      BacktestCourse course = new BacktestCourse(progress, world.start(), world.end());
      Engine engine = new Engine(settings);
      InstantSource clock = venue.events().clock();
      StrategyRunner.Ending ending =
          new StrategyRunner(
                  engine,
                  venue,
                  venue.events(),
                  journal,
                  new OperatorInput(journal, clock),
                  new LogSinkGroup(List.of(course)),
                  clock)
              .unwatched()
              .run(spec(world), world.start());
      ExchangeAudit audit = new ExchangeAudit(engine, exchange.audit(SimulatedVenue.ACCOUNT));
      requireResult(ending, venue, audit);
      course.close();
      // one that its drawdown ended holds nothing until the record ends
      exchange.advanceTo(world.end());
      return BacktestResult.of(
          curve,
          engine,
          exchange.audit(SimulatedVenue.ACCOUNT),
          wallets.spot().plus(wallets.perp()),
          middles,
          course.notes());
    }
  }

  /**
   * What was decided too late to be filled within the record stays open, and is valued with the
   * rest: the stop waited for it in vain.
   */
  private static void requireResult(
      StrategyRunner.Ending ending, SimulatedVenue venue, ExchangeAudit audit) {
    int code = ending.exitCode();
    if (code == ExitCode.PRECONDITION.code()) {
      throw new UsageException("no backtest: " + ending.reason());
    }
    boolean isDone =
        code == ExitCode.CLEAN.code()
            || code == ExitCode.HALTED.code()
            || (code == ExitCode.RESIDUAL.code() && venue.hasWaitingOrder());
    if (!audit.agrees() || !isDone) {
      throw new IllegalStateException(
          "the run ended with " + ending + ", and its books agree: " + audit.note());
    }
  }

  /**
   * One capital is parted as all its positions together need it: an even half would leave the last
   * of them without its collateral.
   */
  private DryRunSpec.Wallets wallets(Settings settings, Usd capital, FeeSchedule fees) {
    DryRunSpec.Wallets even =
        DryRunSpec.Wallets.of(capital, settings.markets().getFirst().execution().perpLeverage());
    if (config.settings().portfolio().isEmpty()) {
      return even;
    }
    DryRunSpec.Wallets needed = DryRunSpec.Wallets.needed(settings, fees);
    Usd sum = needed.spot().plus(needed.perp());
    BigDecimal share = needed.spot().value().divide(sum.value(), MathContext.DECIMAL64);
    // with doubled fees the same positions need a little more
    boolean nearly = sum.value().compareTo(capital.value().multiply(NEARLY)) <= 0;
    Usd opened = nearly ? sum.max(capital) : capital;
    Usd spot = new Usd(opened.value().multiply(share).setScale(2, RoundingMode.UP));
    return new DryRunSpec.Wallets(spot, opened.minus(spot));
  }

  private RunSpec spec(BarWorld world) {
    return new RunSpec(
        "backtest",
        config.hash(),
        new RunConfig(config, false, SELDOM).text(),
        true,
        names.stream().map(each -> new RunSpec.Market(each, WHOLE_BOOK)).toList(),
        config.settings().historyHours(),
        new RunSpec.End.At(world.end().plus(AFTER_LAST)));
  }
}
