package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log event as one line of the live view: when, what, and the few figures that matter. */
final class EventFormatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The fields of an event that are shown; the log has them all. */
  private static final Map<String, List<String>> SHOWN = shown();

  /** Logged every minute: the status below shows it. */
  private static final List<String> NOT_SHOWN = List.of("pnl_update", "exit_finalize_progress");

  private static final int MAX_OTHERS = 4;

  private final int width;
  private final LogEvent.Level level;

  EventFormatter(int width, LogEvent.Level level) {
    this.width = width;
    this.level = level;
  }

  private static Map<String, List<String>> shown() {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    shown.put("fill", List.of("leg", "side", "qty", "px", "maker"));
    shown.put(
        "entered_position",
        List.of("spot_sz", "perp_sz", "spot_filled_avg_px", "perp_filled_avg_px"));
    shown.put("funding_received", List.of("usd", "rate"));
    shown.put("exit_completed", List.of("pnl_net", "funding", "fees_total"));
    shown.put("shutdown_summary", List.of("pnl_net", "funding", "fees_total"));
    shown.put("decision", List.of("action", "apr", "ev_bps", "break_even_h", "because"));
    shown.put("entry_blocked", List.of("reason", "value", "limit"));
    shown.put("exchange_audit", List.of("agrees", "net_ours"));
    shown.put("world", List.of("assumes"));
    shown.put("hedge_repair_started", List.of("side", "target_sz", "cause"));
    for (String order :
        List.of(
            "entry_order",
            "hedge_order",
            "cancel_order",
            "spot_repair_attempt",
            "perp_repair_attempt",
            "hedge_unwound",
            "close_spot_order",
            "close_perp_order")) {
      shown.put(order, List.of("leg", "side", "qty", "px", "filled", "response"));
    }
    return shown;
  }

  Optional<String> line(Instant at, LogEvent event) {
    if (event.level().compareTo(level) > 0 || NOT_SHOWN.contains(event.event())) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder(TIME.format(at)).append("  ").append(event.event());
    event.market().ifPresent(market -> line.append(' ').append(market));
    for (String field : fields(event)) {
      Object value = event.fields().get(field);
      if (value != null) {
        line.append("  ").append(field).append(' ').append(brief(value));
      }
    }
    return Optional.of(
        line.length() < width ? line.toString() : line.substring(0, width - 2) + "…");
  }

  private static List<String> fields(LogEvent event) {
    List<String> chosen = SHOWN.get(event.event());
    if (chosen != null) {
      return chosen;
    }
    List<String> all = new ArrayList<>(event.fields().keySet());
    return all.subList(0, Math.min(MAX_OTHERS, all.size()));
  }

  private static String brief(Object value) {
    return value instanceof BigDecimal number
        ? number.round(new MathContext(7)).stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
