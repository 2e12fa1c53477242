package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log event as one line of the live view, of any width: when, which market, and a sentence with
 * the numbers and their units. The log has every field.
 */
public final class EventSentence {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** How the end of an order is shown, whatever it was for. */
  private static final String ORDER =
      "{side} {qty} {leg} at {px}, filled {filled}[ at {avg_px}][: {response}]";

  /**
   * The sentence of each event. {name} is a field, {name%} a fraction in percent, {name$} an amount
   * to the cent, {name?this:that} a flag, {name!} a reason; what stands in [brackets] is left out
   * where one of its fields is missing, none or zero, or repeats the rest.
   */
  private static final String SENTENCES =
      """
      log_init                | log file {file} from level {level}
      wallet_init             | account {configured_address}, signer {derived_address}
      world                   | the simulated market {name}: {assumes}
      markets_info            | spot {spot} and perp {perp}, leverage {desired_perp_leverage}x
      leverage_update_attempt | leverage {desired_perp_leverage}x is requested[: {response}]
      leverage_snapshot       | the leverage of {symbol} is {leverage}x
      pre_trade_state         | the account before trading: perp equity {perp_equity} USD
      reconciled              | compared with the venue: {state}, spot {spot_sz}, short {perp_sz}
      decision                | {action}[ because {because!}]: APR {apr%}[, expected value {ev_bps} bps][, earned back in {break_even_h} h]
      leg_sequence            | {approach} by the depth: spot {spot_depth}, perp {perp_depth}
      order_submitted         | {side} {qty} {leg} at {px} is sent ({purpose}, {tif})
      entry_order             | entry: ORDER
      cancel_order            | cancelled: ORDER
      hedge_order             | hedge: ORDER
      spot_repair_attempt     | repair: ORDER
      perp_repair_attempt     | repair: ORDER
      unwind_attempt          | unwinding, nothing filled: ORDER
      hedge_unwound           | unwound: ORDER
      close_perp_order        | closing: ORDER
      close_spot_order        | closing: ORDER
      order_unknown           | order {cloid} has no answer ({text}); it is asked about
      order_resolved          | order {cloid} is known again: {outcome}
      order_adopted           | order {cloid} rests at the venue and is taken over, {then}
      order_not_listed        | order {cloid} rests by the books and is not in the venue's list; it is asked about
      order_cancelled_unknown | an own order that the books do not know is cancelled: {side} {remaining} {leg} at {px}
      order_denied            | an order was denied by the check before sending: {reason} is {value}, the limit {limit} ({side} {qty} {leg} at {px})
      perp_margin_rejected    | the venue rejected a perp order for lack of margin
      entered_position        | hedged {spot_qty} spot at {spot_px} and {perp_qty} perp at {perp_px}; held in all: spot {spot_sz}, short {perp_sz}
      allocation              | {action}: {reason}[ with {rotation_with}][: expected {forecast_apr%} a year][, costs earned back in {break_even_h_left} h]
      exit_condition_met      | leaving because {reason!}[: APR {apr%}][, expected value {ev_bps} bps]
      exit_finalize_progress  | closing: {perp_abs} perp and {spot_base} spot are left
      exit_completed          | closed: net {pnl_net} USD, of it funding {funding} and fees {fees_total}
      shutdown_summary        | at the end: spot {spot_sz}, short {perp_sz}, net {pnl_net} USD, of it funding {funding} and fees {fees_total}
      dust_recorded           | {spot_sz} spot is left, too little to be sold
      position_reduced        | both legs are reduced[ by {share%}] for {reason} ({stage}): spot {spot_sz}, short {perp_sz}
      state                   | from {from} to {to}
      hedge_repair_started    | the hedge is repaired: {target_sz} of the {side} leg are missing, because {cause!}
      hedge_repair_completed  | hedged again after {took_ms} ms
      unwind_stuck            | {unhedged} ({unhedged_usd} USD) stand un-hedged after {attempts} attempts: {cause}
      residual_reduced        | {alone} ({alone_usd} USD) stood alone and are reduced
      fill                    | {side} {qty} {leg} at {px}, {maker?maker:taker}[, fee {fee_usd} USD]
      funding_received        | funding {usd} USD at {rate%} for {period_h} h
      funding_forecast_error  | the forecast of the funding was off
      transferred             | {what}[: {usd$} USD]
      alignment_observed      | books and account differ
      alignment_forced        | the books are set to the account
      position_adopted        | the position of the account is taken over
      adoption_skipped        | the position of the account is not taken over
      quarantined             | quarantined for {reason}[: {instruction}]
      account_implausible     | an account report[ of {venue}] is not plausible and is left out
      liquidation_detected    | LIQUIDATED: {qty} at {px}, result {result_usd} USD; spot {spot_sz}, short {perp_left}
      adl_detected            | deleveraged by the venue: {qty} at {px}, result {result_usd} USD; spot {spot_sz}, short {perp_left}
      foreign_trade_detected  | a trade of another in our coin: {qty} at {px}; spot {spot_sz}, short {perp_left}
      venue_action_detected   | the venue itself traded: {qty} at {px}; spot {spot_sz}, short {perp_left}
      margin_warning          | margin[ at {venue}] {ratio%} ({band}), liquidation when the price is {liq_distance%} higher[: {instruction}]
      margin_restored         | the margin[ at {venue}] is ample again
      collateral_moved        | {usd$} USD are moved from {from} to {to}[ at {venue}]
      collateral_refused      | the venue refused to move collateral[ at {venue}]
      transfer_never_landed   | a transfer[ at {venue}] was lost on its way and can no longer arrive
      collateral_cannot_be_moved | [at {venue} ]{because}: {instead}
      feed_stale              | the {feed} feed is silent[ ({instrument})][ at {venue}]
      feed_fresh              | the {feed} feed is fresh again[ ({instrument})][ at {venue}]
      clock_skew              | the venue's clock[ at {venue}] is {offset_ms} ms from ours; {entries?entries go on:no entries until they agree}
      disk_space              | {free_percent} % of the journal's disk is free; {entries?entries go on:no entries until there is space}
      budget_low              | {left} of {cap} actions are left at the venue[ {venue}]
      budget_restored         | {left} of {cap} actions are left at the venue[ {venue}], which is enough again
      trading_halted          | ENTRIES ARE HALTED for {reason}: {found}; resume --yes clears it
      kill_switch             | the operator's kill, level {kill_level}
      paused                  | entries are paused by the operator
      trading_resumed         | trading is resumed by the operator[; cleared: {was_latched}]
      flatten_requested       | both legs are closed, as the operator requested
      flattened               | everything is closed; then: {then}
      closed                  | {command}: closed {closed}
      not_closed              | {command}: NOT CLOSED {not_closed}
      ending                  | the run has to end with exit code {exit_code}: {reason}
      metrics                 | {events} events, {orders_sent} orders and {fills} fills in the last minute
      shutdown_requested      | stopping: {reason}
      run_ends                | the run ends: {because}
      shutdown                | ended with exit code {exit_code}: {reason}
      exchange_audit          | {agrees?the books agree with the exchange's:THE BOOKS DIFFER FROM THE EXCHANGE'S}: net {net_ours} USD
      venue_away              | {venue} is away ({cause}): the run goes on without it, its markets wait, and it is asked again
      venue_back              | {venue} is back: its markets are traded again
      waiting_for_venue       | the venue cannot be asked ({cause}); asked again in {next_try_s} s
      commands_unsent         | a command could not be sent: {cause}
      operator_command_unreadable | no command of this version: {command} {argument}
      venue_lost              | the venue was lost: {cause}
      file_permissions        | {note}
      snapshot_unreadable     | the snapshot at row {seq} cannot be read ({because}): {then}
      decided_otherwise       | this version would have decided event {seq} otherwise; what was done stands, and the venue is asked for what is held
      state_from_facts        | {because}: {then}
      message_unreadable      | a message of {source} cannot be read: {detail}
      alert_undelivered       | {channel} did not take the alert {id} ({cause}); {then}
      alerts_file_renewed     | the alerts' file was damaged ({cause}) and is now {aside}; {kept} of its alerts were kept, {waiting} of them still to be sent
      alerts_failed           | the alerts cannot work: {cause}; it is tried again
      chat_failed             | the commands of {channel} cannot be read: {cause}
      chat_ignored            | {messages} messages from chats that are not the owner's were ignored
      journal_failed          | the run ends: {cause}
      heartbeat_failed        | the heartbeat does not arrive: {cause}
      guard_halted            | no entry while {value} is in force
      """;

