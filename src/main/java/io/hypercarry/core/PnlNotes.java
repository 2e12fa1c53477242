package io.hypercarry.core;

import io.hypercarry.core.event.Note;
import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Target;
import io.hypercarry.core.portfolio.PairLedger;
import io.hypercarry.core.portfolio.Pnl;
import java.util.Optional;

/**
 * The lines that tell what a market has earned. One rule for both, which the original's two
 * disagreed on (R29).
 */
final class PnlNotes {
  private PnlNotes() {}

  /** Without prices yet, what is realised is all that can be told. */
  static Pnl pnl(PairLedger ledger, Optional<PairMarket> market) {
    Optional<Price> spot = market.flatMap(PairMarket::spotValue);
    Optional<Price> perp = market.flatMap(PairMarket::perpValue);
    return spot.isPresent() && perp.isPresent()
        ? ledger.pnl(spot.get(), perp.get())
        : ledger.realised();
  }

  static Note update(MarketId id, PairLedger ledger, PairMarket market, Optional<Target> target) {
    Note note = position(Note.info("pnl_update").in(id), ledger, Optional.of(market));
    return money(
        note.with("apr", target.flatMap(known -> known.edge().apr())),
        pnl(ledger, Optional.of(market)));
  }

  static Note summary(MarketId id, PairLedger ledger, Optional<PairMarket> market) {
    return money(
        position(Note.info("shutdown_summary").in(id), ledger, market), pnl(ledger, market));
  }

  private static Note position(Note note, PairLedger ledger, Optional<PairMarket> market) {
    return note.with("cum_spot_usd", ledger.cost(Leg.SPOT))
        .with("cum_perp_usd", ledger.cost(Leg.PERP))
        .with("spot_sz", ledger.ownedSpot())
        .with("perp_sz", ledger.shortPerp())
        .with("avg_cost_spot_usd", ledger.averagePrice(Leg.SPOT))
        .with("avg_cost_perp_usd", ledger.averagePrice(Leg.PERP))
        .with("cost_spot_usd", ledger.cost(Leg.SPOT))
        .with("cost_perp_usd", ledger.cost(Leg.PERP))
        .with("spot_mid", market.flatMap(PairMarket::spotValue))
        .with("perp_mid", market.flatMap(PairMarket::perpValue));
  }

  private static Note money(Note note, Pnl pnl) {
    return note.with("realized_spot", pnl.realisedSpot())
        .with("realized_perp", pnl.realisedPerp())
        .with("pnl_spot", pnl.spot())
        .with("pnl_perp", pnl.perp())
        .with("pnl_gross", pnl.gross())
        .with("fees_total", pnl.fees())
        .with("funding", pnl.funding())
        .with("pnl_net", pnl.net());
  }
}
