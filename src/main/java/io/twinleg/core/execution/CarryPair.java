package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One market's carry: its state, its live orders and what it remembers. The Engine holds one for
 * each market and hands it every event; it answers with actions and tells what it does.
 */
public final class CarryPair {
  /** A state may hand on to the next within one event; more than a few times is a circle. */
  private static final int MOST_TURNS = 8;

  private final MarketId market;
  private final WorkingOrders orders = new WorkingOrders();
  private final ExternalChange outside = new ExternalChange();
  private final List<OrderOutcome> ended = new ArrayList<>();
  private final List<LogEvent> told = new ArrayList<>();
  private ExecutionSettings settings;
  private Duration exitDefer;
  private PairState state = new Flat();
  private PairHistory memory = PairHistory.NONE;
  private RejectPolicy aftermath = RejectPolicy.NONE;
  private String lastRefusal = "";

  public CarryPair(MarketId market, ExecutionSettings settings, Duration exitDefer) {
    this.market = market;
    this.settings = settings;
    this.exitDefer = exitDefer;
  }

  /**
   * The next clip as this pair would place it now: what rests at its quote, what takes at the best
   * price. A residual of earlier fills counts as a part of it, so that both together are no more
   * than a clip when they stand alone (I3).
   */
  public Optional<EntryClip> plan(
      PairMarketData pairMarket,
      PairLedger ledger,
      Usd clip,
      FeeSchedule fees,
      VenueCapabilities capabilities) {
    LegSequence approach = approach(pairMarket, capabilities);
    ClipPricer pricing = new ClipPricer(pairMarket, orders, settings, approach, memory.tooClose());
    BigDecimal spotFee =
        ClipSizer.feeInBase(capabilities.feeInBase(), fees, pricing.mayRest(Leg.SPOT));
    return pricing.plan(clip, perp -> delta(pairMarket, ledger, perp).usd(), spotFee);
  }

  /** Of the round under way, else as a round that began now would be. */
  private LegSequence approach(PairMarketData pairMarket, VenueCapabilities capabilities) {
    return state instanceof Entering entering
        ? entering.approach()
        : LegSequence.of(settings, pairMarket, capabilities);
  }

  public void configure(ExecutionSettings newSettings, Duration newExitDefer) {
    settings = newSettings;
    exitDefer = newExitDefer;
  }

  public ExecutionSettings settings() {
    return settings;
  }

  public WorkingOrders orders() {
    return orders;
  }

  public ExternalChange outside() {
    return outside;
  }

  public String stateLabel() {
    return state.label();
  }

  /** Nothing is under way: the pair waits for the market. */
  public boolean isAtRest() {
    boolean restful =
        state instanceof Flat || state instanceof Hedged || state instanceof Quarantined;
    return restful && orders.isEmpty();
  }

  /**
   * At rest only for the few seconds between one entry round that filled something and the next.
   */
  public boolean isBetweenRounds() {
    return state instanceof Hedged
        && memory.isAfterFruitfulRound()
        && lastRefusal.equals(EntryCheck.RATE_BUDGET + " " + EntryConditions.THROTTLED);
  }

  public boolean isQuarantined() {
    return state instanceof Quarantined;
  }

  /** Why it is quarantined, if it is. */
  public Optional<QuarantineReason> quarantine() {
    return state instanceof Quarantined it ? Optional.of(it.reason()) : Optional.empty();
  }

  public boolean isFlat() {
    return state instanceof Flat && orders.isEmpty();
  }

  // ---- facts

  /** Takes in what an event says of this pair's orders. */
  public void absorb(SequencedEvent event) {
    Event fact = event.fact();
    resolve(event);
    outside.absorb(fact, orders);
    orders.absorb(fact, event.receivedTime()).ifPresent(this::end);
    if (fact instanceof Event.OrderFilled filled) {
      tally(filled.fill());
    }
  }

  private void tally(Fill fill) {
    boolean ours = fill.clientOrderId().isPresent() && fill.instrument().market().equals(market);
    if (ours && !(state instanceof Unwinding) && !(state instanceof Exiting)) {
      memory = memory.tallied(memory.round().plus(fill));
    }
  }