  private static final Map<String, String> BY_EVENT = byEvent();

  /** Shown by the status below, or after the end. */
  private static final Collection<String> NOT_SHOWN = List.of("pnl_update", "report");

  /** Answers of a venue that repeat what the sizes are. */
  private static final List<String> REPEATED = List.of("filled", "canceled", "ok");

  private static final Pattern OPTION = Pattern.compile("\\[([^\\]]*)]");
  private static final Pattern FIELD = Pattern.compile("\\{(\\w+)([%$!]|\\?([^:}]*):([^}]*))?}");

  private final LogEvent.Level level;

  EventSentence(LogEvent.Level level) {
    this.level = level;
  }

  private static Map<String, String> byEvent() {
    Map<String, String> sentences = new LinkedHashMap<>();
    SENTENCES
        .lines()
        .map(line -> line.split("\\|", 2))
        .forEach(
            cells -> sentences.put(cells[0].strip(), cells[1].strip().replace("ORDER", ORDER)));
    return sentences;
  }

  Optional<String> line(Instant at, LogEvent event) {
    if (event.level().compareTo(level) > 0 || NOT_SHOWN.contains(event.event())) {
      return Optional.empty();
    }
    String market = event.market().map(of -> of + " ").orElse("");
    return Optional.of(TIME.format(at) + "  " + market + sentence(event));
  }

