package io.twinleg.core.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Why an order was not placed: ours, not the venue's (the venue rejects).
 *
 * @param event the log event it is logged as ({@code entry_blocked}, {@code rate_limited}, …)
 * @param value what was found, {@code limit} what was needed
 */
public record Denial(EntryCheck gate, String event, String reason, String value, String limit) {
  public static Denial blocked(EntryCheck gate, String reason, Object value, Object limit) {
    return new Denial(gate, "entry_blocked", reason, text(value), text(limit));
  }

  /** Of an intent that a correct strategy does not send: a defect of the program. */
  public static Denial ofOrder(String reason, Object value, Object limit) {
    return new Denial(EntryCheck.PRE_TRADE_RISK, "order_denied", reason, text(value), text(limit));
  }

  public static Denial named(EntryCheck gate, String event, Object value, Object limit) {
    return new Denial(gate, event, event, text(value), text(limit));
  }

  /** A time to the millisecond: the rest of it means nothing to anyone. */
  private static String text(Object value) {
    return value instanceof Instant time
        ? time.truncatedTo(ChronoUnit.MILLIS).toString()
        : value.toString();
  }
}