  private void resolve(SequencedEvent event) {
    switch (event.fact()) {
      case Event.OrderNotFound missing ->
          orders.changeDoubt(missing.order(), doubt -> doubt.notFound(event.venueTime()));
      case Event.NonceInvalidated burnt -> {
        if (burnt.burnt()) {
          orders
              .end(burnt.order(), Optional.of(RejectReason.EXPIRED), "never_landed")
              .ifPresent(this::end);
        } else {
          orders.changeDoubt(
              burnt.order(), doubt -> doubt.judged(event.venueTime(), event.receivedTime()));
        }
      }
      default -> {
        // no answer to a question of ours
      }
    }
  }

  private void end(OrderOutcome end) {
    ended.add(end);
    if (end.order().isUnknown()) {
      told.add(
          LogEvent.info("intent_resolved")
              .in(market)
              .with("cloid", end.order().id())
              .with("outcome", end.response()));
    }
    told.add(OrderEventLog.ended(end));
  }

  /** Cancels everything that lives, without a thought for the rest: the fast end of a run. */
  public void cancelAll(CommandSink outbox, Instant now) {
    for (WorkingOrder order : orders.all()) {
      if (!order.isCancelling()) {
        orders.cancelSent(order.id(), now);
        outbox.send(new Command.CancelOrder(order.id(), order.instrument()));
      }
    }
  }

  /** After a restart that could not see what went on meanwhile, every live order is unknown. */
  public void interrupted(Instant now) {
    for (WorkingOrder order : orders.all()) {
      orders.doubted(order.id(), UnknownOrder.begun(now));
    }
  }

  /** Our books and the venue's disagree. */
  public void quarantine(QuarantineReason reason) {
    state = Quarantined.begin(reason);
    told.add(LogEvent.error("quarantined").in(market).with("reason", reason.logName()));
  }

  /** An operator has looked: the pair goes on from what its books say. */
  public void release() {
    aftermath = aftermath.released();
    if (isQuarantined()) {
      state = new Flat();
    }
  }

  // ---- decisions

  /** Lets the states act until one has nothing more to hand on. */
  public List<LogEvent> react(DecisionInputs around, CommandSink outbox) {
    Timers deadlines = around.deadlines();
    settleDoubts(around);
    heed(around, outbox);
    watchDelta(around);
    memory = outside.remember(memory, settings, deadlines.now());
    move(outside.answer(state, situation(around)));
    for (int turn = 0; ; turn++) {
      if (turn == MOST_TURNS) {
        throw new IllegalStateException(market + " went in a circle at " + state);
      }
      if (!turn(around, outbox)) {
        break;
      }
    }
    if (!isAtRest()) {
      orders
          .all()
          .forEach(order -> order.answerDue(around.capabilities()).ifPresent(deadlines::passed));
    }
    List<LogEvent> notes = List.copyOf(told);
    told.clear();
    return notes;
  }

  /** One state's turn; returns whether it handed on to another. */
  private boolean turn(DecisionInputs around, CommandSink outbox) {
    if (orders.hasUnknown() && !(state instanceof Resolving) && !isQuarantined()) {
      move(new Resolving(state));
    }
    Transition step = state.on(situation(around));
    ended.clear();
    memory = step.memory();
    told.addAll(step.notes());
    step.refusal().ifPresent(this::tell);
    boolean widerExit = step.next() instanceof Exiting exiting && exiting.forced();
    for (PairAction action : step.actions()) {
      if (isWorthSending(action, around.ledger())
          && !perform(action, outbox, widerExit, around.deadlines().now())) {
        return stopAfterDenial();
      }
    }
    boolean handedOn = !step.next().equals(state);
    if (handedOn) {
      move(step.next());
    }
    return handedOn;
  }

  private void move(PairState next) {
    if (!next.label().equals(state.label())) {
      told.add(
          LogEvent.debug("state").in(market).with("from", state.label()).with("to", next.label()));
      lastRefusal = next instanceof Entering ? "" : lastRefusal;
    }
    state = next;
  }

  /** A gate that refuses is told once per change, not per look. */
  private void tell(Denial refusal) {
    String what = refusal.gate() + " " + refusal.reason();
    if (!what.equals(lastRefusal)) {
      lastRefusal = what;
      told.add(OrderEventLog.refused(market, refusal));
    }
  }