  /** Whether the event has a sentence of its own, or is shown in another way. */
  static boolean isKnown(String event) {
    return BY_EVENT.containsKey(event) || NOT_SHOWN.contains(event);
  }

  /** What happened, in words. */
  public static String sentence(LogEvent event) {
    if (event.fields().containsKey("gate")) {
      return "no entry: "
          + denial(
              text(event.fields().get("reason")),
              text(event.fields().get("value")),
              text(event.fields().get("limit")));
    }
    String template = BY_EVENT.get(event.event());
    return template == null ? plain(event) : filled(template, event.fields());
  }

  /**
   * Why an order was not placed, in words.
   *
   * @param reason as {@code Denial} names it
   * @param value what was found, {@code limit} what was needed
   */
  public static String denial(String reason, String value, String limit) {
    return switch (reason) {
      case "stale_data" ->
          "there is no fresh " + (value.equals("funding") ? "funding rate" : words(value));
      case "leverage_pending" -> "the venue has not confirmed the leverage yet";
      case "leverage_changed" -> "the leverage at the venue is " + value + "x, not " + limit + "x";
      case "collateral_moving" -> "collateral is being moved between the wallets";
      case "stopping" -> "the run is stopping";
      case "no_quote" -> "the books have no quote on both legs";
      case "hedge_below_minimum" ->
          "the hedge would be "
              + value
              + " USD, below the venue's least order of "
              + limit
              + " USD";
      case "unknown_own_order" -> "the venue has an own order that the books do not know: " + value;
      case "adoption_pending" -> "a position of the account is not taken over yet";
      case "unpriced_exposure" -> value + " is held and has no price";
      case "foreign_perp_long" -> "the account holds " + value + " of the perp long besides";
      case "signal_missing" -> "there is no signal yet (it needs " + limit + " of funding)";
      case "apr" -> "the APR is " + percent(value) + ", below " + percent(limit);
      case "ev_bps" -> "the expected value is " + value + " bps, below " + limit + " bps";
      case "ev_unknown" -> "the expected value is not known (at least " + limit + " bps)";
      case "break_even_h" -> "it is earned back in " + value + " h, later than in " + limit + " h";
      case "throttled" -> "the pause between two rounds lasts until " + time(limit);
      case "venue_rate_limit" -> "the venue's rate limit was reached, until " + time(limit);
      case "hedges_failed" -> value + " hedges have failed, nothing until " + time(limit);
      case "rate_limited" -> value + " orders in this minute, at most " + limit;
      case "target_reached" -> value + " USD are held of the target of " + limit + " USD";
      case "notional_cap_block" ->
          value + " USD are left below the caps, an entry needs " + limit + " USD";
      case "skip_due_to_open_orders" -> value + " own orders are open";
      case "guard_halted" -> value.replace('_', ' ') + " is in force";
      case "unit_gap" ->
          "spot and perp stand " + percent(value) + " apart, more than " + percent(limit);
      case "min_spread_ticks" ->
          "the perp stands " + value + " ticks above the spot, below " + limit;
      case "spot_balance" ->
          value + " USD are free in the spot wallet, an entry needs " + limit + " USD";
      case "perp_margin" ->
          value + " USD are free in the perp wallet, an entry needs " + limit + " USD";
      case "margin_ratio" -> "the margin would be " + percent(value) + ", below " + percent(limit);
      case "clock_skew" ->
          "the venue's clock is " + value + " ms from ours, at most " + limit + " ms";
      case "disk_full" -> "the journal's disk has " + value + ", an entry needs " + limit;
      case "address_budget" -> value + " actions are left at the venue, " + limit + " are kept";
      case "delisted" -> "the coin is delisted";
      case "halted" -> "trading in the coin is halted";
      case "another_market_under_way" -> "an order of " + value + " is under way";
      case "waits_for_exit" -> value + " is left first";
      case "rotated_out" -> value + " takes its place";
      case "not_among_the_best" -> "the capital is in better markets";
      case "below_entry_threshold" -> "the expected rate is below the entry threshold";
      case "below_its_costs" -> "the expected rate does not earn the costs in time";
      case "no_forecast" -> "the history of its rates is too short for a forecast";
      default -> reason.replace('_', ' ') + " (" + value + ", needed " + limit + ")";
    };
  }

