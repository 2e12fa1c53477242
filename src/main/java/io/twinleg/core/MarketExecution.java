package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.EntryAssessment;
import io.twinleg.core.execution.PairSnapshot;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.Transition;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.PreTradeRisk;
import io.twinleg.core.risk.RiskContext;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One market at one event: decide what to hold, let the pair's state answer with transitions, and
 * check each of their orders.
 */
final class MarketExecution {
  private static final Duration PNL_EVERY = Duration.ofMinutes(1);

  /** A state may hand on to the next within one event; more than a few times is a circle. */
  private static final int HAND_ONS_MAX = 8;

  private final State state;
  private final MarketState market;
  private final CarryPair pair;
  private final PairSnapshot.Inputs inputs;
  private final SequencedEvent event;
  private final EngineOutput.Builder output;
  private final List<Instant> wakeUps = new ArrayList<>();

  private MarketExecution(
      State state,
      MarketState market,
      PairSnapshot.Inputs inputs,
      SequencedEvent event,
      EngineOutput.Builder output) {
    this.state = state;
    this.market = market;
    this.pair = market.pair();
    this.inputs = inputs;
    this.event = event;
    this.output = output;
  }

  static void execute(
      State state, MarketState market, SequencedEvent event, EngineOutput.Builder output) {
    Optional<PairMarketData> data = state.data(market);
    Optional<Price> price = data.flatMap(PairMarketData::perpValue);
    if (data.isEmpty() || price.isEmpty()) {
      return;
    }
    TargetPosition alone =
        market.strategy().target(data.get(), state.venue(market).fees, event.receivedTime());
    TargetPosition target = AllocatedTarget.target(state, market, alone);
    market.lastTarget(target);
    PairSnapshot.Inputs inputs =
        inputs(state, market, data.get(), price.get(), target, event.receivedTime());
    new MarketExecution(state, market, inputs, event, output).run();
  }

  private static PairSnapshot.Inputs inputs(
      State state,
      MarketState market,
      PairMarketData data,
      Price price,
      TargetPosition target,
      Instant now) {
    return new PairSnapshot.Inputs(
        data,
        state.ledger(market),
        price,
        target,
        RiskProtection.directive(state, market, data)
            .strongest(AllocatedTarget.directive(state, market, price)),
        state.venue(market).fees,
        state.venue(market).capabilities,
        state.run.isStopping(),
        now);
  }

  /** The entry gates at this instant, for people; none where no price or no target is known. */
  static List<GateReading> gates(State state, MarketState market, Instant now) {
    Optional<PairMarketData> data = state.data(market);
    Optional<Price> price = data.flatMap(PairMarketData::perpValue);
    Optional<TargetPosition> target = market.lastTarget();
    if (data.isEmpty() || price.isEmpty() || target.isEmpty()) {
      return List.of();
    }
    return EntryEvaluation.readings(
        state, market, inputs(state, market, data.get(), price.get(), target.get(), now));
  }

  private void run() {
    wakeForOrders();
    EntryAssessment gates = EntryEvaluation.gates(state, market, inputs);
    pair.prepare(inputs, gates).forEach(command -> output.send(command.at(venue())));
    react(gates);
    wakeForOrders();
    EngineLog.decision(market, inputs).ifPresent(output::log);
    pair.takeLog().forEach(output::log);
    logPnl();
    schedule();
  }

  /** Lets the states act until one has nothing more to hand on. */
  private void react(EntryAssessment evaluated) {
    EntryAssessment gates = evaluated;
    for (int handOns = 0; ; handOns++) {
      if (handOns == HAND_ONS_MAX) {
        throw new IllegalStateException(market.id() + " went in a circle at " + pair.stateLabel());
      }
      pair.resolveUnknownFirst();
      if (gates.nextClip() instanceof EntryAssessment.Verdict.NotEvaluated
          && pair.considersEntry(inputs, gates)) {
        gates = gates.with(EntryEvaluation.nextClip(state, market, inputs));
      }
      Transition transition = pair.decide(pair.snapshot(inputs, gates));
      transition.wakeAt().ifPresent(wakeUps::add);
      if (!perform(transition)) {
        if (pair.isQuarantined()) {
          pair.handOn(transition);
          return;
        }
        pair.quarantine(QuarantineReason.ORDER_DENIED, Map.of());
      } else if (!pair.handOn(transition)) {
        return;
      }
    }
  }

  /**
   * Sends what a transition asks for; false where risk has denied an order of it. Then none of its
   * orders leaves: half a pair would stand alone.
   */
  private boolean perform(Transition transition) {
    Optional<List<Command>> commands = checked(transition);
    for (Command command : commands.orElse(List.of())) {
      pair.sent(command, inputs.now());
      if (command instanceof Command.PlaceOrder order) {
        output.sendOrder(order);
      } else {
        output.send(command.at(venue()));
      }
    }
    return commands.isPresent();
  }

