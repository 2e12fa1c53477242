package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.simulator.ExecutionReport;

/** The venue's words for why an order was rejected when it was judged, and the status it keeps. */
record RejectText(String text, String status) {
  static RejectText of(Instrument instrument, ExecutionReport.Rejected rejected) {
    RejectText plain = plain(instrument, rejected);
    return new RejectText(plain.text + " asset=" + instrument.assetId(), plain.status);
  }

  private static RejectText plain(Instrument instrument, ExecutionReport.Rejected rejected) {
    boolean perp = instrument.leg() == Leg.PERP;
    RejectReason reason = rejected.reason();
    return switch (reason) {
      case TICK -> new RejectText("Price must be divisible by tick size.", "tickRejected");
      case MIN_NOTIONAL ->
          new RejectText(
              "Order must have minimum value of " + (perp ? "$10." : "10 USDC."),
              "minTradeNtlRejected");
      case INSUFFICIENT_MARGIN ->
          new RejectText("Insufficient margin to place order.", "perpMarginRejected");
      case INSUFFICIENT_SPOT_BALANCE ->
          new RejectText("Insufficient spot balance", "insufficientSpotBalanceRejected");
      case REDUCE_ONLY ->
          new RejectText("Reduce only order would increase position.", "reduceOnlyRejected");
      case BAD_ALO_PRICE -> new RejectText(rejected.text(), "badAloPxRejected");
      case IOC_CANCEL ->
          new RejectText(
              "Order could not immediately match against any resting orders.", "iocCancelRejected");
      case OPEN_INTEREST_CAP ->
          new RejectText(
              "Order would increase open interest while open interest is capped",
              "positionIncreaseAtOpenInterestCapRejected");
      case DELISTED -> new RejectText("Asset is being delisted.", "rejected");
      case HALTED -> new RejectText("Trading is halted.", "rejected");
      case ORACLE_BAND, POSITION_LIMIT, RATE_LIMIT, SIGNER_UNKNOWN, EXPIRED, MISSING_ORDER, OTHER ->
          new RejectText(rejected.text(), "rejected");
    };
  }
}
