package io.twinleg.alerts;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.telemetry.EventSentence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a journal's event log is announced to the owner: a function of the rows, in order, and of
 * the run's clock alone, so that reading them again after a kill gives the same alerts under the
 * same ids. A condition is announced when it begins and when it ends, not while it lasts. What
 * comes within the cool-down is counted, and the last of it announced when that is over, so that
 * the owner is never left with an old state. In the quiet hours all but what is critical waits for
 * the morning.
 */
final class AlertPolicy {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** So long a feed may be silent before that is announced: most silences end by themselves. */
  static final Duration FEED_SILENCE = Duration.ofSeconds(60);

  /** A day's message is of half a day at least. */
  private static final Duration FIRST_SUMMARY_AFTER = Duration.ofHours(12);

  private static final int NIGHT_LINES = 20;
  private static final String END = "end";

  /**
   * What comes within a cool-down.
   *
   * @param condition that it is about; "" where it is about none
   * @param last the last of them
   */
  private record LeftOut(String condition, Alert last, int count) {}

  /** What must survive a restart, as JSON. Mutable; used by this class alone. */
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  private static final class Memory {
    /** When each key was last announced. */
    Map<String, Instant> announced = new TreeMap<>();

    Map<String, LeftOut> leftOut = new LinkedHashMap<>();

    /** The conditions that last, with the key under which their beginning was announced. */
    Map<String, String> lasting = new TreeMap<>();

    Map<String, Alert> waiting = new LinkedHashMap<>();
    List<String> night = new ArrayList<>();
    int nightMore;
    boolean nightWarns;
    boolean running;
    @Nullable Instant clock;
    @Nullable Instant morning;
    @Nullable Instant since;
    BigDecimal funding = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    Map<String, Integer> counts = new TreeMap<>();
  }

  private final AlertSettings settings;
  private final String tag;
  private final Memory memory;
  private final List<Alert> alerts = new ArrayList<>();

  /**
   * @param tag of the journal, which the ids begin with
   * @param memory as {@link #memory} gave it; "" at first
   */
  AlertPolicy(AlertSettings settings, String tag, String memory) {
    this.settings = settings;
    this.tag = tag;
    this.memory = memory.isEmpty() ? new Memory() : JSON.readValue(memory, Memory.class);
  }

  /** What {@link #memory} gave; anything else fails. */
  static String checked(String memory) {
    return memory.isEmpty() ? "" : JSON.writeValueAsString(JSON.readValue(memory, Memory.class));
  }

  String memory() {
    return JSON.writeValueAsString(memory);
  }

  /** One row of the event log; rows come in order. */
  List<Alert> accept(StateEntry row) {
    passTo(row.ts());
    if (row.kind().equals("run_start")) {
      started(row);
    }
    Object name = row.data().get("event");
    if (name != null) {
      LogEvent event = event(name.toString(), row);
      count(event);
      AlertRule.of(event).ifPresent(rule -> apply(rule, row, event));
    }
    return taken();
  }

  /** The run's clock has come this far, without a row. */
  List<Alert> advance(Instant now) {
    passTo(now);
    return taken();
  }

  private List<Alert> taken() {
    List<Alert> taken = List.copyOf(alerts);
    alerts.clear();
    return taken;
  }

  private static LogEvent event(String name, StateEntry row) {
    Map<String, Object> fields = new LinkedHashMap<>(row.data());
    fields.remove("event");
    Object market = fields.remove("market");
    LogEvent event = LogEvent.info(name).with(fields);
    return market == null ? event : event.in(new MarketId(market.toString()));
  }

  // ---- rows

  /** What a memory that was lost would hold: a run began before, and its end was not seen. */
  void runBefore() {
    memory.running = true;
  }

  private void started(StateEntry row) {
    if (memory.running) {
      String text = "started again: the run before did not come to its end";
      announce(alert(row, "restart", "", AlertLevel.WARNING, text), "restart", "");
    }
    memory.running = true;
  }

