package io.twinleg.core.execution;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.util.ArrayList;
import java.util.List;

/** The two lines of the story that matter most: a position is there, and it is gone again. */
final class EntryLog {
  private EntryLog() {}

  /** Told where the setting leaves it to the books or to the venue. */
  static LogEvent legsChosen(PairSnapshot s, LegSequence approach) {
    return LogEvent.info("legs_chosen")
        .in(s.id())
        .with("leg_mode", OrderEventLog.name(s.settings().legMode()))
        .with("approach", OrderEventLog.name(approach))
        .with(
            "spot_depth", AvailableDepth.inPerpUnits(s.market(), s.settings(), Leg.SPOT, Side.BUY))
        .with(
            "perp_depth",
            AvailableDepth.inPerpUnits(s.market(), s.settings(), Leg.PERP, Side.SELL));
  }

  static LogEvent entered(PairSnapshot s, RoundFills round) {
    List<Object> orders = new ArrayList<>();
    orders.addAll(round.spot().orderIds());
    orders.addAll(round.perp().orderIds());
    return LogEvent.info("entered_position")
        .in(s.id())
        .with("apr", s.target().edge().apr())
        .with("spot_symbol", s.instrument(Leg.SPOT).symbol())
        .with("perp_symbol", s.instrument(Leg.PERP).symbol())
        .with("spot_qty", round.spot().size())
        .with("perp_qty", round.perp().size())
        .with("spot_px", round.spot().averagePrice())
        .with("perp_px", round.perp().averagePrice())
        .with("spot_best", s.market().book(Leg.SPOT).best(Side.BUY))
        .with("perp_best", s.market().book(Leg.PERP).best(Side.SELL))
        .with("spot_filled_usd", round.spot().notional())
        .with("perp_filled_usd", round.perp().notional())
        .with("spot_filled_sz", round.spot().size())
        .with("perp_filled_sz", round.perp().size())
        .with("spot_filled_avg_px", round.spot().averagePrice())
        .with("perp_filled_avg_px", round.perp().averagePrice())
        .with("spot_oid", last(round.spot().orderIds()))
        .with("perp_oid", last(round.perp().orderIds()))
        .with("cum_spot_usd", s.ledger().cost(Leg.SPOT))
        .with("cum_perp_usd", s.ledger().cost(Leg.PERP))
        .with("spot_sz", s.ledger().ownedSpot())
        .with("perp_sz", s.ledger().shortPerp())
        .with("avg_cost_spot_usd", s.ledger().averagePrice(Leg.SPOT))
        .with("avg_cost_perp_usd", s.ledger().averagePrice(Leg.PERP))
        .with("cost_spot_usd", s.ledger().cost(Leg.SPOT))
        .with("cost_perp_usd", s.ledger().cost(Leg.PERP))
        .with("fee_spot_usd", round.spot().fees())
        .with("fee_perp_usd", round.perp().fees())
        .with("orders", orders);
  }

  private static Object last(List<Long> orderIds) {
    return orderIds.isEmpty() ? "none" : orderIds.get(orderIds.size() - 1);
  }

  static LogEvent exited(PairSnapshot s) {
    return LogEvent.info("exit_completed")
        .in(s.id())
        .with("apr", s.target().edge().apr())
        .with("realized_spot", s.ledger().realised().realisedSpot())
        .with("realized_perp", s.ledger().realised().realisedPerp())
        .with("fees_total", s.ledger().fees())
        .with("funding", s.ledger().funding())
        .with("pnl_net", s.ledger().realised().net());
  }
}