  /** Why something was decided, as what follows "because". */
  private static String because(String reason) {
    return switch (reason) {
      case "apr" -> "the averaged rate is below its threshold";
      case "ev_bps" -> "the expected value is too small";
      case "ev_unknown" -> "the expected value is not known";
      case "break_even_h" -> "the costs would be earned back too late";
      case "signal_missing" -> "there is no signal yet";
      case "unknown" -> "of a reason that is not known";
      case "hedge_failed" -> "its order was not filled";
      case "waits_for_exit",
          "rotated_out",
          "not_among_the_best",
          "below_entry_threshold",
          "below_its_costs",
          "no_forecast" ->
          denial(reason, "another market", "");
      default -> "of " + words(reason);
    };
  }

  /** The time of day of an instant, to the second; what is none stays as it is. */
  private static String time(String instant) {
    return instant.matches("[0-9-]{10}T[0-9:.]+Z") ? instant.substring(11, 19) + " UTC" : instant;
  }

  private static String filled(String template, Map<String, Object> fields) {
    Matcher option = OPTION.matcher(template);
    String whole =
        option.replaceAll(found ->
            Matcher.quoteReplacement(isWhole(found.group(1), fields) ? found.group(1) : ""));
    return FIELD
        .matcher(whole)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(), fields)));
  }

  private static boolean isWhole(String part, Map<String, Object> fields) {
    Matcher field = FIELD.matcher(part);
    while (field.find()) {
      Object value = fields.get(field.group(1));
      boolean isZero = value instanceof BigDecimal number && number.signum() == 0;
      boolean isRepeated = field.group(1).equals("response") && REPEATED.contains(text(value));
      if (value == null
          || isZero
          || isRepeated
          || value.toString().isEmpty()
          || value.equals("none")) {
        return false;
      }
    }
    return true;
  }

  private static String value(String reference, Map<String, Object> fields) {
    Matcher field = FIELD.matcher(reference);
    if (!field.matches()) {
      return reference;
    }
    Object value = fields.get(field.group(1));
    String form = field.group(2);
    if (form == null) {
      return words(text(value));
    }
    if (form.equals("!")) {
      return because(text(value));
    }
    if (form.startsWith("?")) {
      return Boolean.TRUE.equals(value) ? field.group(3) : field.group(4);
    }
    return form.equals("%")
        ? percent(value == null ? "" : value.toString())
        : value instanceof BigDecimal amount
            ? amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString()
            : text(value);
  }

  private static String percent(String fraction) {
    return fraction.matches("-?[0-9.]+(E-?[0-9]+)?")
        ? new BigDecimal(fraction)
                .movePointRight(2)
                .setScale(4, RoundingMode.HALF_EVEN)
                .round(new MathContext(5))
                .stripTrailingZeros()
                .toPlainString()
            + " %"
        : "unknown";
  }

  /** An event without a sentence: its name and its fields. */
  private static String plain(LogEvent event) {
    return event.event().replace('_', ' ')
        + event.fields().entrySet().stream()
            .map(field -> "; " + field.getKey().replace('_', ' ') + " " + text(field.getValue()))
            .collect(Collectors.joining());
  }

  /** A name of the log as words. */
  private static String words(String value) {
    return value.matches("[a-z0-9]+(_[a-z0-9]+)+") ? value.replace('_', ' ') : value;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "unknown";
      case BigDecimal number ->
          number.round(new MathContext(7)).stripTrailingZeros().toPlainString();
      case Collection<?> list ->
          list.stream().map(EventSentence::text).collect(Collectors.joining(", "));
      default -> value.equals("none") ? "unknown" : value.toString();
    };
  }
}