  private void apply(AlertRule rule, StateEntry row, LogEvent event) {
    String market = event.market().map(MarketId::name).orElse("");
    AlertLevel level = rule.level(event);
    Alert alert = alert(row, rule.kind(), market, level, EventSentence.sentence(event));
    String key = "%s:%s:%s%s".formatted(rule.kind(), market, level.word(), AlertRule.detail(event));
    String condition = rule.condition() + ":" + market + AlertRule.detail(event);
    switch (rule.effect(event)) {
      case EACH -> each(event, alert, key);
      case BEGINS -> begin(condition, alert, key);
      case WAITS -> memory.waiting.putIfAbsent(condition, alert);
      case WORSENS -> {
        String lasts = memory.lasting.get(condition);
        if (!key.equals(lasts)) {
          memory.lasting.remove(condition);
          begin(condition, alert, key);
        }
      }
      case ENDS -> end(condition, alert, key);
      case CLOSES -> {
        memory.lasting.remove(condition);
        announce(alert, key, condition);
      }
    }
  }

  private void each(LogEvent event, Alert alert, String key) {
    switch (event.event()) {
      case "shutdown" -> ended(alert);
      case "trading_resumed" -> {
        // What halted it was seen to: another halt is sent, however soon.
        Predicate<String> isHalt = known -> known.matches("(halt|quarantine):.*");
        memory.announced.keySet().removeIf(isHalt);
        memory.leftOut.keySet().removeIf(isHalt);
        announce(alert, key, "");
      }
      default -> announce(alert, key, "");
    }
  }

  private Alert alert(StateEntry row, String kind, String market, AlertLevel level, String text) {
    String id = tag + "-" + row.id();
    return new Alert(id, level, row.ts(), settings.source(), kind, market, text);
  }

  /** After this there may be no morning: all that waits is announced with it. */
  private void ended(Alert alert) {
    memory.running = false;
    memory.waiting.clear();
    List<LeftOut> left = List.copyOf(memory.leftOut.values());
    memory.leftOut.clear();
    left.forEach(each -> sendNowOrInTheMorning(whole(each)));
    List<String> lines = new ArrayList<>();
    lines.add(alert.text() + "; " + earned());
    lines.addAll(night());
    announce(alert.withText(String.join("\n", lines)), END + ":" + alert.text(), "");
  }

  // ---- conditions

  private void begin(String condition, Alert alert, String key) {
    if (memory.lasting.putIfAbsent(condition, key) == null) {
      announce(alert, key, condition);
    }
  }

  /** The end is announced where the beginning was. */
  private void end(String condition, Alert alert, String key) {
    memory.waiting.remove(condition);
    String begun = memory.lasting.remove(condition);
    boolean wasAnnounced = begun != null && memory.leftOut.remove(begun) == null;
    if (wasAnnounced) {
      announce(alert, key + ":" + END, condition);
    }
  }

  private void announce(Alert alert, String key, String condition) {
    if (alert.level().compareTo(settings.least()) < 0) {
      return;
    }
    // What was left out of the same condition under another key is outdated by this.
    memory
        .leftOut
        .entrySet()
        .removeIf(each ->
            !condition.isEmpty()
                && each.getValue().condition().equals(condition)
                && !each.getKey().equals(key));
    Instant before = memory.announced.get(key);
    if (before != null && alert.at().isBefore(before.plus(settings.cooldown()))) {
      LeftOut earlier = memory.leftOut.get(key);
      memory.leftOut.put(
          key, new LeftOut(condition, alert, earlier == null ? 1 : earlier.count() + 1));
      return;
    }
    memory.announced.put(key, alert.at());
    memory.leftOut.remove(key);
    sendNowOrInTheMorning(alert);
  }

  private void sendNowOrInTheMorning(Alert alert) {
    boolean waits = alert.level() != AlertLevel.CRITICAL && !alert.kind().equals(END);
    if (waits && settings.quiet().contains(alert.at())) {
      keepForTheMorning(alert);
    } else {
      alerts.add(alert);
    }
  }

  private static Alert whole(LeftOut left) {
    String count = left.count() == 1 ? "" : " (the last of " + left.count() + ")";
    return left.last().withText(left.last().text() + count);
  }

  // ---- the clock

