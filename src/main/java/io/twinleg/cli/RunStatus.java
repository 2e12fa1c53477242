package io.twinleg.cli;

import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.JsonText;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the runner last wrote of itself, and whether it is there. */
record RunStatus(Path journal, boolean running, JournalIdentity identity, JsonNode board) {
  static final String NOTHING = "none";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static RunStatus read(Path file) {
    try (JournalReader journal = SqliteJournal.openReadOnly(file)) {
      JsonNode board =
          journal.value("status").map(JSON::readTree).orElseGet(JSON::createObjectNode);
      return new RunStatus(file, JournalLock.isHeld(file), journal.identity(), board);
    }
  }

  /** What keeps entries from happening until an operator resumes. */
  String latched() {
    return board.path("latched").asString(NOTHING);
  }

  String json() {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("running", running);
    head.put("run", identity.mode());
    head.put("seed", identity.seed());
    head.put("world", identity.world());
    String text = JsonText.of(head);
    return text.substring(0, text.length() - 1) + ",\"status\":" + board + "}";
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(running ? "running" : "not running")
        .append(", ")
        .append(identity.mode())
        .append(", ")
        .append(board.path("mode").asString("?"))
        .append(", last written at ")
        .append(board.path("ts").asString("?"))
        .append(" of the run's clock")
        .append(age())
        .append('\n');
    String silent = board.path("venue_silent_since").asString("");
    if (!silent.isEmpty()) {
      text.append("the venue says nothing about the account since ").append(silent).append('\n');
    }
    if (!latched().equals(NOTHING)) {
      text.append("latched: ").append(latched()).append(" (resume --yes clears it)\n");
    }
    board.path("markets").forEach(market -> text.append(line(market)));
    return text.toString().stripTrailing();
  }

  /** How long ago that was: what is shown may be of yesterday. */
  private String age() {
    String written = board.path("written").asString("");
    return written.isEmpty()
        ? ""
        : ", "
            + Math.max(0, Duration.between(Instant.parse(written), Instant.now()).toSeconds())
            + " s ago";
  }

  private static String line(JsonNode market) {
    return "%s %s%n  spot %s  short %s  hedge error %s%n  APR %s  funding %s  fees %s  net %s USD%n  orders: spot %s, perp %s; waiting for: %s%n"
        .formatted(
            text(market, "market"),
            text(market, "state"),
            text(market, "spot_sz"),
            text(market, "perp_sz"),
            text(market, "hedge_error"),
            percent(market),
            text(market, "funding"),
            text(market, "fees_total"),
            text(market, "pnl_net"),
            text(market, "open_spot_orders"),
            text(market, "open_perp_orders"),
            text(market, "waiting_for"));
  }

  private static String percent(JsonNode market) {
    JsonNode apr = market.path("apr");
    return apr.isNumber()
        ? apr.decimalValue().movePointRight(2).setScale(2, RoundingMode.HALF_EVEN) + " %"
        : "?";
  }

  private static String text(JsonNode market, String field) {
    JsonNode value = market.path(field);
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    return value.isNull() || value.isMissingNode() ? "-" : value.asString();
  }
}
