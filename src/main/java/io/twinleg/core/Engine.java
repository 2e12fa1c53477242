package io.twinleg.core;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.risk.DrawdownMonitor;
import io.twinleg.core.risk.MarginMonitor;
import io.twinleg.core.risk.PreTradeRisk;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The living room: every fact comes in by {@link #apply}, every decision leaves as its outcome. A
 * pure function of the events it was given: no clock, no I/O, no randomness. It absorbs the fact
 * into what is known, lets the markets that it touches decide, and sees to the life of the run
 * itself.
 */
public final class Engine {
  private static final OrderIdTag NO_BOOK = new OrderIdTag("00000000");
  private static final VenueCapabilities NO_CAPABILITIES =
      new VenueCapabilities(false, false, false, false, false, AccountMode.CLASSIC);
  private static final FeeSchedule NO_FEES =
      new FeeSchedule(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  private final TreeMap<MarketId, MarketState> units = new TreeMap<>();
  private final MarketDataCache view;
  private final Portfolio portfolio = new Portfolio();
  private final RunState mode = new RunState();
  private final CircuitBreakers tripwires = new CircuitBreakers();
  private Settings settings;
  private PreTradeRisk risk;
  private DrawdownMonitor monitor;
  private final MarginMonitor margin;
  private OrderIdTag book = NO_BOOK;
  private VenueCapabilities capabilities = NO_CAPABILITIES;
  private FeeSchedule fees = NO_FEES;
  private Optional<Instant> lifecycleWake = Optional.empty();
  private Optional<Instant> dataDeadline = Optional.empty();
  private Optional<Instant> fastSince = Optional.empty();

  public Engine(Settings settings) {
    this.settings = settings;
    this.risk = new PreTradeRisk(settings.risk());
    this.monitor = new DrawdownMonitor(settings.risk());
    this.margin = new MarginMonitor(settings.risk());
    this.view = new MarketDataCache(longestWindow(settings));
    settings.markets().forEach(this::configure);
  }

  private static int longestWindow(Settings settings) {
    return settings.markets().stream()
        .mapToInt(each -> each.strategy().signalWindowHours())
        .max()
        .orElse(1);
  }

  private void configure(MarketSettings each) {
    MarketState unit = units.get(each.market());
    if (unit == null) {
      units.put(each.market(), new MarketState(each, capabilities));
      portfolio.ledger(each.market());
    } else {
      unit.configure(each);
    }
  }

  /**
   * Other settings, for a run that goes on under another configuration; to be told before its
   * {@link Event.RunStarted}. Latched halts and the count of sent orders stay.
   */
  public void configure(Settings newSettings) {
    settings = newSettings;
    risk = risk.under(newSettings.risk());
    monitor = monitor.under(newSettings.risk());
    margin.configure(newSettings.risk());
    newSettings.markets().forEach(this::configure);
  }

  public Settings settings() {
    return settings;
  }

  /** When to be told of the time, at the latest; empty when only the market can change anything. */
  public Optional<Instant> wakeAt() {
    Optional<Instant> earliest = earlier(lifecycleWake, margin.wakeAt(capabilities.clockSpeed()));
    for (MarketState unit : units.values()) {
      earliest = earlier(earliest, unit.wake());
    }
    return earliest;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? other : one;
  }

  public EngineOutput apply(SequencedEvent event) {
    CommandBuffer dispatch = new CommandBuffer(risk, book, event.sequence());
    absorb(event, dispatch);
    new DecisionCycle(this, event, dispatch).run();
    EngineOutput outcome = dispatch.outcome();
    risk.sent(outcome.commands());
    return outcome;
  }

  private void absorb(SequencedEvent event, CommandBuffer dispatch) {
    view.absorb(event);
    tripwires.absorb(event, units.values());
    Portfolio.Booking booking = portfolio.absorb(event);
    FillLog.of(booking).ifPresent(dispatch::tell);
    changedFromOutside(booking, dispatch);
    if (!isFillToldAgain(event, booking)) {
      units.values().forEach(unit -> unit.pair().absorb(event));
    }
    switch (event.fact()) {
      case Event.RunStarted started -> started(started, event.receivedTime());
      case Event.InstrumentsResolved pinned ->
          Optional.ofNullable(units.get(pinned.market()))
              .ifPresent(unit -> unit.index(pinned.index()));
      case Event.CapabilitiesReported reported -> {
        capabilities = reported.capabilities();
        units.values().forEach(unit -> unit.capabilities(capabilities));
      }
      case Event.BudgetReported reported -> risk.quota().report(reported);
      case Event.FeesReported reported -> fees = reported.fees();
      case Event.LeverageResult answered ->
          Optional.ofNullable(units.get(answered.instrument().market()))
              .ifPresent(unit -> unit.leverageAnswered(answered.accepted()));
      case Event.OperatorCommand command -> command(command, event.receivedTime(), dispatch);
      case Event.StartupCompleted completed -> mode.startupCompleted();
      default -> {
        // absorbed by the rooms above
      }
    }
  }

  private void changedFromOutside(Portfolio.Booking booking, CommandBuffer dispatch) {
    if (booking instanceof Portfolio.Booking.Foreign foreign) {
      MarketId market = foreign.fill().instrument().market();
      dispatch.tell(ExternalTradeLog.of(foreign, portfolio.ledger(market)));
      unit(market).ifPresent(unit -> unit.pair().outside().changed(foreign.fill().cause()));
    }
  }

  /** The answer to a question about an order tells its fills once more: they count once (I6). */
  private static boolean isFillToldAgain(SequencedEvent event, Portfolio.Booking booking) {
    return event.fact() instanceof Event.OrderFilled
        && booking instanceof Portfolio.Booking.Nothing;
  }

  private void started(Event.RunStarted started, Instant now) {
    book = started.bookId();
    mode.started();
    fastSince = Optional.empty();
    dataDeadline = Optional.empty();
    for (MarketState unit : units.values()) {
      unit.restarted();
      if (!started.continuous()) {
        unit.pair().interrupted(now);
      }
    }
  }

  private void command(Event.OperatorCommand command, Instant now, CommandBuffer dispatch) {
    if (command.operation() == Event.OperatorCommand.Operation.RESUME) {
      String latched = latched().orElse("nothing");
      tripwires.resume();
      monitor.resume(equity().orElse(monitor.lastEquity()));
      units.values().forEach(unit -> unit.pair().release());
      dispatch.tell(LogEvent.info("resumed").with("was_latched", latched));
    } else {
      dispatch.tell(OperatorLog.of(command));
    }
    mode.apply(command, now);
  }

  /** What keeps entries from happening until an operator resumes; empty when nothing does. */
  public Optional<String> latched() {
    List<String> all = new ArrayList<>();
    if (monitor.isDrawdownTripped()) {
      all.add("drawdown");
    }
    if (mode.killLevel() > 0) {
      all.add("kill level " + mode.killLevel());
    }
    if (units.values().stream().anyMatch(unit -> unit.pair().isQuarantined())) {
      all.add("quarantine");
    }
    all.addAll(tripwires.reasons());
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
  }

  /** The strategy's net at robust marks; empty while a held market has no trustworthy price. */
  Optional<Usd> equity() {
    Usd sum = Usd.ZERO;
    for (MarketState unit : units.values()) {
      PairLedger ledger = portfolio.ledger(unit.id());
      if (!ledger.ownedSpot().isPositive() && !ledger.shortPerp().isPositive()) {
        sum = sum.plus(ledger.realised().net());
        continue;
      }
      Optional<PairMarketData> market = view.market(unit.id());
      Optional<Price> spot = market.flatMap(PairMarketData::spotValue);
      Optional<Price> perp = market.flatMap(PairMarketData::perpValue);
      if (spot.isEmpty() || perp.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(ledger.net(spot.get(), perp.get()));
    }
    return Optional.of(sum);
  }

  void lifecycleWake(Optional<Instant> at) {
    lifecycleWake = at;
  }

  Optional<Instant> dataDeadline() {
    return dataDeadline;
  }

  void dataDeadline(Instant at) {
    dataDeadline = Optional.of(at);
  }

  /** When the fast end began: with the stop, or with the second signal. */
  Instant fastSince(Instant now, Instant stopRequested) {
    if (fastSince.isEmpty()) {
      fastSince = Optional.of(mode.isFast() ? now : stopRequested);
    }
    return fastSince.get();
  }

  // ---- for its own rooms, and for whoever shows the state of the run

  Collection<MarketState> units() {
    return units.values();
  }

  Optional<MarketState> unit(MarketId market) {
    return Optional.ofNullable(units.get(market));
  }

  public MarketDataCache view() {
    return view;
  }

  public Portfolio portfolio() {
    return portfolio;
  }

  RunState mode() {
    return mode;
  }

  PreTradeRisk risk() {
    return risk;
  }

  DrawdownMonitor monitor() {
    return monitor;
  }

  CircuitBreakers tripwires() {
    return tripwires;
  }

  MarginMonitor margin() {
    return margin;
  }

  FeeSchedule fees() {
    return fees;
  }

  VenueCapabilities capabilities() {
    return capabilities;
  }

  /** One market as it stands, for a status line. Read only, and never part of a decision. */
  public List<MarketStatus> status() {
    List<MarketStatus> all = new ArrayList<>();
    for (MarketState unit : units.values()) {
      Optional<PairMarketData> market = view.market(unit.id());
      Pnl pnl = PnlLog.pnl(portfolio.ledger(unit.id()), market);
      all.add(MarketStatus.of(unit, market, portfolio.ledger(unit.id()), pnl));
    }
    return all;
  }

  /** In one word, as specification 1.5 names it. */
  public String modeLabel() {
    if (mode.phase() != RunState.Phase.RUN) {
      return mode.phase().name();
    }
    if (latched().isPresent()) {
      return "HALTED";
    }
    if (mode.isPaused()) {
      return "PAUSED";
    }
    boolean stale =
        !portfolio.account().isFresh()
            || view.all().stream().anyMatch(market -> market.staleness().isPresent());
    return stale ? "DEGRADED" : "RUN";
  }

  /** New orders that the rate limiter still lets through in the minute that ends now. */
  public int ordersLeft(Instant now) {
    return risk.ordersLeft(now);
  }

  public boolean isEnded() {
    return mode.phase() == RunState.Phase.STOP;
  }

  /** Sent last by a run that is over. */
  static Command end(int exitCode, String reason) {
    return new Command.Shutdown(exitCode, reason);
  }
}
