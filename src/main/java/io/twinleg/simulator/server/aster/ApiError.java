package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.request.Params;

/** A request that cannot be served, on its way back to its sender. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorReply error;

  ApiError(int code, String text) {
    super(text);
    this.error = new ErrorReply(code, text);
  }

  ErrorReply error() {
    return error;
  }

  /** What must be there. */
  static String required(Params params, String name) {
    return params
        .get(name)
        .orElseThrow(() ->
            new ApiError(
                -1102,
                "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed."));
  }

  static AsterInstruments listing(Leg leg, Params params) {
    String symbol = required(params, "symbol");
    return AsterInstruments.find(symbol)
        .orElseThrow(() -> new ApiError(ErrorReply.UNKNOWN_SYMBOL, "Invalid symbol."));
  }

  /** The exchange's reasons in the venue's codes. */
  static final class ErrorCodes {
    private ErrorCodes() {}

    static ErrorReply of(Leg leg, RejectReason reason, String text) {
      return switch (reason) {
        case TICK -> new ErrorReply(-4014, "Price not increased by tick size.");
        case MIN_NOTIONAL -> new ErrorReply(leg == Leg.SPOT ? -5076 : -4164, text);
        case INSUFFICIENT_MARGIN -> new ErrorReply(-2019, "Margin is insufficient.");
        case INSUFFICIENT_SPOT_BALANCE -> new ErrorReply(-2018, "Balance is insufficient.");
        case REDUCE_ONLY -> new ErrorReply(-2022, "ReduceOnly Order is rejected.");
        case BAD_ALO_PRICE ->
            new ErrorReply(
                -5022,
                "Due to the order could not be executed as maker, the Post Only order will be"
                    + " rejected.");
        case IOC_CANCEL -> new ErrorReply(-2020, "Unable to fill.");
        case ORACLE_BAND ->
            new ErrorReply(
                -5060, "The limit order price does not meet the PERCENT_PRICE filter limit.");
        case OPEN_INTEREST_CAP, POSITION_LIMIT ->
            new ErrorReply(-2027, "Exceeded the maximum allowable position at current leverage.");
        case RATE_LIMIT -> new ErrorReply(ErrorReply.TOO_MANY_ORDERS, "Too many new orders.");
        case DELISTED, HALTED -> new ErrorReply(-2010, "The symbol is not open for trading.");
        case SIGNER_UNKNOWN ->
            new ErrorReply(-2015, "Invalid API-key, IP, or permissions for action.");
        case EXPIRED -> new ErrorReply(ErrorReply.NONCE, "Nonce Expired");
        case MISSING_ORDER -> new ErrorReply(ErrorReply.CANCEL_REJECTED, "Unknown order sent.");
        case OTHER -> new ErrorReply(-2010, text);
      };
    }
  }
}