  private void passTo(Instant at) {
    Instant before = memory.clock;
    Instant now = before == null || at.isAfter(before) ? at : before;
    if (before == null) {
      memory.since = now;
      memory.morning = settings.quiet().morningAfter(now);
    }
    memory.clock = now;
    List.copyOf(memory.waiting.entrySet()).stream()
        .filter(each -> !now.isBefore(each.getValue().at().plus(FEED_SILENCE)))
        .forEach(each -> {
          memory.waiting.remove(each.getKey());
          Alert alert = each.getValue();
          String text = alert.text() + ", for " + FEED_SILENCE.toSeconds() + " s";
          begin(each.getKey(), alert.withText(text), each.getKey());
        });
    List.copyOf(memory.leftOut.entrySet()).stream()
        .filter(each -> {
          Instant announced = memory.announced.getOrDefault(each.getKey(), Instant.MIN);
          return !now.isBefore(announced.plus(settings.cooldown()));
        })
        .forEach(each -> {
          memory.leftOut.remove(each.getKey());
          memory.announced.put(each.getKey(), now);
          sendNowOrInTheMorning(whole(each.getValue()));
        });
    memory
        .announced
        .values()
        .removeIf(announced -> !now.isBefore(announced.plus(settings.cooldown())));
    Instant morning = memory.morning;
    if (morning != null && !now.isBefore(morning)) {
      morning(morning);
      memory.morning = settings.quiet().morningAfter(now);
    }
  }

  // ---- the night and the day

  private void keepForTheMorning(Alert alert) {
    memory.nightWarns |= alert.level() == AlertLevel.WARNING;
    if (memory.night.size() >= NIGHT_LINES) {
      memory.nightMore++;
      return;
    }
    memory.night.add(
        alert.at().atZone(settings.quiet().zone()).toLocalTime().truncatedTo(ChronoUnit.MINUTES)
            + " "
            + alert.level().name()
            + (alert.market().isEmpty() ? " " : " " + alert.market() + " ")
            + alert.text());
  }

  private List<String> night() {
    List<String> lines = new ArrayList<>(memory.night);
    if (memory.nightMore > 0) {
      lines.add("and " + memory.nightMore + " more");
    }
    memory.night.clear();
    memory.nightMore = 0;
    return lines;
  }

  /** What waited for it, and what the day before earned: one message. */
  private void morning(Instant at) {
    List<String> lines = night();
    AlertLevel level = memory.nightWarns ? AlertLevel.WARNING : AlertLevel.INFO;
    memory.nightWarns = false;
    Instant since = memory.since;
    boolean isLong = since != null && !at.isBefore(since.plus(FIRST_SUMMARY_AFTER));
    if (settings.dailySummary() && isLong) {
      lines.add("the day: " + earned());
      memory.since = at;
      memory.funding = BigDecimal.ZERO;
      memory.fees = BigDecimal.ZERO;
      memory.counts.clear();
    }
    if (!lines.isEmpty() && level.compareTo(settings.least()) >= 0) {
      String id = tag + "-" + at.truncatedTo(ChronoUnit.MINUTES).toString().replace(":", "");
      String text = String.join("\n", lines);
      alerts.add(new Alert(id, level, at, settings.source(), "summary", "", text));
    }
  }

  private void count(LogEvent event) {
    switch (event.event()) {
      case "funding_received" ->
          AlertRule.number(event, "usd").ifPresent(usd -> memory.funding = memory.funding.add(usd));
      case "fill" -> {
        if (!event.fields().containsKey("foreign")) {
          AlertRule.number(event, "fee_usd").ifPresent(usd -> memory.fees = memory.fees.add(usd));
          memory.counts.merge("fills", 1, Integer::sum);
        }
      }
      case "entered_position" -> memory.counts.merge("entries", 1, Integer::sum);
      case "exit_completed" -> memory.counts.merge("exits", 1, Integer::sum);
      case "hedge_repair_started" -> memory.counts.merge("repairs", 1, Integer::sum);
      default -> {
        // is not counted
      }
    }
  }

  /** Since the summary before. */
  private String earned() {
    Instant since = memory.since;
    StringBuilder text = new StringBuilder("funding ");
    text.append(cents(memory.funding)).append(" USD, fees ").append(cents(memory.fees));
    text.append(" USD");
    memory.counts.forEach((what, many) -> text.append(", ").append(many).append(' ').append(what));
    return text.append(" since ")
        .append(since == null ? "the start" : since.truncatedTo(ChronoUnit.MINUTES))
        .toString();
  }

  private static String cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
