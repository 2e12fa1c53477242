package io.twinleg.core;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines that tell what a market has earned. One rule for both, which the original's two
 * disagreed on (R29).
 */
final class PnlLog {
  private PnlLog() {}

  /** Without prices yet, what is realised is all that can be told. */
  static Pnl pnl(PairLedger ledger, Optional<PairMarketData> market) {
    Optional<Price> spot = market.flatMap(PairMarketData::spotValue);
    Optional<Price> perp = market.flatMap(PairMarketData::perpValue);
    return spot.isPresent() && perp.isPresent()
        ? ledger.pnl(spot.get(), perp.get())
        : ledger.realised();
  }

  static LogEvent update(
      MarketId id, PairLedger ledger, PairMarketData market, Optional<TargetPosition> target) {
    Map<String, Object> fields = position(ledger, Optional.of(market));
    fields.put("apr", target.flatMap(known -> known.edge().apr()));
    money(fields, pnl(ledger, Optional.of(market)));
    return LogEvent.info("pnl_update").in(id).with(fields);
  }

  static LogEvent summary(MarketId id, PairLedger ledger, Optional<PairMarketData> market) {
    Map<String, Object> fields = position(ledger, market);
    money(fields, pnl(ledger, market));
    return LogEvent.info("shutdown_summary").in(id).with(fields);
  }

  private static Map<String, Object> position(PairLedger ledger, Optional<PairMarketData> market) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cum_spot_usd", ledger.cost(Leg.SPOT));
    fields.put("cum_perp_usd", ledger.cost(Leg.PERP));
    fields.put("spot_sz", ledger.ownedSpot());
    fields.put("perp_sz", ledger.shortPerp());
    fields.put("avg_cost_spot_usd", ledger.averagePrice(Leg.SPOT));
    fields.put("avg_cost_perp_usd", ledger.averagePrice(Leg.PERP));
    fields.put("cost_spot_usd", ledger.cost(Leg.SPOT));
    fields.put("cost_perp_usd", ledger.cost(Leg.PERP));
    fields.put("spot_mid", market.flatMap(PairMarketData::spotValue));
    fields.put("perp_mid", market.flatMap(PairMarketData::perpValue));
    return fields;
  }

  private static void money(Map<String, Object> fields, Pnl pnl) {
    fields.put("realized_spot", pnl.realisedSpot());
    fields.put("realized_perp", pnl.realisedPerp());
    fields.put("pnl_spot", pnl.spot());
    fields.put("pnl_perp", pnl.perp());
    fields.put("pnl_gross", pnl.gross());
    fields.put("fees_total", pnl.fees());
    fields.put("funding", pnl.funding());
    fields.put("corrections", pnl.corrections());
    fields.put("pnl_net", pnl.net());
  }
}
