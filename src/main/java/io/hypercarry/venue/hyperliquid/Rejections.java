package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.model.RejectReason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The venue's words as reasons, by how a text begins: it ends in numbers and asset ids, and its
 * punctuation has changed over the years. Protocol notes 5.7 and 16.
 */
final class Rejections {
  private static final Map<String, RejectReason> TEXTS = texts();
  private static final Map<String, RejectReason> STATUSES = statuses();

  private Rejections() {}

  private static Map<String, RejectReason> texts() {
    Map<String, RejectReason> texts = new LinkedHashMap<>();
    texts.put("price must be divisible by tick size", RejectReason.TICK);
    texts.put("order has invalid price", RejectReason.TICK);
    texts.put("order must have minimum value", RejectReason.MIN_NOTIONAL);
    texts.put("insufficient margin", RejectReason.INSUFFICIENT_MARGIN);
    texts.put("insufficient spot balance", RejectReason.INSUFFICIENT_SPOT_BALANCE);
    texts.put("order has insufficient spot balance", RejectReason.INSUFFICIENT_SPOT_BALANCE);
    texts.put("reduce only order", RejectReason.REDUCE_ONLY);
    texts.put("reduce-only", RejectReason.REDUCE_ONLY);
    texts.put("post only order would have immediately matched", RejectReason.BAD_ALO_PRICE);
    texts.put("only post-only orders allowed", RejectReason.HALTED);
    texts.put("order could not immediately match", RejectReason.IOC_CANCEL);
    texts.put("no liquidity available", RejectReason.IOC_CANCEL);
    texts.put("order price cannot be more than", RejectReason.ORACLE_BAND);
    texts.put("order price too far from oracle", RejectReason.ORACLE_BAND);
    texts.put("price too far from oracle", RejectReason.ORACLE_BAND);
    texts.put("order rejected due to price more aggressive", RejectReason.OPEN_INTEREST_CAP);
    texts.put("order would increase open interest", RejectReason.OPEN_INTEREST_CAP);
    texts.put("order would cause position to exceed margin tier", RejectReason.POSITION_LIMIT);
    texts.put("order value too large", RejectReason.POSITION_LIMIT);
    texts.put("too many cumulative requests", RejectReason.RATE_LIMIT);
    texts.put("signed action over weight limit", RejectReason.RATE_LIMIT);
    texts.put("action already expired", RejectReason.EXPIRED);
    texts.put("order was never placed, already canceled, or filled", RejectReason.MISSING_ORDER);
    texts.put("user or api wallet", RejectReason.SIGNER_UNKNOWN);
    texts.put("l1 error: user or api wallet", RejectReason.SIGNER_UNKNOWN);
    texts.put("must deposit before performing actions", RejectReason.SIGNER_UNKNOWN);
    texts.put("unable to recover signer", RejectReason.SIGNER_UNKNOWN);
    texts.put("vault not registered", RejectReason.SIGNER_UNKNOWN);
    texts.put("multi-sig required", RejectReason.SIGNER_UNKNOWN);
    return texts;
  }

  private static Map<String, RejectReason> statuses() {
    Map<String, RejectReason> statuses = new LinkedHashMap<>();
    statuses.put("tickRejected", RejectReason.TICK);
    statuses.put("minTradeNtlRejected", RejectReason.MIN_NOTIONAL);
    statuses.put("perpMarginRejected", RejectReason.INSUFFICIENT_MARGIN);
    statuses.put("reduceOnlyRejected", RejectReason.REDUCE_ONLY);
    statuses.put("badAloPxRejected", RejectReason.BAD_ALO_PRICE);
    statuses.put("iocCancelRejected", RejectReason.IOC_CANCEL);
    statuses.put("marketOrderNoLiquidityRejected", RejectReason.IOC_CANCEL);
    statuses.put("insufficientSpotBalanceRejected", RejectReason.INSUFFICIENT_SPOT_BALANCE);
    statuses.put("oracleRejected", RejectReason.ORACLE_BAND);
    statuses.put("perpMaxPositionRejected", RejectReason.POSITION_LIMIT);
    return statuses;
  }

  /** Empty for words that we do not know. */
  static Optional<RejectReason> known(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return TEXTS.entrySet().stream()
        .filter(each -> lower.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Of an order that the venue has judged: whatever it says, it does not rest. */
  static RejectReason ofOrder(String text) {
    return known(text).orElse(RejectReason.OTHER);
  }

  /** Of a status in an order's record, such as {@code perpMarginRejected}. */
  static RejectReason ofStatus(String status) {
    return Optional.ofNullable(STATUSES.get(status))
        .orElse(
            status.contains("OpenInterest") || status.contains("openInterest")
                ? RejectReason.OPEN_INTEREST_CAP
                : RejectReason.OTHER);
  }
}
