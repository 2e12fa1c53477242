package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.execution.orders.RejectPolicy;
import io.twinleg.core.execution.orders.UnknownOrder;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.execution.pricing.ClipPricer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.execution.pricing.LegSequence;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One market's carry: its state, working orders and history. Every event goes to {@link #apply}; an
 * evaluation calls {@link #prepare}, {@link #snapshot} and {@link #decide}, and {@code sent} for
 * each approved action.
 */
public final class CarryPair {
  private final MarketId market;
  private final List<OrderOutcome> ended = new ArrayList<>();
  private final List<LogEvent> pendingLog = new ArrayList<>();
  private WorkingOrders orders = WorkingOrders.NONE;
  private transient ExecutionSettings settings;
  private transient Duration exitDefer;
  private PairState state = new Flat();
  private PairHistory history = PairHistory.NONE;
  private RejectPolicy rejects = RejectPolicy.NONE;
  private @Nullable Denial lastDenial;
  private @Nullable String externalChange;
  private String quarantineFound = "{}";
  private boolean adopted;

  public CarryPair(MarketId market, ExecutionSettings settings, Duration exitDefer) {
    this.market = market;
    this.settings = settings;
    this.exitDefer = exitDefer;
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

  public String stateLabel() {
    return state.label();
  }

  /** Nothing is under way: the pair waits for the market. */
  public boolean isAtRest() {
    return orders.isEmpty()
        && (state instanceof Flat || state instanceof Hedged || state instanceof Quarantined);
  }

  /** At rest only for the seconds between an entry round that filled and the next. */
  public boolean isBetweenRounds() {
    return state instanceof Hedged
        && history.isAfterFilledRound()
        && lastDenial != null
        && lastDenial.gate() == EntryCheck.ROUND_PAUSE;
  }

  public boolean isQuarantined() {
    return state instanceof Quarantined;
  }

  /** Why it is quarantined, if it is. */
  public Optional<QuarantineReason> quarantine() {
    return state instanceof Quarantined it ? Optional.of(it.reason()) : Optional.empty();
  }

  /** Both legs are being closed, altogether or in part. */
  public boolean isLeaving() {
    return state instanceof Exiting;
  }

  public boolean isFlat() {
    return state instanceof Flat && orders.isEmpty();
  }

  // ---- events

  /** Takes in what an event says of this pair's orders. */
  public void apply(SequencedEvent event) {
    if (event.fact() instanceof Event.OrderEnded end && orders.isLive(end.order())) {
      ExternalChange.ofCancel(end.reason()).ifPresent(cause -> externalChange = cause);
    }
    apply(orders.apply(event));
    if (event.fact() instanceof Event.OrderFilled filled) {
      addToRound(filled.fill());
    }
  }

  private void apply(WorkingOrders.Change change) {
    orders = change.orders();
    change.ended().ifPresent(this::end);
  }

  private void addToRound(Fill fill) {
    boolean ours = fill.clientOrderId().isPresent() && fill.instrument().market().equals(market);
    if (ours && !(state instanceof Unwinding) && !(state instanceof Exiting)) {
      history = history.filled(fill);
    }
  }

  private void end(OrderOutcome end) {
    ended.add(end);
    if (end.order().isUnknown()) {
      log(
          LogEvent.info("order_resolved")
              .with("cloid", end.order().id())
              .with("outcome", end.response()));
    }
    pendingLog.add(end.toLog());
  }

  private void log(LogEvent line) {
    pendingLog.add(line.in(market));
  }

  /** A trade that is not ours has closed a part of the short: answered before anything else. */
  public void changedExternally(FillOrigin cause) {
    externalChange = ExternalChange.name(cause);
  }

  /** A position that was found belongs to the strategy from now on. */
  public void positionAdopted() {
    adopted = true;
  }

  /** After a restart with a gap in the events, every live order is unknown. */
  public void interrupted(Instant now) {
    orders.all().forEach(order -> orders = orders.markUnknown(order.id(), UnknownOrder.since(now)));
  }

  /**
   * @param found what differs, on both sides
   */
  public void quarantine(QuarantineReason reason, Map<String, ?> found) {
    state = Quarantined.begin(reason);
    quarantineFound = found.toString();
    log(
        LogEvent.error("quarantined")
            .with("reason", reason.logName())
            .with(found)
            .with("instruction", reason.instruction()));
  }

  /** Why it is quarantined, what differs and what to do, for an operator. */
  public Optional<String> quarantineText() {
    return quarantine().map(reason -> reason.text(quarantineFound));
  }

  /** An operator resumes: the pair goes on from what its books say. */
  public void release() {
    rejects = RejectPolicy.NONE;
    if (isQuarantined()) {
      state = new Flat();
    }
  }

  /** Cancels every working order, for the fast end of a run; returns what to send. */
  public List<Command> cancelAll(Instant now) {
    return List.copyOf(cancel(order -> true, now));
  }

  private List<Command.CancelOrder> cancel(Predicate<WorkingOrder> which, Instant now) {
    List<Command.CancelOrder> commands = new ArrayList<>();
    for (WorkingOrder order : orders.all()) {
      if (which.test(order) && !order.isCancelling()) {
        orders = orders.cancelSent(order.id(), now);
        commands.add(WorkingOrders.cancel(order.id(), order.instrument()));
      }
    }
    return commands;
  }

  /** The venue lists an order of ours as open at this time of its clock. */
  public WorkingOrders.Listed listed(ClientOrderId id, Instant venueTime) {
    WorkingOrders.Listed found = orders.listed(id, venueTime);
    orders = orders.adopt(id, venueTime);
    return found;
  }

  /** Cancels what is alive against our books; returns what to send. */
  public List<Command.CancelOrder> cancelAdopted(Instant now) {
    return cancel(order -> order.isAdopted() && !order.isUnknown(), now);
  }

  /** Of what another version decided only the orders and what they filled are kept. */
  public void forgetRound() {
    ended.clear();
    pendingLog.clear();
    externalChange = null;
  }

  /** The pair goes on from what its books say, whatever another version was about to do. */
  public void takeStateFromBooks(boolean holding) {
    if (!isQuarantined()) {
      state = new Flat();
      adopted = holding;
    }
  }

  // ---- evaluation

  /** How far the legs stand apart. */
  public HedgeImbalance delta(PairMarketData data, PairLedger ledger, Price price) {
    return HedgeImbalance.of(
            ledger.ownedSpot(),
            ledger.shortPerp(),
            settings.hedgeRatio(),
            data.instrument(Leg.SPOT),
            data.instrument(Leg.PERP),
            price)
        .tradableFrom(rejects.tooSmall());
  }

  /**
   * What holds whatever the state is: unknown orders that are proven, rejects, and external
   * changes. Returns what to send.
   */
  public List<Command> prepare(PairSnapshot.Inputs inputs, EntryAssessment gates) {
    Instant now = inputs.now();
    resolveByTime(inputs.capabilities(), now);
    rejects = rejects.after(ended, inputs.market(), now);
    ended.forEach(end -> end.alert().ifPresent(pendingLog::add));
    ended.forEach(end -> history = history.after(end, now));
    HedgeImbalance gap = delta(inputs.market(), inputs.ledger(), inputs.price());
    if (isAtRest() && !isQuarantined() && !gap.isUnhedged() && rejects.asksForQuarantine()) {
      quarantine(QuarantineReason.PRICES_REJECTED, Map.of());
    }
    history =
        history
            .unhedged(gap.isUnhedged(), now)
            .residual(state instanceof Hedged && Residual.isWorthAnOrder(gap, inputs), now);
    answerExternalChange(snapshot(inputs, gates));
    return RejectPolicy.contradictsBooks(ended) ? List.of(new Command.QueryAccount()) : List.of();
  }

  /** No answer in time makes an order unknown; time alone may prove how an unknown one ended. */
  private void resolveByTime(VenueCapabilities venue, Instant now) {
    for (WorkingOrder order : orders.all()) {
      if (order.answerDue(venue).filter(due -> !now.isBefore(due)).isPresent()) {
        orders = orders.markUnknown(order.id(), UnknownOrder.since(now));
        log(LogEvent.warn("order_unknown").with("cloid", order.id()));
      }
      order
          .unknown()
          .filter(
              unknown -> unknown.provenAt(order, venue).filter(at -> !now.isBefore(at)).isPresent())
          .flatMap(unknown -> unknown.verdict(order))
          .ifPresent(verdict -> apply(orders.reject(order.id(), RejectReason.OTHER, verdict)));
    }
  }

  private void answerExternalChange(PairSnapshot snapshot) {
    PairSnapshot seen = snapshot;
    if (externalChange != null) {
      history = ExternalChange.blocked(history, externalChange, settings, snapshot.now());
      seen = snapshot.with(history);
    }
    PairState next =
        externalChange == null ? state : ExternalChange.answer(state, seen, externalChange);
    PairState found = adopted ? ExternalChange.adopted(seen) : next;
    externalChange = null;
    adopted = false;
    move(found);
  }

  public PairSnapshot snapshot(PairSnapshot.Inputs inputs, EntryAssessment gates) {
    return new PairSnapshot(
        inputs,
        gates,
        delta(inputs.market(), inputs.ledger(), inputs.price()),
        orders,
        ended,
        history,
        rejects,
        settings,
        exitDefer);
  }

  /** Whether the state at hand may place an entry, so that the gates have to be evaluated. */
  public boolean considersEntry(PairSnapshot.Inputs inputs, EntryAssessment gates) {
    return !inputs.stopping() && state.considersEntry(inputs, gates, orders);
  }

  /** Whether an entry is under way, that a gate may interrupt. */
  public boolean isEntering() {
    return state instanceof Entering
        || (state instanceof Resolving resolving && resolving.origin() instanceof Entering);
  }

  /** The next clip as it would be placed now: what rests at its quote, what takes at the best. */
  public Optional<EntryClip> nextClip(PairSnapshot.Inputs inputs, Usd clip) {
    LegSequence sequence =
        state instanceof Entering entering
            ? entering.sequence()
            : LegSequence.of(settings, inputs.market(), inputs.capabilities());
    return EntryRound.plan(
        inputs,
        new ClipPricer(inputs.market(), orders, settings, sequence, history.postOnlyRejects()),
        clip,
        delta(inputs.market(), inputs.ledger(), inputs.price()));
  }

  /** An order whose outcome is unknown is resolved before anything else. */
  public void resolveUnknownFirst() {
    if (orders.hasUnknown() && !(state instanceof Resolving) && !isQuarantined()) {
      move(new Resolving(state));
    }
  }

  /** What the state makes of a snapshot. Its history and log are kept; its actions are not yet. */
  public Transition decide(PairSnapshot snapshot) {
    Transition transition = state.on(snapshot);
    ended.clear();
    history = transition.history();
    pendingLog.addAll(transition.log());
    transition.denial().ifPresent(this::logDenial);
    return transition;
  }

  /** A gate that denies is logged once per change, not per event. */
  private void logDenial(Denial denial) {
    Denial last = lastDenial;
    boolean known =
        last != null && last.gate() == denial.gate() && last.reason().equals(denial.reason());
    if (!known) {
      lastDenial = denial;
      log(EntryRound.toLog(denial));
    }
  }

  /** A command of a transition is on its way; an order of it has been approved by risk. */
  public void sent(Command command, Instant now) {
    if (command instanceof PlaceOrder order) {
      orders = orders.sent(order, now);
      orders.order(order.order()).ifPresent(working -> pendingLog.add(working.toLog()));
    } else {
      orders = orders.sent(command, now);
    }
  }

  /** Goes where a transition leads; returns whether that is another state, which is asked next. */
  public boolean handOn(Transition transition) {
    PairState before = state;
    move(transition.next());
    return !state.equals(before);
  }

  private void move(PairState next) {
    if (!next.label().equals(state.label())) {
      log(LogEvent.debug("state").with("from", state.label()).with("to", next.label()));
      lastDenial = next instanceof Entering ? null : lastDenial;
    }
    state = next;
  }

  public List<LogEvent> takeLog() {
    List<LogEvent> lines = List.copyOf(pendingLog);
    pendingLog.clear();
    return lines;
  }
}
