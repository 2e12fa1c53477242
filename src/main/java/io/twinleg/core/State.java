package io.twinleg.core;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.market.PairMarketData.Valued;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.BuyingPower;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.risk.DrawdownMonitor;
import io.twinleg.core.risk.MarginMonitor;
import io.twinleg.core.risk.PreTradeRisk;
import io.twinleg.core.risk.RiskSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the Engine knows. Changed by its steps alone; here are only look-ups. */
final class State {
  private static final FeeSchedule NO_FEES =
      new FeeSchedule(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  final TreeMap<MarketId, MarketState> markets = new TreeMap<>();
  final TreeMap<VenueId, VenueState> venues = new TreeMap<>();
  final MarketDataCache data;
  final Portfolio portfolio = new Portfolio();
  final RunState run = new RunState();
  final CircuitBreakers breakers = new CircuitBreakers();
  final DrawdownMonitor drawdown;
  final CloseReport closing = new CloseReport();

  /** Of a run with a portfolio. */
  final AllocationState allocation = new AllocationState();

  transient Settings settings;
  PreTradeRisk risk;
  OrderIdTag idTag = new OrderIdTag("00000000");

  /** When the run's own lifecycle is evaluated again. */
  @Nullable Instant lifecycleWake;

  /** Until when a single evaluation waits for the market's data. */
  @Nullable Instant dataDeadline;

  /** When the fast end began. */
  @Nullable Instant fastSince;

  /** Why the run has to end, once what is under way is done. */
  @Nullable Ending ending;

  /** A flatten that ends the run is done: what is left is to see that nothing rests. */
  boolean flattenedEnds;

  /** Until when a clean end waits for the venue's list of open orders. */
  @Nullable Instant listDeadline;

  record Ending(ExitCode code, String reason) {}

  /**
   * What is kept for the account at one venue. Its wallets are in the portfolio, its quota of
   * actions in the risk checks.
   */
  static final class VenueState {
    final MarginMonitor margin;

    /** It said nothing while the run started. */
    boolean away;

    /** The event that completed its start; 0 until then. */
    long startedBy;

    final OpenOrderReconciler.VenueList list = new OpenOrderReconciler.VenueList();

    /** Orders of ours that it lists and the books do not know, and when each was cancelled. */
    final TreeMap<ClientOrderId, Instant> strays = new TreeMap<>();

    VenueCapabilities capabilities =
        new VenueCapabilities(false, false, false, false, false, AccountMode.CLASSIC);
    FeeSchedule fees = NO_FEES;

    private final transient VenueId id;

    private VenueState(VenueId id, RiskSettings settings) {
      this.id = id;
      this.margin = new MarginMonitor(settings);
    }

    VenueId id() {
      return id;
    }

    /** It has not answered all that a start asks: what it holds is known from before. */
    boolean isAwaited() {
      return startedBy == 0;
    }

    void apply(SequencedEvent event, boolean starting) {
      boolean isHere = event.venue().equals(id);
      switch (event.fact()) {
        case Event.RunStarted started -> {
          startedBy = 0;
          away = false;
        }
        case Event.FeedStatusChanged changed
            when isHere && changed.feed() == Event.FeedStatusChanged.Feed.ACCOUNT ->
            away = !changed.fresh() && (away || starting);
        case Event.StartupCompleted completed when !away && isAwaited() ->
            startedBy = event.sequence();
        default -> {
          // not about its start
        }
      }
    }

    /** How far the wait for an answer may go, by its clock. */
    Duration onTheWire(Duration real) {
      return capabilities.onTheWire(real);
    }
  }

  State(Settings settings) {
    this.settings = settings;
    this.risk = new PreTradeRisk(settings.risk());
    this.drawdown = new DrawdownMonitor(settings.risk());
    this.data = new MarketDataCache(settings.signalHoursMax());
    settings.markets().forEach(this::configure);
  }

  /** Latched halts and the count of sent orders stay. */
  void configure(Settings newSettings) {
    settings = newSettings;
    risk = risk.under(newSettings.risk());
    drawdown.configure(newSettings.risk());
    venues.values().forEach(venue -> venue.margin.configure(newSettings.risk()));
    newSettings.markets().forEach(this::configure);
  }

  private void configure(MarketSettings market) {
    VenueState venue =
        venues.computeIfAbsent(market.market().venue(), id -> new VenueState(id, settings.risk()));
    var unused = risk.quotas().of(venue.id());
    MarketState known = markets.get(market.market());
    if (known == null) {
      markets.put(market.market(), new MarketState(market, venue.capabilities));
      portfolio.ledger(market.market());
    } else {
      known.configure(market);
    }
  }

  // ---- look-ups

  Collection<MarketState> all() {
    return markets.values();
  }

  Optional<MarketState> market(MarketId id) {
    return Optional.ofNullable(markets.get(id));
  }

  Optional<PairMarketData> data(MarketState market) {
    return data.market(market.id());
  }

  PairLedger ledger(MarketState market) {
    return portfolio.ledger(market.id());
  }

  /** Of a market, of an event, or of a command. */
  VenueState venue(VenueId id) {
    return Objects.requireNonNull(venues.get(id), () -> "no market is at " + id);
  }

  VenueState venue(MarketState market) {
    return venue(market.id().venue());
  }

  /** Those that are traded there. */
  List<MarketState> at(VenueState venue) {
    List<MarketState> there = new ArrayList<>(markets.size());
    for (MarketState market : markets.values()) {
      if (market.id().venue().equals(venue.id())) {
        there.add(market);
      }
    }
    return there;
  }

  BuyingPower account(VenueState venue) {
    return portfolio.account(venue.id());
  }

  BuyingPower account(MarketState market) {
    return portfolio.account(market.id().venue());
  }

  /** What has left, as the list of orders of its venue has to know. */
  void sent(Command command, Instant now) {
    VenueState venue = venues.get(command.venue());
    if (venue != null) {
      venue.list.sent(command, now);
    }
  }

  /**
   * What the account at one venue is worth for carries: its quote, its collateral, and the coins
   * that are ours; empty before its first report, and while a price of these is not known.
   */
  Optional<Usd> capitalAt(VenueState venue) {
    Usd coins = Usd.ZERO;
    for (MarketState market : at(venue)) {
      Quantity owned = ledger(market).ownedSpot();
      Optional<Price> price = data(market).flatMap(PairMarketData::spotValue);
      if (!owned.isZero() && price.isEmpty()) {
        return Optional.empty();
      }
      coins = coins.plus(price.map(each -> each.times(owned)).orElse(Usd.ZERO));
    }
    return account(venue).worth(this::mark).map(coins::plus);
  }

  boolean isEveryAccountFresh() {
    return venues.values().stream().allMatch(venue -> account(venue).isFresh());
  }

  /** What a perp is valued at; empty while no price is known. */
  Optional<Price> mark(InstrumentId perp) {
    return data.market(perp.market()).flatMap(PairMarketData::perpValue);
  }

  boolean isUnhedged(MarketState market) {
    return data(market)
        .flatMap(pair ->
            pair.perpValue()
                .map(price -> market.pair().delta(pair, ledger(market), price).isUnhedged()))
        .orElse(false);
  }

  /**
   * At an end what is unknown counts as un-hedged: without a price a gap of more than the lots, or
   * anything held of an instrument that is not known.
   */
  boolean mayBeUnhedged(MarketState market) {
    boolean differs = market.mismatchDue().isPresent() && !market.pair().isQuarantined();
    return differs || isGapOpen(market);
  }

  /** Whether its books hold nothing worth an order: the state alone may be behind them. */
  boolean isFlat(MarketState market) {
    return market.pair().isFlat() && !ledger(market).shortPerp().isPositive() && !isGapOpen(market);
  }

  private boolean isGapOpen(MarketState market) {
    Optional<PairMarketData> data = data(market);
    PairLedger ledger = ledger(market);
    if (data.isEmpty()) {
      return ledger.isHolding();
    }
    Optional<Price> price =
        data.get().perpValue().or(() -> data.get().lastValue(Leg.PERP).map(Valued::price));
    return price
        .map(known ->
            market.pair().delta(data.get(), ledger, known).isUnhedged()
                && !isDust(market, data.get(), known))
        .orElseGet(() -> {
          HedgeImbalance gap = market.pair().delta(data.get(), ledger, Price.of("1"));
          return gap.value().abs().exceeds(gap.tolerance());
        });
  }

  /** Coins that no order can sell, and no short. */
  private boolean isDust(MarketState market, PairMarketData data, Price price) {
    PairLedger ledger = ledger(market);
    Quantity sellable =
        ClipSizer.sellableSpot(
            ledger.ownedSpot(),
            data.instrument(Leg.SPOT),
            price,
            market.settings().execution().maxSlippageBps());
    return !ledger.shortPerp().isPositive() && sellable.isZero();
  }

  /** Of every market whose instruments are known. */
  List<Exposure> exposures() {
    List<Exposure> exposures = new ArrayList<>();
    for (MarketState market : all()) {
      data(market)
          .map(pair -> market.exposure(pair, ledger(market), exposurePrice(pair, ledger(market))))
          .ifPresent(exposures::add);
    }
    return exposures;
  }

  /** Where no price is known now: the last one, or what the dearer leg cost. */
  static Price exposurePrice(PairMarketData pair, PairLedger ledger) {
    return pair.perpValue()
        .or(() -> pair.lastValue(Leg.PERP).map(Valued::price))
        .orElseGet(() -> {
          BigDecimal spot = ledger.averagePrice(Leg.SPOT).multiply(pair.multiplier());
          BigDecimal dearer = ledger.averagePrice(Leg.PERP).max(spot);
          return dearer.signum() > 0 ? Price.reference(dearer) : Price.of("1");
        });
  }

  /** The same at the last marks, however old; empty where one was never known. */
  Optional<Usd> lastEquity() {
    Usd sum = Usd.ZERO;
    for (MarketState market : all()) {
      PairLedger ledger = ledger(market);
      Optional<Pnl> pnl =
          ledger.isHolding()
              ? data(market).flatMap(data -> EngineLog.lastPnl(ledger, data))
              : Optional.of(ledger.realised());
      if (pnl.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(pnl.get().net());
    }
    return Optional.of(sum);
  }

  /** The strategy's net at robust marks; empty while a held market has no trustworthy price. */
  Optional<Usd> equity() {
    Usd sum = Usd.ZERO;
    for (MarketState market : all()) {
      PairLedger ledger = ledger(market);
      if (!ledger.isHolding()) {
        sum = sum.plus(ledger.realised().net());
        continue;
      }
      Optional<Usd> last = lastNet(market);
      if (last.isPresent()) {
        sum = sum.plus(last.get());
        continue;
      }
      Optional<Price> spot = data(market).flatMap(PairMarketData::spotValue);
      Optional<Price> perp = data(market).flatMap(PairMarketData::perpValue);
      if (spot.isEmpty() || perp.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(ledger.net(spot.get(), perp.get()));
    }
    return Optional.of(sum);
  }

  /** At a venue that the run began without the last marks count, and the guard sees the others. */
  private Optional<Usd> lastNet(MarketState market) {
    return venue(market).isAwaited() && run.isRunning()
        ? data(market).flatMap(data -> EngineLog.lastPnl(ledger(market), data)).map(Pnl::net)
        : Optional.empty();
  }

  /** What keeps entries from happening until an operator resumes; empty when nothing does. */
  Optional<String> latched() {
    List<String> reasons = new ArrayList<>();
    if (drawdown.isDrawdownTripped()) {
      reasons.add("drawdown");
    }
    if (run.killLevel() > 0) {
      reasons.add("kill level " + run.killLevel());
    }
    if (all().stream().anyMatch(market -> market.pair().isQuarantined())) {
      reasons.add("quarantine");
    }
    reasons.addAll(breakers.reasons());
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
