package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertSettings.QuietHours;
import io.twinleg.journal.JournalReader.StateEntry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration COOLDOWN = Duration.ofMinutes(15);

  private AlertSettings settings = settings(AlertLevel.INFO, QuietHours.none(ZoneOffset.UTC));
  private AlertPolicy policy = new AlertPolicy(settings, "0123abcd", "");
  private final List<Alert> sent = new ArrayList<>();
  private long row;

  private static AlertSettings settings(AlertLevel least, QuietHours quiet) {
    return new AlertSettings("carry paper", least, COOLDOWN, quiet, true);
  }

  private static QuietHours night() {
    return new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));
  }

  private void use(AlertSettings other) {
    settings = other;
    policy = new AlertPolicy(settings, "0123abcd", "");
  }

  /** A row of the event log, so long after noon. */
  private void event(Duration after, String event, Object... fields) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("event", event);
    for (int i = 0; i < fields.length; i += 2) {
      data.put(fields[i].toString(), fields[i + 1]);
    }
    sent.addAll(policy.accept(new StateEntry(++row, NOON.plus(after), "any", data)));
  }

  private void start(Duration after) {
    Map<String, Object> data = Map.of("run_id", "live-7");
    sent.addAll(policy.accept(new StateEntry(++row, NOON.plus(after), "run_start", data)));
  }

  private void clock(Duration after) {
    sent.addAll(policy.advance(NOON.plus(after)));
  }

  private List<String> kinds() {
    return sent.stream().map(alert -> alert.kind() + " " + alert.level().word()).toList();
  }

  private static Duration minutes(long count) {
    return Duration.ofMinutes(count);
  }

  @Test
  void anEntryIsSentOnceForAPositionHoweverManyClipsItTakes() {
    event(minutes(0), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("2.5"));
    event(minutes(20), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("5"));
    event(minutes(21), "entered_position", "market", "PURR", "spot_sz", new BigDecimal("70"));
    event(minutes(60), "exit_completed", "market", "HYPE", "pnl_net", new BigDecimal("1.25"));
    event(minutes(90), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("3"));
    assertThat(sent)
        .extracting(alert -> alert.kind() + " " + alert.market())
        .containsExactly("entry HYPE", "entry PURR", "exit HYPE", "entry HYPE");
    assertThat(sent)
        .extracting(Alert::id)
        .containsExactly("0123abcd-1", "0123abcd-3", "0123abcd-4", "0123abcd-5");
    assertThat(sent.get(2).text()).contains("net 1.25 USD");
  }

  @Test
  void whatComesWithinTheCoolDownIsCountedAndTheLastOfItSentAfterIt() {
    event(minutes(0), "unwind_stuck", "market", "HYPE", "attempts", 3L);
    event(minutes(4), "unwind_stuck", "market", "HYPE", "attempts", 8L);
    event(minutes(9), "unwind_stuck", "market", "HYPE", "attempts", 9L);
    event(minutes(10), "unwind_stuck", "market", "PURR", "attempts", 1L);
    assertThat(kinds()).containsExactly("unwind critical", "unwind critical");
    clock(minutes(14));
    assertThat(sent).hasSize(2);
    clock(minutes(15));
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).text()).contains("after 9 attempts").endsWith("(the last of 2)");
    assertThat(sent.get(2).id()).isEqualTo("0123abcd-3");
  }

  @Test
  void afterAFlapTheLastStateIsSentAndNoOlderOne() {
    event(minutes(0), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("1"));
    event(minutes(1), "exit_completed", "market", "HYPE", "pnl_net", new BigDecimal("1"));
    event(minutes(2), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("2"));
    event(minutes(3), "exit_completed", "market", "HYPE", "pnl_net", new BigDecimal("3"));
    clock(minutes(30));
    assertThat(kinds()).containsExactly("entry info", "exit info", "exit info");
    assertThat(sent.get(2).text()).contains("net 3 USD");
  }

  @Test
  void aFeedThatComesBackSoonIsNoAlertAndOneThatDoesNotIs() {
    event(minutes(0), "feed_stale", "feed", "account", "instrument", "none");
    event(Duration.ofSeconds(59), "feed_fresh", "feed", "account", "instrument", "none");
    assertThat(sent).isEmpty();
    event(minutes(5), "feed_stale", "feed", "books", "market", "HYPE", "instrument", "HYPE perp");
    clock(minutes(6));
    event(minutes(9), "feed_fresh", "feed", "books", "market", "HYPE", "instrument", "HYPE perp");
    assertThat(kinds()).containsExactly("feed warning", "feed info");
    assertThat(sent.get(0).text()).contains("books feed is silent").endsWith("for 60 s");
  }

  @Test
  void eachBandOfTheMarginIsSentWhenItIsEnteredAndTheEndOnce() {
    event(minutes(0), "margin_warning", "band", "warn", "ratio", new BigDecimal("0.58"));
    event(minutes(1), "margin_warning", "band", "emergency", "ratio", new BigDecimal("0.29"));
    event(minutes(2), "margin_restored", "band", "ample", "ratio", new BigDecimal("0.7"));
    event(minutes(3), "margin_restored", "band", "ample", "ratio", new BigDecimal("0.8"));
    assertThat(kinds()).containsExactly("margin warning", "margin critical", "margin info");
  }

  @Test
  void aHaltAfterAResumeIsSentHoweverSoon() {
    event(minutes(0), "trading_halted", "reason", "drawdown", "found", "-51 USD");
    event(minutes(1), "trading_halted", "reason", "drawdown", "found", "-52 USD");
    event(minutes(2), "trading_resumed", "was_latched", "drawdown");
    event(minutes(3), "trading_halted", "reason", "drawdown", "found", "-53 USD");
    assertThat(kinds()).containsExactly("halt critical", "operator info", "halt critical");
    assertThat(sent.get(2).text()).contains("-53 USD");
  }

  @Test
  void theEndOfARunIsSentWithItsReasonAndByItsExitCode() {
    start(minutes(0));
    event(minutes(1), "funding_received", "market", "HYPE", "usd", new BigDecimal("0.125"));
    event(minutes(2), "fill", "market", "HYPE", "fee_usd", new BigDecimal("0.05"));
    event(minutes(2), "fill", "market", "HYPE", "fee_usd", new BigDecimal("9"), "foreign", true);
    event(minutes(3), "shutdown", "exit_code", 5L, "reason", "halted; latched: drawdown");
    start(minutes(30));
    event(minutes(33), "shutdown", "exit_code", 0L, "reason", "SIGTERM");
    assertThat(kinds()).containsExactly("end critical", "end info");
    assertThat(sent.get(0).text())
        .contains("exit code 5: halted; latched: drawdown")
        .contains("funding 0.12 USD, fees 0.05 USD, 1 fills");
  }

  @Test
  void aStartAfterARunWithoutAnEndIsSent() {
    start(minutes(0));
    start(minutes(1));
    event(minutes(2), "shutdown", "exit_code", 0L, "reason", "SIGTERM");
    start(minutes(3));
    assertThat(kinds()).containsExactly("restart warning", "end info");
  }

  @Test
  void inTheQuietHoursOnlyTheCriticalIsSentAndTheRestInOneMessageInTheMorning() {
    use(settings(AlertLevel.INFO, night()));
    start(minutes(0));
    Duration late = Duration.ofHours(11);
    event(late.minusMinutes(150), "paused");
    event(late, "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("2.5"));
    event(late.plusMinutes(1), "hedge_repair_started", "market", "HYPE", "cause", "hedge_failed");
    event(late.plusMinutes(2), "quarantined", "market", "HYPE", "reason", "books_differ");
    // 07:00 in Berlin is 06:00 UTC.
    clock(Duration.ofHours(18).minusSeconds(1));
    assertThat(kinds()).containsExactly("operator info", "quarantine critical");
    clock(Duration.ofHours(18));
    assertThat(kinds()).endsWith("summary warning").hasSize(3);
    assertThat(sent.get(2).text().lines().toList())
        .hasSize(3)
        .satisfies(lines -> {
          assertThat(lines.get(0)).startsWith("00:00 INFO HYPE hedged");
          assertThat(lines.get(1)).startsWith("00:01 WARNING HYPE the hedge is repaired");
          assertThat(lines.get(2)).startsWith("the day: funding 0.00 USD");
        });
    assertThat(sent.get(2).at()).isEqualTo(Instant.parse("2026-03-03T06:00:00Z"));
  }

  @Test
  void theEndOfARunInTheNightTakesAlongWhatWaited() {
    use(settings(AlertLevel.INFO, night()));
    event(Duration.ofHours(11), "paused");
    event(Duration.ofHours(12), "shutdown", "exit_code", 0L, "reason", "SIGTERM");
    assertThat(kinds()).containsExactly("end info");
    assertThat(sent.get(0).text()).contains("SIGTERM").contains("INFO entries are paused");
  }

  @Test
  void aDayOfFundingAloneIsOneMessage() {
    start(minutes(0));
    for (int hour = 1; hour <= 72; hour++) {
      event(
          Duration.ofHours(hour),
          "funding_received",
          "market",
          "HYPE",
          "usd",
          new BigDecimal("0.01"));
    }
    assertThat(sent)
        .extracting(Alert::at)
        .containsExactly(
            Instant.parse("2026-03-03T08:00:00Z"),
            Instant.parse("2026-03-04T08:00:00Z"),
            Instant.parse("2026-03-05T08:00:00Z"));
    assertThat(sent.get(1).text()).contains("funding 0.24 USD");
  }

  @Test
  void belowTheLeastLevelNothingIsSent() {
    use(settings(AlertLevel.WARNING, QuietHours.none(ZoneOffset.UTC)));
    event(minutes(0), "entered_position", "market", "HYPE", "spot_sz", new BigDecimal("2.5"));
    event(minutes(1), "hedge_unwound", "market", "HYPE", "side", "sell");
    clock(Duration.ofHours(48));
    assertThat(kinds()).containsExactly("unwind warning");
  }

  @Test
  void aFullDiskAndABadClockAreGraded() {
    event(minutes(0), "disk_space", "free_percent", 9L, "entries", true);
    event(minutes(1), "disk_space", "free_percent", 2L, "entries", false);
    event(minutes(2), "disk_space", "free_percent", 40L, "entries", true);
    event(minutes(3), "clock_skew", "offset_ms", 120L, "entries", true);
    event(minutes(4), "clock_skew", "offset_ms", -6000L, "entries", false);
    assertThat(kinds())
        .containsExactly("disk warning", "disk critical", "disk info", "clock critical");
  }

  /** A kill loses nothing and repeats nothing: the same rows give the same alerts. */
  @Test
  void goesOnFromItsMemoryAsIfItHadNeverStopped() {
    List<Alert> whole = run(false);
    row = 0;
    sent.clear();
    use(settings(AlertLevel.INFO, night()));
    assertThat(run(true)).isEqualTo(whole).isNotEmpty();
  }

  private List<Alert> run(boolean isRestarted) {
    use(settings(AlertLevel.INFO, night()));
    List<Runnable> steps =
        List.of(
            () -> start(minutes(0)),
            () ->
                event(minutes(1), "entered_position", "market", "HYPE", "spot_sz", BigDecimal.TEN),
            () -> event(minutes(2), "unwind_stuck", "market", "HYPE", "attempts", 3L),
            () -> event(minutes(3), "unwind_stuck", "market", "HYPE", "attempts", 4L),
            () -> event(minutes(4), "feed_stale", "feed", "account"),
            () -> clock(minutes(6)),
            () -> event(minutes(7), "margin_warning", "band", "warn"),
            () -> event(Duration.ofHours(12), "paused"),
            () -> event(Duration.ofHours(13), "funding_received", "usd", new BigDecimal("0.3")),
            () -> clock(Duration.ofHours(19)),
            () -> start(Duration.ofHours(20)));
    for (Runnable step : steps) {
      step.run();
      if (isRestarted) {
        policy = new AlertPolicy(settings, "0123abcd", policy.memory());
      }
    }
    return List.copyOf(sent);
  }

  /** A name in the table that no code logs would never be sent. */
  @Test
  void everyEventOfTheTableIsLoggedSomewhere() throws IOException {
    TreeSet<String> logged = new TreeSet<>();
    Pattern name = Pattern.compile("\"([a-z_]+)\"");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/twinleg/core"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher found = name.matcher(Files.readString(file));
        while (found.find()) {
          logged.add(found.group(1));
        }
      }
    }
    assertThat(logged).containsAll(AlertRule.events());
  }

  /** And each is explained where an operator looks for it. */
  @Test
  void everyEventOfTheTableIsInTheOperationsPage() throws IOException {
    String page = Files.readString(Path.of("docs/operations.md"));
    assertThat(AlertRule.events()).allMatch(event -> page.contains("`" + event + "`"));
  }
}