  private VenueId venue() {
    return market.id().venue();
  }

  /** The transition's commands in their order, each order checked with those before it; or none. */
  private Optional<List<Command>> checked(Transition transition) {
    if (transition.actions().isEmpty()) {
      return Optional.of(List.of());
    }
    List<Command> commands = new ArrayList<>();
    Exposure exposure = market.exposure(inputs.market(), inputs.ledger(), inputs.price());
    int orders = 0;
    for (Transition.PairAction action : transition.actions()) {
      switch (action) {
        case Transition.PairAction.Place place -> {
          OrderIntent intent = withinTarget(place.intent());
          // What the venue would reject as too small is not sent: it stays a residual.
          if (intent.meetsMinimum(inputs.ledger().shortPerp())) {
            RiskContext context = riskContext(exposure, transition.isForcedExit());
            switch (state.risk.check(intent, id(intent, orders), context)) {
              case PreTradeRisk.Result.Approved approved -> commands.add(approved.order());
              case PreTradeRisk.Result.Denied denied -> {
                output.log(EngineLog.orderDenied(intent, denied.denial()));
                return Optional.empty();
              }
            }
            exposure = exposure.with(intent, inputs.price(), inputs.market().multiplier());
            orders++;
          }
        }
        case Transition.PairAction.Send send -> commands.add(send.command());
      }
    }
    return Optional.of(commands);
  }

  /**
   * A hedge by spot that became dearer than the perp was sold at is bought as far as the target
   * goes: what is left of the short is given back, or too small to be.
   */
  private OrderIntent withinTarget(OrderIntent intent) {
    boolean hedgesBySpot =
        intent.instrument().leg() == Leg.SPOT
            && (intent.purpose() == OrderPurpose.HEDGE || intent.purpose() == OrderPurpose.REPAIR);
    if (!hedgesBySpot) {
      return intent;
    }
    Usd most =
        AllocatedTarget.notional(state, market)
            .max(inputs.ledger().cost(Leg.PERP))
            .times(ClipSizer.OVERSHOOT);
    Usd left =
        most.minus(inputs.ledger().cost(Leg.SPOT))
            .minus(pair.orders().pendingUsd(Leg.SPOT, Side.BUY))
            .max(Usd.ZERO);
    Quantity fits =
        new Quantity(left.value().divide(intent.price().value(), MathContext.DECIMAL64));
    return intent.atMost(intent.instrument().floor(fits));
  }

  private ClientOrderId id(OrderIntent intent, int more) {
    return ClientOrderId.of(
        state.idTag,
        market.index(),
        intent.instrument().leg(),
        intent.purpose(),
        event.sequence(),
        output.ordinal(more));
  }

  private RiskContext riskContext(Exposure exposure, boolean widerExit) {
    ExecutionSettings execution = pair.settings();
    return new RiskContext(
        inputs.market(),
        exposure,
        elsewhere(),
        EntriesElsewhere.funds(state, market),
        inputs.fees(),
        new RiskContext.Limits(
            AllocatedTarget.notional(state, market),
            execution.maxSlippageBps(),
            widerExit,
            execution.priceOffsetTicks(),
            execution.perpLeverage(),
            execution.hedgeRatio(),
            inputs.capabilities().feeInBase()),
        inputs.directive(),
        inputs.stopping(),
        inputs.now());
  }

  private Usd elsewhere() {
    return state.exposures().stream()
        .filter(exposure -> !exposure.market().equals(market.id()))
        .map(Exposure::worstNotional)
        .reduce(Usd.ZERO, Usd::plus);
  }

  private void logPnl() {
    Instant now = inputs.now();
    boolean due = market.pnlLoggedAt().map(at -> !now.isBefore(at.plus(PNL_EVERY))).orElse(true);
    if (due
        && inputs.ledger().shortPerp().isPositive()
        && inputs.market().lastValue(Leg.SPOT).isPresent()) {
      market.pnlLogged(now);
      output.log(EngineLog.pnlUpdate(market, inputs));
    }
  }

  // ---- when to come again

  private void wakeForOrders() {
    pair.orders().wakeAt(inputs.capabilities(), inputs.now()).ifPresent(wakeUps::add);
  }

  /** A market under way is evaluated again after the fallback interval, whatever happens. */
  private void schedule() {
    Instant now = inputs.now();
    if (!pair.isAtRest()) {
      wakeUps.add(now.plus(state.settings.evaluationInterval()));
    }
    state.drawdown.nextEvaluation().ifPresent(wakeUps::add);
    market.mismatchDue().ifPresent(wakeUps::add);
    market.wake(wakeUps.stream().filter(now::isBefore).min(Instant::compareTo).orElse(null));
  }
}
