package io.twinleg.runtime;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the structured events of a run to the table {@code events}, for people, beside the journal
 * that the program reads: one row for each event that an operator would search for, under the kinds
 * of specification 1.13. Market data and the figures of every minute are left out.
 */
final class StateStore {
  /**
   * The kind of a log event by its name; empty where it is not written. A log event that is not
   * here has its name as its kind. The kinds never change: a log event that is renamed keeps its
   * kind.
   */
  static final Map<String, String> KINDS = kinds();

  private final Journal journal;

  StateStore(Journal journal) {
    this.journal = journal;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("entered_position", "entry");
    kinds.put("exit_completed", "exit");
    kinds.put("funding_received", "funding");
    kinds.put("hedge_repair_started", "repair");
    kinds.put("hedge_repair_completed", "repair");
    kinds.put("spot_repair_attempt", "repair");
    kinds.put("perp_repair_attempt", "repair");
    kinds.put("hedge_unwound", "unwind");
    kinds.put("unwind_attempt", "unwind");
    kinds.put("alignment_observed", "align");
    kinds.put("alignment_forced", "align");
    kinds.put("position_adopted", "align");
    kinds.put("quarantined", "align");
    kinds.put("reconciled", "align");
    kinds.put("guard_halted", "halt");
    kinds.put("trading_halted", "halt");
    kinds.put("kill_switch", "halt");
    kinds.put("dust_recorded", "dust");
    kinds.put("leverage_update_attempt", "leverage");
    kinds.put("order_unknown", "unknown");
    kinds.put("order_resolved", "resolved");
    kinds.put("order_denied", "order_refused");
    kinds.put("cancel_order", "cancel");
    kinds.put("transferred", "transfer");
    kinds.put("order_submitted", "intent");
    kinds.put("leg_sequence", "legs_chosen");
    kinds.put("position_reduced", "delever");
    kinds.put("transfer_never_landed", "collateral_lost");
    kinds.put("adoption_skipped", "nothing_adopted");
    kinds.put("feed_stale", "degraded");
    kinds.put("feed_fresh", "resumed");
    kinds.put("trading_resumed", "resumed");
    for (String kept : List.of("fill", "state", "unwind_stuck")) {
      kinds.put(kept, kept);
    }
    kinds.put("collateral_moved", "");
    kinds.put("shutdown", "run_stop");
    kinds.put("shutdown_summary", "snapshot");
    kinds.put("pnl_update", "");
    kinds.put("funding_forecast_error", "");
    return kinds;
  }

  void record(SequencedEvent event) {
    Instant at = event.receivedTime();
    switch (event.fact()) {
      case Event.RunStarted started -> {
        journal.logEvent(at, "run_start", Map.of("run_id", started.runId()));
        journal.logEvent(at, "config_hash", Map.of("config_hash", started.configHash()));
        journal.put("run_id", started.runId());
        journal.put("config_hash", started.configHash());
      }
      case Event.InstrumentsResolved resolved ->
          journal.logEvent(at, "instrument_pin", instruments(resolved));
      case Event.OrderAccepted accepted ->
          journal.logEvent(
              at, "ack", pair("cloid", accepted.order().hex(), "oid", accepted.orderId()));
      case Event.OrderRejected rejected ->
          journal.logEvent(
              at, "reject", pair("cloid", rejected.order().hex(), "text", rejected.text()));
      default -> {
        // covered by the log events it led to, or not written
      }
    }
  }

  private static Map<String, Object> instruments(Event.InstrumentsResolved resolved) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("market", resolved.market().name());
    data.put("spot", resolved.spot().symbol());
    data.put("spot_wire", resolved.spot().wireName());
    data.put("spot_asset", resolved.spot().assetId());
    data.put("perp", resolved.perp().symbol());
    data.put("perp_asset", resolved.perp().assetId());
    return data;
  }

  private static Map<String, Object> pair(
      String key, Object value, String other, Object otherValue) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(key, value);
    data.put(other, otherValue);
    return data;
  }

  void recordSent(Instant at, List<CommandRecord> commands) {
    for (CommandRecord command : commands) {
      if (command.command() instanceof Command.PlaceOrder order) {
        journal.logEvent(at, "sent", pair("cloid", order.order().hex(), "seq", command.sequence()));
      }
    }
  }

  void record(Instant at, LogEvent event) {
    String kind = KINDS.getOrDefault(event.event(), event.event());
    if (kind.isEmpty()) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("event", event.event());
    event.market().ifPresent(market -> data.put("market", market.name()));
    data.putAll(event.fields());
    journal.logEvent(at, kind, data);
    if (event.event().equals("fill")) {
      journal.logEvent(at, "fee", fee(event));
    }
  }

  /** A kind of the original, kept for its readers. */
  private static Map<String, Object> fee(LogEvent event) {
    Map<String, Object> data = new LinkedHashMap<>();
    event.market().ifPresent(market -> data.put("market", market.name()));
    for (String field : List.of("leg", "fee", "fee_token", "fee_usd", "tid")) {
      Optional.ofNullable(event.fields().get(field)).ifPresent(value -> data.put(field, value));
    }
    return data;
  }
}
