package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.core.event.Event.DiskSpaceReported;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.ClockSkew;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row of the table of what is announced: a log event, the kind of its alert, how much it matters,
 * and what it does to a condition.
 *
 * @param condition "" where the event is announced each time
 */
record AlertRule(String kind, AlertLevel usual, Effect effect, String condition) {

  /** What an event does to its condition, which is announced when it begins and when it ends. */
  enum Effect {
    /** Has none: is announced each time. */
    EACH,
    BEGINS,
    /** Begins, and is announced once it has lasted a while. */
    WAITS,
    /** Begins anew with another gravity. */
    WORSENS,
    ENDS,
    /** Ends, and is announced whether its beginning was or not. */
    CLOSES
  }

  private static final String TABLE =
      """
      entered_position           | entry      | info     | begins  | position
      exit_completed             | exit       | info     | closes  | position
      position_reduced           | reduction  | warning  | each    |
      hedge_repair_started       | repair     | warning  | each    |
      hedge_unwound              | unwind     | warning  | each    |
      unwind_stuck               | unwind     | critical | each    |
      perp_margin_rejected       | margin     | warning  | each    |
      margin_warning             | margin     | warning  | worsens | margin
      margin_restored            | margin     | info     | ends    | margin
      collateral_refused         | collateral | warning  | each    |
      collateral_cannot_be_moved | collateral | warning  | each    |
      transfer_never_landed      | collateral | warning  | each    |
      liquidation_detected       | liquidated | critical | each    |
      adl_detected               | adl        | critical | each    |
      foreign_trade_detected     | foreign    | critical | each    |
      venue_action_detected      | foreign    | critical | each    |
      quarantined                | quarantine | critical | each    |
      trading_halted             | halt       | critical | each    |
      kill_switch                | halt       | critical | each    |
      trading_resumed            | operator   | info     | each    |
      paused                     | operator   | info     | each    |
      flatten_requested          | operator   | warning  | each    |
      flattened                  | operator   | info     | each    |
      not_closed                 | operator   | critical | each    |
      feed_stale                 | feed       | warning  | waits   | feed
      feed_fresh                 | feed       | info     | ends    | feed
      clock_skew                 | clock      | warning  | worsens | clock
      disk_space                 | disk       | warning  | worsens | disk
      budget_low                 | budget     | warning  | worsens | budget
      budget_restored            | budget     | info     | ends    | budget
      shutdown                   | end        | critical | each    |
      """;

  private static final Map<String, AlertRule> BY_EVENT = byEvent();

  private static Map<String, AlertRule> byEvent() {
    Map<String, AlertRule> rules = new TreeMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      rules.put(
          cells[0].strip(),
          new AlertRule(
              cells[1].strip(),
              AlertLevel.valueOf(upper(cells[2])),
              Effect.valueOf(upper(cells[3])),
              cells[4].strip()));
    }
    return rules;
  }

  private static String upper(String cell) {
    return cell.strip().toUpperCase(Locale.ROOT);
  }

  static Optional<AlertRule> of(LogEvent event) {
    return Optional.ofNullable(BY_EVENT.get(event.event()));
  }

  /** The log events that are announced. */
  static List<String> events() {
    return List.copyOf(BY_EVENT.keySet());
  }

  /** Some events say by themselves that all is well again. */
  Effect effect(LogEvent event) {
    return switch (event.event()) {
      case "clock_skew" ->
          number(event, "offset_ms")
              .map(offset -> new ClockSkew(Duration.ofMillis(offset.longValue())).verdict())
              .filter(ClockSkew.Verdict.FINE::equals)
              .map(fine -> Effect.ENDS)
              .orElse(effect);
      case "disk_space" ->
          number(event, "free_percent")
              .filter(percent -> percent.intValue() > DiskSpaceReported.LOW_PERCENT)
              .filter(percent -> !Boolean.FALSE.equals(event.fields().get("entries")))
              .map(ample -> Effect.ENDS)
              .orElse(effect);
      default -> effect;
    };
  }

  /** How much an event matters may depend on what it says. */
  AlertLevel level(LogEvent event) {
    Map<String, Object> fields = event.fields();
    return switch (event.event()) {
      case "shutdown" ->
          number(event, "exit_code").filter(code -> code.signum() == 0).isPresent()
              ? AlertLevel.INFO
              : AlertLevel.CRITICAL;
      case "margin_warning" -> "warn".equals(fields.get("band")) ? usual : AlertLevel.CRITICAL;
      case "clock_skew", "disk_space" ->
          effect(event) == Effect.ENDS
              ? AlertLevel.INFO
              : Boolean.FALSE.equals(fields.get("entries")) ? AlertLevel.CRITICAL : usual;
      default -> usual;
    };
  }

  static Optional<BigDecimal> number(LogEvent event, String field) {
    return Optional.ofNullable(event.fields().get(field))
        .filter(Number.class::isInstance)
        .map(value -> new BigDecimal(value.toString()));
  }

  /** What distinguishes two alerts of one kind, market and level. */
  static String detail(LogEvent event) {
    StringBuilder detail = new StringBuilder();
    for (String field : List.of("feed", "instrument", "reason", "stage", "venue")) {
      Object value = event.fields().get(field);
      detail.append(value == null ? "" : ":" + value);
    }
    return detail.toString();
  }
}
