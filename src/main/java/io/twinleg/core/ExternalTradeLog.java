package io.twinleg.core;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Portfolio.Booking;

/**
 * What somebody else has done to our short, told with sizes, price and loss (specification 2.12).
 */
final class ExternalTradeLog {
  private ExternalTradeLog() {}

  static LogEvent of(Booking.Foreign booking, PairLedger ledger) {
    Fill fill = booking.fill();
    return LogEvent.error(event(fill.cause()))
        .in(fill.instrument().market())
        .with("qty", fill.quantity())
        .with("px", fill.price())
        .with("fee_usd", fill.fee().usd(fill.price()))
        .with("result_usd", booking.result())
        .with("perp_left", ledger.shortPerp())
        .with("spot_sz", ledger.ownedSpot())
        .with("oid", fill.orderId())
        .with("tid", fill.tradeId());
  }

  private static String event(FillOrigin cause) {
    return switch (cause) {
      case ORDER -> "foreign_trade_detected";
      case LIQUIDATION -> "liquidation_detected";
      case DELEVERAGING -> "adl_detected";
    };
  }
}
