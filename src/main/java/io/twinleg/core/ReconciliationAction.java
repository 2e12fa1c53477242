package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.Reconciliation.Difference;
import io.twinleg.core.execution.ReconciliationSettings.Mode;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.portfolio.PairLedger;
import java.math.MathContext;
import java.util.Optional;

/**
 * What becomes of a lasting difference between our books and the venue's that nothing explains
 * (specification 1.11): an operator is to look, or the books are set to what the venue shows. Never
 * more becomes ours that way: what the venue has beyond our books is somebody else's.
 */
final class ReconciliationAction {
  private final Engine engine;
  private final CommandBuffer dispatch;

  ReconciliationAction(Engine engine, CommandBuffer dispatch) {
    this.engine = engine;
    this.dispatch = dispatch;
  }

  void settle(MarketState unit, Difference difference) {
    Optional<PositionAdjustment> correction =
        difference.signError()
            ? Optional.empty()
            : engine.view().market(unit.id()).flatMap(it -> correction(unit, it, difference));
    if (correction.isPresent()) {
      force(unit, difference, correction.get());
    } else {
      unit.pair()
          .quarantine(
              difference.signError()
                  ? QuarantineReason.PERP_IS_LONG
                  : QuarantineReason.POSITION_MISMATCH);
    }
  }

  private Optional<PositionAdjustment> correction(
      MarketState unit, PairMarketData market, Difference difference) {
    boolean isSettled = market.isDelisted() && difference.perpVenue().isZero();
    boolean forces = engine.settings().alignment().mode() == Mode.FORCE;
    String reason = isSettled ? "settled" : "forced";
    return isSettled || forces
        ? market
            .perpValue()
            .flatMap(perp ->
                spotPrice(market, perp)
                    .map(spot -> correction(unit, difference, reason, perp, spot)))
        : Optional.empty();
  }

  /** Of a coin whose book is broken the perp says what it is worth. */
  private static Optional<Price> spotPrice(PairMarketData market, Price perp) {
    return market
        .spotValue()
        .or(() ->
            Optional.of(
                Price.reference(perp.value().divide(market.multiplier(), MathContext.DECIMAL64))));
  }

  /** Of a short that has grown the new part is foreign; of one that shrank ours is what is left. */
  private PositionAdjustment correction(
      MarketState unit, Difference difference, String reason, Price perp, Price spot) {
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    Quantity foreign = engine.portfolio().foreignPerp(unit.id());
    Quantity missing = difference.perpVenue().minus(difference.perpLocal()).max(Quantity.ZERO);
    Quantity foreignShort = foreign.negated().max(Quantity.ZERO);
    Quantity ours = missing.minus(foreignShort).max(Quantity.ZERO).min(ledger.shortPerp());
    Quantity shortPerp = ledger.shortPerp().minus(ours);
    return new PositionAdjustment(
        unit.id(),
        reason,
        shortPerp,
        difference.perpVenue().plus(shortPerp),
        ledger.ownedSpot().min(difference.spotVenue()),
        perp,
        spot);
  }

  private void force(MarketState unit, Difference difference, PositionAdjustment correction) {
    dispatch.tell(told(unit, difference, correction));
    dispatch.send(new Command.AdjustPosition(correction));
    engine.portfolio().correct(correction);
    unit.aligned();
    unit.pair().outside().changed(FillOrigin.ORDER);
  }

  private LogEvent told(MarketState unit, Difference difference, PositionAdjustment correction) {
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    return LogEvent.error("alignment_forced")
        .in(unit.id())
        .with("reason", correction.reason())
        .with("perp_before", ledger.shortPerp().negated())
        .with("perp_after", correction.shortPerp().negated())
        .with("foreign_before", engine.portfolio().foreignPerp(unit.id()))
        .with("foreign_after", correction.foreignPerp())
        .with("spot_before", ledger.ownedSpot())
        .with("spot_after", correction.ownedSpot())
        .with("perp_px", correction.perpPrice())
        .with("spot_px", correction.spotPrice())
        .with("perp_venue", difference.perpVenue())
        .with("spot_venue", difference.spotVenue());
  }
}
