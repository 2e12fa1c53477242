package io.twinleg.core.execution;

import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.execution.orders.RejectPolicy;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.execution.pricing.QuotePricer;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One market at one event: all that a state reads. Built once an event; a transition makes the next
 * one of it.
 *
 * @param inputs what surrounds the pair
 * @param delta how far the legs stand apart
 * @param ended the orders that ended with the event at hand
 * @param exitDefer how long an exit by rate or value waits for a payment in its favour
 * @param rejects what the venue's recent rejects ask for
 */
public record PairSnapshot(
    Inputs inputs,
    EntryAssessment entry,
    HedgeImbalance delta,
    WorkingOrders orders,
    List<OrderOutcome> ended,
    PairHistory history,
    RejectPolicy rejects,
    ExecutionSettings settings,
    Duration exitDefer) {

  /**
   * What surrounds a pair at one event.
   *
   * @param price that the perp is valued at now
   * @param directive what risk asks of the pair, whatever the strategy wants
   * @param stopping the run ends: finish what is open, begin nothing
   */
  public record Inputs(
      PairMarketData market,
      PairLedger ledger,
      Price price,
      TargetPosition target,
      RiskDirective directive,
      FeeSchedule fees,
      VenueCapabilities capabilities,
      boolean stopping,
      Instant now) {}

  public PairSnapshot {
    ended = List.copyOf(ended);
  }

  /** The pair's own gate that keeps it from beginning a round now, if one does. */
  public Optional<Denial> ownDenial() {
    return EntryRound.ownDenial(this);
  }

  PairMarketData market() {
    return inputs.market();
  }

  PairLedger ledger() {
    return inputs.ledger();
  }

  Price price() {
    return inputs.price();
  }

  TargetPosition target() {
    return inputs.target();
  }

  RiskDirective directive() {
    return inputs.directive();
  }

  FeeSchedule fees() {
    return inputs.fees();
  }

  VenueCapabilities capabilities() {
    return inputs.capabilities();
  }

  boolean isStopping() {
    return inputs.stopping();
  }

  Instant now() {
    return inputs.now();
  }

  /** Whether an instant has come. To be woken at it is asked for by the {@link Transition}. */
  boolean isDue(Instant at) {
    return !now().isBefore(at);
  }

  MarketId id() {
    return instrument(Leg.PERP).id().market();
  }

  Instrument instrument(Leg leg) {
    return market().instrument(leg);
  }

  /** What an order is worth at least. */
  Usd leastTrade() {
    return delta.least();
  }

  /**
   * The same of a pair of orders, by its perp: of more than one perp unit to a coin the spot order
   * is worth so much less.
   */
  Usd leastPair() {
    return leastTrade().times(settings.hedgeRatio().max(BigDecimal.ONE));
  }

  boolean isUnhedged() {
    return delta.isUnhedged();
  }

  boolean isSpotHeavy() {
    return delta.isSpotHeavy();
  }

  /** How far the legs stand apart, in perp units, without its sign. */
  Quantity gap() {
    return delta.value().abs();
  }

  /** Whether anything worth an order is still held. */
  boolean isHolding() {
    return !sellableSpot().isZero() || ledger().shortPerp().isPositive();
  }

  PairSnapshot with(PairHistory newHistory) {
    return new PairSnapshot(
        inputs, entry, delta, orders, ended, newHistory, rejects, settings, exitDefer);
  }

  // ---- sizes and prices

  Quantity sellableSpot() {
    return ClipSizer.sellableSpot(
        ledger().ownedSpot(), instrument(Leg.SPOT), price(), settings.maxSlippageBps());
  }

  Quantity spotToSell(Quantity perpUnits) {
    return ClipSizer.spotToSell(
        perpUnits, instrument(Leg.SPOT), settings.hedgeRatio(), ledger().ownedSpot());
  }

  Quantity spotToBuy(Quantity perpUnits) {
    return ClipSizer.spotToBuy(
        perpUnits, instrument(Leg.SPOT), settings.hedgeRatio(), takerFeeInBase());
  }

  BigDecimal takerFeeInBase() {
    return ClipSizer.feeInBase(capabilities().feeInBase(), fees(), false);
  }

  /** The worst price that an order which takes may get, in ordinary times. */
  Optional<Price> cap(Leg leg, Side side) {
    return market().cap(leg, side, settings.maxSlippageBps());
  }

  /** The same when getting out matters more: unwind, risk exit, kill. */
  Optional<Price> widerCap(Leg leg, Side side) {
    return market().cap(leg, side, settings.maxSlippageBps().multiply(BigDecimal.TWO));
  }

  Optional<Price> touch(Leg leg, Side side) {
    return QuotePricer.touch(market(), orders, leg, side);
  }

  // ---- orders; every perp buy is reduce-only (I5)

  OrderIntent rest(Leg leg, Side side, Price price, Quantity size, OrderPurpose purpose) {
    return order(leg, side, price, size, settings.normalTif(), purpose);
  }

  OrderIntent take(Leg leg, Side side, Price cap, Quantity size, OrderPurpose purpose) {
    return order(leg, side, cap, size, TimeInForce.IOC, purpose);
  }

  private OrderIntent order(
      Leg leg, Side side, Price price, Quantity size, TimeInForce tif, OrderPurpose purpose) {
    boolean reduceOnly = leg == Leg.PERP && side == Side.BUY;
    return new OrderIntent(instrument(leg), side, price, size, tif, reduceOnly, purpose);
  }
}
