package io.twinleg.core.model;

/**
 * Why an order was not placed: ours, not the venue's (the venue rejects).
 *
 * @param event the log event it is logged as ({@code entry_blocked}, {@code rate_limited}, …)
 * @param value what was found, {@code limit} what was needed
 */
public record Denial(EntryCheck gate, String event, String reason, String value, String limit) {
  public static Denial blocked(EntryCheck gate, String reason, Object value, Object limit) {
    return new Denial(gate, "entry_blocked", reason, value.toString(), limit.toString());
  }

  /** Of an intent that a correct strategy does not send: a defect of the program. */
  public static Denial ofOrder(String reason, Object value, Object limit) {
    return new Denial(
        EntryCheck.PRE_TRADE_RISK, "order_denied", reason, value.toString(), limit.toString());
  }

  public static Denial named(EntryCheck gate, String event, Object value, Object limit) {
    return new Denial(gate, event, event, value.toString(), limit.toString());
  }
}
