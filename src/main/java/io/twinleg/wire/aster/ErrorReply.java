package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An error of the venue: a negative code and a sentence. */
public record ErrorReply(int code, String text) {
  public static final int TOO_MANY_REQUESTS = -1003;
  public static final int TOO_MANY_ORDERS = -1015;
  public static final int CLOCK = -1021;
  public static final int NO_LISTEN_KEY = -1125;
  public static final int UNKNOWN_SYMBOL = -1121;
  public static final int CANCEL_REJECTED = -2011;
  public static final int NO_SUCH_ORDER = -2013;
  public static final int DUPLICATE_TRANSFER = -4115;
  public static final int NONCE = -4225;

  /** "No need to change margin type": it is set already. */
  public static final int MARGIN_TYPE_IS_SO = -4046;

  /**
   * An error comes with any status, also 200. Marks of success are codes too (200, as a number or
   * in quotes), so only a negative one is an error.
   */
  public static Optional<ErrorReply> read(JsonNode body) {
    return AsterJson.optionalWhole(body, "code")
        .filter(code -> code < 0)
        .map(code ->
            new ErrorReply(code.intValue(), AsterJson.optionalText(body, "msg").orElse("")));
  }

  public JsonNode json() {
    return AsterJson.object().put("code", code).put("msg", text);
  }

  /**
   * The venue does not know whether the request was executed. Codes down to -1099 are about its
   * servers and network: of those only the ones that are known to refuse do.
   */
  public boolean isAmbiguous() {
    return switch (code) {
      case -1000 -> !text.toLowerCase(Locale.ROOT).contains("signature");
      case -1002, TOO_MANY_REQUESTS, -1013, -1014, TOO_MANY_ORDERS, -1016, -1020, CLOCK, -1022 ->
          false;
      default -> code > -1100;
    };
  }

  /** The same request may succeed later, without anything that a person has to mend. */
  public boolean isTemporary() {
    return switch (code) {
      case TOO_MANY_REQUESTS, TOO_MANY_ORDERS, -1016, CLOCK, NONCE -> true;
      default -> isAmbiguous();
    };
  }

  /** An order of this client id is there already: this request, or one before it, has landed. */
  public boolean isDuplicate() {
    return code == -2010 && text.toLowerCase(Locale.ROOT).contains("duplicate");
  }

  /** A key, a signature or a right: a repetition cannot succeed. */
  public boolean isAboutCredentials() {
    return switch (code) {
      case -1000 -> !isAmbiguous();
      case -1002, -1022, -2014, -2015, -5050 -> true;
      default -> false;
    };
  }

  public RejectReason reason(Leg leg) {
    return switch (code) {
      case TOO_MANY_REQUESTS, TOO_MANY_ORDERS -> RejectReason.RATE_LIMIT;
      case CLOCK, NONCE -> RejectReason.EXPIRED;
      case -1111, -4002, -4013, -4014 -> RejectReason.TICK;
      case -4003, -4004, -4164, -5076 -> RejectReason.MIN_NOTIONAL;
      case -2018 -> balance(leg);
      case -2019, -4118 -> RejectReason.INSUFFICIENT_MARGIN;
      case -2021, -5022 -> RejectReason.BAD_ALO_PRICE;
      case -2022 -> RejectReason.REDUCE_ONLY;
      case -4016, -4024, -4131, -5060 -> RejectReason.ORACLE_BAND;
      case -2025, -2027, -2028 -> RejectReason.POSITION_LIMIT;
      case CANCEL_REJECTED, NO_SUCH_ORDER -> RejectReason.MISSING_ORDER;
      case UNKNOWN_SYMBOL -> RejectReason.DELISTED;
      case -2010 -> generic(leg);
      default -> isAboutCredentials() ? RejectReason.SIGNER_UNKNOWN : RejectReason.OTHER;
    };
  }

  private static RejectReason balance(Leg leg) {
    return leg == Leg.SPOT
        ? RejectReason.INSUFFICIENT_SPOT_BALANCE
        : RejectReason.INSUFFICIENT_MARGIN;
  }

  /** "New order rejected" states its reason in the text alone. */
  private RejectReason generic(Leg leg) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("insufficient")) {
      return balance(leg);
    }
    return lower.contains("immediately") ? RejectReason.BAD_ALO_PRICE : RejectReason.OTHER;
  }

  @Override
  public String toString() {
    return code + " " + text;
  }
}
