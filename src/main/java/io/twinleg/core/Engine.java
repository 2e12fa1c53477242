package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Portfolio;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes every decision: an event comes in by {@link #apply}, commands leave as its output. A pure
 * function of the events it was given: no clock, no I/O, no randomness. Each event passes the same
 * steps in the same order; all that is known between them is the {@link State}.
 */
public final class Engine {
  private final State state;

  /**
   * The short's collateral at an instant, for people: it decides nothing.
   *
   * @param ratio equity over notional
   * @param liquidationDistance how far the price may rise before the venue liquidates, as a part of
   *     it
   * @param target the ratio that is restored; below {@code warn} it is logged, below {@code act}
   *     money is moved or both legs are reduced, below {@code emergency} they are reduced at once
   */
  public record MarginReading(
      BigDecimal ratio,
      BigDecimal liquidationDistance,
      BigDecimal target,
      BigDecimal warn,
      BigDecimal act,
      BigDecimal emergency,
      Usd equity,
      Usd notional) {}

  /**
   * How one capital is spread at one instant, for people.
   *
   * @param inUse what the coins that are held cost, and the collateral that is aimed at
   * @param idle the rest of the capital; never negative
   */
  public record CapitalStatus(Usd capital, Usd inUse, Usd idle, List<Row> markets) {
    /**
     * One market.
     *
     * @param choice what was decided of it, and {@code reason} why
     * @param other the market of the same rotation; null outside of one
     * @param negativeHours newest settled hours in a row whose rate was negative
     * @param readiness a word for what is held: HOLD, CAN CLOSE, …; "" where nothing is
     * @param hoursLeft until its costs are earned back; null where they never are
     */
    public record Row(
        MarketId market,
        String choice,
        String reason,
        @Nullable MarketId other,
        Usd target,
        @Nullable BigDecimal forecastApr,
        int negativeHours,
        String readiness,
        @Nullable Integer hoursLeft) {}

    public CapitalStatus {
      markets = List.copyOf(markets);
    }
  }

  public Engine(Settings settings) {
    this.state = new State(settings);
  }

  /**
   * Other settings, for a run that goes on under another configuration; before its {@link
   * Event.RunStarted}.
   */
  public void configure(Settings newSettings) {
    state.configure(newSettings);
  }

  public EngineOutput apply(SequencedEvent event) {
    EngineOutput.Builder output = new EngineOutput.Builder();
    EventBooking.book(state, event, output);
    if (state.run.isRunning()) {
      AccountReconciler.reconcile(state, event, output);
      OpenOrderReconciler.reconcile(state, event, output);
      RiskProtection.protect(state, event, output);
      boolean allocated = AllocationStep.decide(state, event.receivedTime(), output);
      for (MarketState market :
          allocated ? state.all() : EventBooking.affected(state, event.fact())) {
        if (!state.venue(market).isAwaited()) {
          MarketExecution.execute(state, market, event, output);
        }
      }
      state.closing.advance(state, event.receivedTime(), output);
      RunLifecycle.advance(state, event, output);
    }
    EngineOutput built = output.build();
    state.risk.sent(built.commands());
    built.commands().forEach(command -> state.sent(command, event.receivedTime()));
    return built;
  }

  /**
   * Takes an event in that another version of the program decided on: what it commanded stands, and
   * nothing is decided anew. Until {@link #followed}.
   */
  public void follow(SequencedEvent event, List<Command> commanded) {
    RecordedDecisions.follow(state, event, commanded);
  }

  /**
   * What was decided otherwise is taken in, and this version goes on from what is held.
   *
   * @param complete whether it was every event; where market data were missing nothing new is
   *     opened until an operator resumes
   */
  public void followed(boolean complete) {
    RecordedDecisions.end(state, complete);
  }

  /** Nothing is under way in any market: a moment for what takes a few milliseconds. */
  public boolean isAtRest() {
    return state.run.isRunning()
        && state.all().stream().allMatch(market -> market.pair().isAtRest());
  }

  /** When a timer event is due at the latest; empty when only the market matters. */
  public Optional<Instant> wakeAt() {
    Stream<Optional<Instant>> ofTheRun =
        Stream.of(Optional.ofNullable(state.lifecycleWake), state.allocation.wakeAt());
    Stream<Optional<Instant>> ofVenues =
        state.venues.values().stream()
            .filter(venue -> !venue.isAwaited())
            .map(venue -> venue.margin.wakeAt(venue.capabilities.clockSpeed()));
    return Stream.of(ofTheRun, ofVenues, state.all().stream().map(MarketState::wake))
        .flatMap(each -> each)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  // ---- for a status line; never part of a decision

  public Settings settings() {
    return state.settings;
  }

  public MarketDataCache marketData() {
    return state.data;
  }

  /** Whether the instruments of this market were ever resolved. */
  public boolean knows(MarketId market) {
    return state.data.market(market).isPresent();
  }

  public boolean isDelisted(MarketId market) {
    return state.data.market(market).filter(PairMarketData::isDelisted).isPresent();
  }

  public Portfolio portfolio() {
    return state.portfolio;
  }

  /** What keeps entries from happening until an operator resumes; empty when nothing does. */
  public Optional<String> latched() {
    return state.latched();
  }

  /** Each market in quarantine: why, what differs on both sides, and what to do. */
  public List<String> quarantines() {
    List<String> texts = new ArrayList<>();
    for (MarketState market : state.all()) {
      market.pair().quarantineText().ifPresent(text -> texts.add(market.id() + ": " + text));
    }
    return texts;
  }

  public List<MarketStatus> status() {
    List<MarketStatus> rows = new ArrayList<>();
    for (MarketState market : state.all()) {
      rows.add(MarketStatus.of(market, state.data(market), state.ledger(market)));
    }
    return rows;
  }

  /** In one word, as specification 1.5 names it. */
  public String modeLabel() {
    if (state.run.phase() != RunState.Phase.RUN) {
      return state.run.phase().name();
    }
    if (latched().isPresent()) {
      return "HALTED";
    }
    if (state.run.isPaused()) {
      return "PAUSED";
    }
    boolean stale =
        !state.isEveryAccountFresh()
            || state.data.all().stream().anyMatch(market -> market.staleness().isPresent());
    return stale ? "DEGRADED" : "RUN";
  }

  /** New orders that the rate limiter still lets through in the minute that ends now. */
  public int ordersLeft(Instant now) {
    return state.risk.ordersLeft(now);
  }

  /** How many new orders a minute the rate limiter lets through. */
  public int ordersMax() {
    return state.settings.risk().maxReplacesPerMin();
  }

  /** What the venue still grants of its quota of actions; empty where it keeps none. */
  public Optional<Long> actionsLeft() {
    return state.risk.quotas().least();
  }

  /** The entry gates of each market at this instant; none where no price is known. */
  public Map<MarketId, List<GateReading>> gates(Instant now) {
    Map<MarketId, List<GateReading>> gates = new TreeMap<>();
    state
        .all()
        .forEach(market -> gates.put(market.id(), MarketExecution.gates(state, market, now)));
    return gates;
  }

  /** How one capital is spread over the markets; empty where each has its own target. */
  public Optional<CapitalStatus> capital(Instant now) {
    return AllocationStep.reading(state, now);
  }

  public Set<VenueId> venues() {
    return Collections.unmodifiableSet(state.venues.keySet());
  }

  /** What lies at one venue; empty while it is not known. */
  public Optional<Usd> capitalAt(VenueId venue) {
    return state.capitalAt(state.venue(venue));
  }

  /** Of the venue whose shorts stand nearest to their liquidation. */
  public Optional<MarginReading> margin(Instant now) {
    return margins(now).values().stream()
        .min(Comparator.comparing(MarginReading::liquidationDistance));
  }

  /**
   * The shorts' collateral at each venue at this instant; without those where nothing is short or
   * it is not known.
   */
  public Map<VenueId, MarginReading> margins(Instant now) {
    Map<VenueId, MarginReading> readings = new TreeMap<>();
    for (State.VenueState venue : state.venues.values()) {
      RiskProtection.marginReading(state, venue, now)
          .ifPresent(reading -> readings.put(venue.id(), reading));
    }
    return readings;
  }

  public boolean isEnded() {
    return state.run.phase() == RunState.Phase.STOP;
  }
}
