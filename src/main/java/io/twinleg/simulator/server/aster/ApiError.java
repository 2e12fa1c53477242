package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
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
}
