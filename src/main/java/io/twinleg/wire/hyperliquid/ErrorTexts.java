package io.twinleg.wire.hyperliquid;

import io.twinleg.core.model.RejectReason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the venue's error texts to reasons. They contain asset numbers, prices and addresses, and
 * change over the years, so a few words of each are searched, the most specific first.
 */
public final class ErrorTexts {
  private static final Pattern ASSET = Pattern.compile("asset=([0-9]{1,15})");
  private static final Map<String, RejectReason> MEANINGS = new LinkedHashMap<>();

  /** In an order's record the reason is one word. */
  private static final Map<String, RejectReason> STATUSES =
      Map.ofEntries(
          Map.entry("tickRejected", RejectReason.TICK),
          Map.entry("minTradeNtlRejected", RejectReason.MIN_NOTIONAL),
          Map.entry("perpMarginRejected", RejectReason.INSUFFICIENT_MARGIN),
          Map.entry("insufficientSpotBalanceRejected", RejectReason.INSUFFICIENT_SPOT_BALANCE),
          Map.entry("reduceOnlyRejected", RejectReason.REDUCE_ONLY),
          Map.entry("badAloPxRejected", RejectReason.BAD_ALO_PRICE),
          Map.entry("iocCancelRejected", RejectReason.IOC_CANCEL),
          Map.entry("marketOrderNoLiquidityRejected", RejectReason.IOC_CANCEL),
          Map.entry("oracleRejected", RejectReason.ORACLE_BAND),
          Map.entry("perpMaxPositionRejected", RejectReason.POSITION_LIMIT));

  static {
    means(RejectReason.SIGNER_UNKNOWN, "does not exist", "must deposit before performing actions");
    means(RejectReason.SIGNER_UNKNOWN, "unable to recover signer", "multi-sig required");
    means(RejectReason.SIGNER_UNKNOWN, "vault not registered", "pending agent removal");
    means(RejectReason.SIGNER_UNKNOWN, "require different signature", "user or api wallet");
    means(RejectReason.EXPIRED, "action already expired");
    means(RejectReason.RATE_LIMIT, "too many cumulative requests", "over weight limit");
    means(RejectReason.RATE_LIMIT, "too many pending post requests", "too many requests");
    means(RejectReason.MISSING_ORDER, "was never placed, already canceled, or filled");
    means(RejectReason.MISSING_ORDER, "cannot modify canceled or filled order");
    means(RejectReason.HALTED, "only post-only orders allowed", "trading is halted");
    means(RejectReason.DELISTED, "delisted", "invalid spot", "unknown coin");
    means(RejectReason.BAD_ALO_PRICE, "post only order would have immediately matched");
    means(RejectReason.IOC_CANCEL, "could not immediately match", "no liquidity available");
    means(RejectReason.MIN_NOTIONAL, "must have minimum value", "order value too small");
    means(RejectReason.INSUFFICIENT_SPOT_BALANCE, "insufficient spot balance");
    means(
        RejectReason.INSUFFICIENT_MARGIN, "insufficient margin", "does not have sufficient margin");
    means(RejectReason.REDUCE_ONLY, "reduce only order", "reduce-only");
    means(RejectReason.TICK, "divisible by tick size", "invalid price", "invalid size");
    means(RejectReason.TICK, "zero size");
    means(RejectReason.OPEN_INTEREST_CAP, "open interest");
    means(RejectReason.ORACLE_BAND, "away from the reference price", "too far from oracle");
    means(RejectReason.ORACLE_BAND, "order price cannot be more than");
    means(RejectReason.POSITION_LIMIT, "exceed margin tier", "order value too large");
    means(RejectReason.OTHER, "invalid nonce", "nonce mismatch", "does not support expires_after");
    means(RejectReason.OTHER, "invalid tp/sl price", "trigger order", "orders are empty");
    means(RejectReason.OTHER, "builder fee", "attempted to modify to invalid new order");
    means(RejectReason.OTHER, "cannot switch leverage type", "invalid leverage value");
    means(RejectReason.OTHER, "cross margin is not allowed", "does not use isolated margin");
    means(RejectReason.OTHER, "scheduled cancel", "invalid twap duration");
    means(RejectReason.OTHER, "unified account", "vault may not perform", "invalid send");
    means(RejectReason.OTHER, "insufficient balance", "insufficient quote token", "agent");
    means(RejectReason.OTHER, "invalid decimal number", "invalid number of decimals");
    means(RejectReason.OTHER, "send amount cannot be zero", "unknown token", "invalid perp dex");
    means(RejectReason.OTHER, "referral code", "sub-account");
  }

  private ErrorTexts() {}

  private static void means(RejectReason reason, String... words) {
    for (String word : words) {
      MEANINGS.put(word, reason);
    }
  }

  /** The reason; empty for an unknown text, whose outcome must be queried. */
  public static Optional<RejectReason> known(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return MEANINGS.entrySet().stream()
        .filter(meaning -> lower.contains(meaning.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The reason, {@link RejectReason#OTHER} for an unknown text. */
  public static RejectReason reason(String text) {
    return known(text).orElse(RejectReason.OTHER);
  }

  /** The reason by the status in an order's record, such as {@code perpMarginRejected}. */
  public static RejectReason reasonOfStatus(String status) {
    boolean isCap = status.toLowerCase(Locale.ROOT).contains("openinterest");
    return STATUSES.getOrDefault(
        status, isCap ? RejectReason.OPEN_INTEREST_CAP : RejectReason.OTHER);
  }

  /** Too late, or a nonce outside of the venue's window: the sender's clock may be wrong. */
  public static boolean isAboutTime(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("action already expired") || lower.contains("nonce too ");
  }

  /** The asset that a text names at its end, as in {@code asset=159}. */
  public static OptionalLong asset(String text) {
    Matcher named = ASSET.matcher(text);
    return named.find() ? OptionalLong.of(Long.parseLong(named.group(1))) : OptionalLong.empty();
  }

  /** The same signed bytes arrived before. */
  public static boolean isDuplicateNonce(String text) {
    return text.toLowerCase(Locale.ROOT).contains("duplicate nonce");
  }

  public static boolean isInvalidNonce(String text) {
    return text.toLowerCase(Locale.ROOT).contains("invalid nonce");
  }

  /** The second half of a modify was rejected: the old order is cancelled. */
  public static boolean isFailedReplacement(String text) {
    return text.startsWith("Error placing new order during modify");
  }
}
