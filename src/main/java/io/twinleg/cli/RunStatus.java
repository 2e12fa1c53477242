package io.twinleg.cli;

import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.OperatorInbox;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.StatusFields;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the runner last wrote of itself, and whether it is there. */
record RunStatus(
    Path journal, boolean running, JournalIdentity identity, JsonNode board, List<String> pending) {
  private static final String ENDED = "STOP";
  private static final String STARTING = "BOOT";

  static final String NOTHING = "none";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static RunStatus read(Path file) {
    try (JournalReader journal = SqliteJournal.openReadOnly(file)) {
      JsonNode board =
          journal.value("status").map(JSON::readTree).orElseGet(JSON::createObjectNode);
      return new RunStatus(
          file,
          JournalLock.isHeld(file),
          journal.identity(),
          board,
          OperatorInbox.pending(file).stream()
              .map(entry -> (entry.command() + " " + entry.args()).strip())
              .toList());
    }
  }

  /** What keeps entries from happening until an operator resumes. */
  String latched() {
    return board.path("latched").asString(NOTHING);
  }

  /** What both legs of every market are worth; a leg without a price counts as its coins. */
  BigDecimal heldUsd() {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode market : board.path("markets")) {
      sum = sum.add(value(market, "spot_sz", "spot_px")).add(value(market, "perp_sz", "perp_px"));
    }
    return sum;
  }

  private static BigDecimal value(JsonNode market, String size, String price) {
    return market
        .path(size)
        .decimalValue(BigDecimal.ZERO)
        .abs()
        .multiply(market.path(price).decimalValue(BigDecimal.ONE));
  }

  String json() {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("running", running);
    head.put("run", identity.mode());
    head.put("seed", identity.seed());
    head.put("world", identity.world());
    head.put("ended_cleanly", running ? Optional.empty() : Optional.of(hasEnded()));
    head.put("pending_commands", pending);
    String text = JsonText.of(head);
    return text.substring(0, text.length() - 1) + ",\"status\":" + board + "}";
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(running ? "running" : "not running")
        .append(", ")
        .append(identity.mode())
        .append(", ")
        .append(hasBegun() ? mode() : "nothing written yet");
    if (hasBegun()) {
      text.append(", last written at ")
          .append(board.path("ts").asString("?"))
          .append(" of the run's clock")
          .append(age());
    }
    text.append('\n');
    if (!running) {
      text.append(howItEnded());
    }
    if (!pending.isEmpty()) {
      text.append(running ? "not taken yet: " : "taken by the next start: ")
          .append(String.join(", ", pending))
          .append('\n');
    }
    String silent = board.path("venue_silent_since").asString("");
    if (!silent.isEmpty()) {
      text.append("the venue says nothing about the account since ").append(silent).append('\n');
    }
    if (!latched().equals(NOTHING)) {
      text.append("latched: ").append(latched()).append(" (resume --yes clears it)\n");
    }
    JsonNode venues = board.path("venues");
    if (board.path("margin_ratio").isNumber() && !venues.isArray()) {
      text.append(margin(board, "margin_ratio")).append('\n');
    }
    venues.forEach(venue -> text.append(venue(venue)));
    if (board.path("portfolio").isObject()) {
      text.append(capital(board.path("portfolio")));
    }
    board.path("markets").forEach(market -> text.append(line(market)));
    return text.toString().stripTrailing();
  }

  private static String margin(JsonNode fields, String ratio) {
    return "margin "
        + StatusFields.percent(fields, ratio, 2)
        + ", liquidation when the price is "
        + StatusFields.percent(fields, "liq_distance", 2)
        + " higher";
  }

  /** Of a run at several: what lies there, and how its shorts stand. */
  private static String venue(JsonNode venue) {
    String silent = venue.path("silent_since").asString("");
    JsonNode margin = venue.path("margin");
    return "at %s: capital %s USD, net %s USD%s%s%n"
        .formatted(
            venue.path("venue").asString(""),
            venue.path("capital_usd").asString("unknown"),
            venue.path("net_usd").asString("unknown"),
            margin.isObject() ? ", " + margin(margin, "ratio") : "",
            silent.isEmpty() ? "" : ", silent since " + silent);
  }

  private static String length(Duration age) {
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    return age.toHours() < 2
        ? age.toMinutes() + " min"
        : age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
  }

  /**
   * Whether the last run came to its own end, with whatever exit code. Before its first commit a
   * run has sent nothing: there is nothing that an end could leave.
   */
  private boolean hasEnded() {
    return !hasBegun() || mode().equals(ENDED);
  }

  private boolean hasBegun() {
    return board.has("mode");
  }

  private String mode() {
    return board.path("mode").asString("?");
  }

  private String howItEnded() {
    if (!hasBegun()) {
      return "ended before its first commit: it sent nothing\n";
    }
    String remains = "; what was open then is looked at by the next start\n";
    return switch (mode()) {
      case ENDED -> "";
      case STARTING -> "ended while it was starting, at " + written() + remains;
      default -> "not ended cleanly: the last word is of " + written() + remains;
    };
  }

  private String written() {
    return board.path("written").asString("an unknown time");
  }

  /** How long ago that was: what is shown may be of yesterday. */
  private String age() {
    String written = board.path("written").asString("");
    return written.isEmpty()
        ? ""
        : ", " + length(Duration.between(Instant.parse(written), Instant.now())) + " ago";
  }

  /** One capital over many markets: the whole, and what is decided of each. */
  private static String capital(JsonNode whole) {
    StringBuilder text = new StringBuilder();
    text.append(
        "return on capital %s  net %s of %s USD, in use %s, idle %s%n"
            .formatted(
                StatusFields.percent(whole, "return_on_capital", 2),
                StatusFields.cents(whole, "net_usd"),
                StatusFields.text(whole, "capital_usd"),
                StatusFields.cents(whole, "in_use_usd"),
                StatusFields.cents(whole, "idle_usd")));
    for (JsonNode row : whole.path("markets")) {
      text.append(
          "  %s %s  %s, %s%s%n"
              .formatted(
                  StatusFields.text(row, "market"),
                  StatusFields.percent(row, "return_on_capital", 2),
                  StatusFields.text(row, "action"),
                  StatusFields.text(row, "reason"),
                  row.path("readiness").isString()
                      ? "  %s, break-even in %s h"
                          .formatted(
                              StatusFields.text(row, "readiness"),
                              StatusFields.text(row, "break_even_h_left"))
                      : ""));
    }
    return text.toString();
  }

  private static String line(JsonNode market) {
    return "%s %s%n  spot %s  short %s  hedge error %s%n  price %s / %s  notional %s USD%n  APR %s  funding %s  fees %s  net %s USD%n  open orders: %s spot, %s perp%s%n"
        .formatted(
            StatusFields.text(market, "market"),
            StatusFields.text(market, "state"),
            StatusFields.text(market, "spot_sz"),
            StatusFields.text(market, "perp_sz"),
            StatusFields.text(market, "hedge_error"),
            StatusFields.text(market, "spot_px"),
            StatusFields.text(market, "perp_px"),
            StatusFields.cents(market, "notional_usd"),
            StatusFields.percent(market, "apr", 2),
            StatusFields.text(market, "funding"),
            StatusFields.text(market, "fees_total"),
            StatusFields.text(market, "pnl_net"),
            StatusFields.text(market, "open_spot_orders"),
            StatusFields.text(market, "open_perp_orders"),
            StatusFields.waiting(market));
  }
}
