package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.ReconciliationSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A position that is found where there are no books (a lost journal, a carry begun by hand) is
 * somebody else's, unless the configuration says that it is ours: then it is taken into the books
 * at the mark (specification 2.7).
 */
final class PositionAdoption {
  private final Engine engine;
  private final CommandBuffer dispatch;

  PositionAdoption(Engine engine, CommandBuffer dispatch) {
    this.engine = engine;
    this.dispatch = dispatch;
  }

  void run(Event fact) {
    for (MarketState unit : engine.units()) {
      if (fact instanceof Event.StartupCompleted) {
        unit.adopting(wanted() != ReconciliationSettings.Adoption.NONE && isNew(unit));
      }
      if (unit.isAdopting()) {
        engine.portfolio().account().reported().ifPresent(account -> adopt(unit, account));
      }
    }
  }

  private ReconciliationSettings.Adoption wanted() {
    return engine.settings().alignment().adoption();
  }

  private boolean isNew(MarketState unit) {
    return engine.portfolio().ledger(unit.id()).isUntouched();
  }

  private void adopt(MarketState unit, AccountState account) {
    Quantity found = account.perpSize(InstrumentId.perp(unit.id()));
    if (found.signum() >= 0) {
      unit.adopting(false);
      dispatch.tell(LogEvent.warn("nothing_adopted").in(unit.id()).with("perp_sz", found));
      return;
    }
    Optional<PairMarketData> market = engine.view().market(unit.id());
    Optional<Price> perp = market.flatMap(PairMarketData::perpValue);
    Optional<Price> spot = market.flatMap(PairMarketData::spotValue);
    if (perp.isPresent() && spot.isPresent()) {
      Quantity coins = coins(unit, market.get(), account, found.negated());
      take(
          unit,
          new PositionAdjustment(
              unit.id(), "adopted", found.negated(), Quantity.ZERO, coins, perp.get(), spot.get()));
    }
  }

  /** No more than the short needs: the others stay their owner's. */
  private Quantity coins(
      MarketState unit, PairMarketData market, AccountState account, Quantity shortPerp) {
    if (wanted() != ReconciliationSettings.Adoption.BOTH) {
      return Quantity.ZERO;
    }
    BigDecimal needed =
        shortPerp
            .value()
            .multiply(market.multiplier())
            .divide(unit.settings().execution().hedgeRatio(), 8, RoundingMode.DOWN);
    return new Quantity(needed).min(account.spotTotal(InstrumentId.spot(unit.id())));
  }

  private void take(MarketState unit, PositionAdjustment correction) {
    unit.adopting(false);
    dispatch.send(new Command.AdjustPosition(correction));
    engine.portfolio().correct(correction);
    unit.pair().outside().adopted();
    dispatch.tell(
        LogEvent.warn("position_adopted")
            .in(unit.id())
            .with("perp_sz", correction.shortPerp())
            .with("perp_px", correction.perpPrice())
            .with("spot_sz", correction.ownedSpot())
            .with("spot_px", correction.spotPrice()));
  }
}