  /** What the venue would reject as too small stays a residual. */
  private static boolean isWorthSending(PairAction action, PairLedger ledger) {
    return !(action instanceof PairAction.Place place)
        || OrderFactory.isLargeEnough(place.intent(), ledger.shortPerp());
  }

  /** A strategy that makes an order which risk denies is wrong: the market stops. */
  private boolean stopAfterDenial() {
    if (isQuarantined()) {
      return false;
    }
    quarantine(QuarantineReason.ORDER_DENIED);
    return true;
  }

  /** Returns false where risk has denied an order. */
  private boolean perform(PairAction action, CommandSink outbox, boolean widerExit, Instant now) {
    switch (action) {
      case PairAction.Place place -> {
        Optional<PlaceOrder> order = outbox.place(place.intent(), widerExit);
        if (order.isEmpty()) {
          return false;
        }
        orders.sent(order.get(), now);
        told.add(OrderEventLog.intent(order.get()));
      }
      case PairAction.Cancel cancel -> {
        orders.cancelSent(cancel.command().order(), now);
        outbox.send(cancel.command());
      }
      case PairAction.Ask ask -> {
        orders.advanceDoubt(ask.command().order(), UnknownOrder.Stage.ASKED, now);
        outbox.send(ask.command());
      }
      case PairAction.Burn burn -> {
        orders.advanceDoubt(burn.command().order(), UnknownOrder.Stage.BURNING, now);
        outbox.send(burn.command());
      }
      case PairAction.AskAccount ask -> outbox.send(ask.command());
    }
    return true;
  }

  // ---- levels

  /** Silence becomes doubt, and doubt, where proven, an end. */
  private void settleDoubts(DecisionInputs around) {
    Timers deadlines = around.deadlines();
    for (WorkingOrder order : orders.all()) {
      if (order.answerDue(around.capabilities()).filter(deadlines::passed).isPresent()) {
        orders.doubted(order.id(), UnknownOrder.begun(deadlines.now()));
        told.add(LogEvent.warn("intent_unknown").in(market).with("cloid", order.id()));
      }
      order
          .doubt()
          .flatMap(
              doubt -> OrderStatusResolver.verdict(order, doubt, deadlines, around.capabilities()))
          .flatMap(verdict -> orders.end(order.id(), Optional.of(RejectReason.OTHER), verdict))
          .ifPresent(this::end);
    }
  }

  /** What refusals ask for whatever the state is. */
  private void heed(DecisionInputs around, CommandSink outbox) {
    aftermath = aftermath.after(ended, around.market(), around.deadlines().now());
    ended.forEach(end -> OrderEventLog.page(end).ifPresent(told::add));
    if (RejectPolicy.contradictsBooks(ended)) {
      outbox.send(new Command.QueryAccount());
    }
    boolean mayRest = isAtRest() && !isQuarantined() && !delta(around).isUnhedged();
    if (mayRest && aftermath.asksForQuarantine()) {
      quarantine(QuarantineReason.PRICES_REJECTED);
    }
  }

  private void watchDelta(DecisionInputs around) {
    Instant now = around.deadlines().now();
    memory =
        memory.unhedged(
            delta(around).isUnhedged()
                ? Optional.of(memory.unhedgedSince().orElse(now))
                : Optional.empty());
  }

  public HedgeImbalance delta(DecisionInputs around) {
    return delta(around.market(), around.ledger(), around.price());
  }

  public HedgeImbalance delta(PairMarketData pairMarket, PairLedger ledger, Price price) {
    return HedgeImbalance.of(
            ledger.ownedSpot(),
            ledger.shortPerp(),
            settings.hedgeRatio(),
            pairMarket.instrument(Leg.SPOT),
            pairMarket.instrument(Leg.PERP),
            price)
        .tradableFrom(aftermath.tooSmall());
  }

  private PairSnapshot situation(DecisionInputs around) {
    return new PairSnapshot(
        around.market(),
        around.ledger(),
        around.price(),
        delta(around),
        orders,
        List.copyOf(ended),
        around.target(),
        around.demand(),
        around.desk(),
        around.fees(),
        around.capabilities(),
        settings,
        exitDefer,
        around.stopping(),
        memory,
        aftermath,
        around.deadlines());
  }
}
