package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program says of what happened: sentences, with numbers and units. */
class EventSentenceTest {
  private static final Pattern LOGGED =
      Pattern.compile("LogEvent\\s*\\.(?:info|warn|error|debug)\\(\\s*\"([a-z_]+)\"");
  private static final Pattern FIELD = Pattern.compile("\\.with\\(\\s*\"([a-z_]+)\"");

  /** Every event that the source logs under its name. */
  static Set<String> events() throws IOException {
    return found(LOGGED);
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found;
  }

  private static void assertPlain(String sentence) {
    assertThat(sentence)
        .doesNotContain("none", "null", "_", "{", "}", "[", "]", "Exception", "Optional", "java.")
        .doesNotContainPattern(":[0-9]{2}\\.[0-9]{4,}")
        .doesNotContainPattern("  ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void everyEventIsASentenceWithAndWithoutItsFields(String event) throws IOException {
    assertPlain(EventSentence.sentence(LogEvent.info(event)));
    LogEvent full = LogEvent.info(event);
    LogEvent missing = LogEvent.info(event);
    LogEvent timed = LogEvent.info(event);
    for (String field : found(FIELD)) {
      if (!field.equals("gate")) {
        full = full.with(field, new BigDecimal("0.12345678901"));
        missing = missing.with(field, "none");
        timed = timed.with(field, Instant.parse("2026-01-05T00:01:02.003456789Z"));
      }
    }
    if (EventSentence.isKnown(event)) {
      assertPlain(EventSentence.sentence(full));
      assertPlain(EventSentence.sentence(missing));
      assertPlain(EventSentence.sentence(timed));
    }
  }

  @Test
  void everyEventOfTheSourceHasASentenceOfItsOwn() throws IOException {
    assertThat(events())
        .hasSizeGreaterThan(60)
        .allMatch(EventSentence::isKnown, "has a sentence in EventSentence");
  }

  @ParameterizedTest(name = "{1} {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATA_FRESH     | stale_data     | funding  | fresh | no entry: there is no fresh funding rate
          APR            | apr            | 0.031    | 0.1   | no entry: the APR is 3.1 %, below 10 %
          TARGET_REACHED | target_reached | 198.4    | 200   | no entry: 198.4 USD are held of the target of 200 USD
          RATE_BUDGET    | rate_limited   | 20       | 20    | no entry: 20 orders in this minute, at most 20
          EXPECTED_VALUE | ev_bps         | 1.5      | 3     | no entry: the expected value is 1.5 bps, below 3 bps
          STATE          | leverage_pending | unconfirmed | confirmed | no entry: the venue has not confirmed the leverage yet
          """)
  void aDenialIsASentenceWithNumberAndUnit(
      EntryCheck gate, String reason, String value, String limit, String sentence) {
    Denial denial = Denial.blocked(gate, reason, value, limit);
    LogEvent event =
        LogEvent.info(denial.event())
            .with("gate", denial.gate())
            .with("reason", denial.reason())
            .with("value", denial.value())
            .with("limit", denial.limit());
    assertThat(EventSentence.sentence(event)).isEqualTo(sentence);
  }

  @Test
  void timesHaveNoNanoseconds() {
    Instant until = Instant.parse("2026-01-05T00:01:02.003456789Z");
    Denial paused = Denial.named(EntryCheck.ROUND_PAUSE, "throttled", until, until.plusSeconds(7));
    assertThat(paused.value()).isEqualTo("2026-01-05T00:01:02.003Z");
    assertThat(EventSentence.denial(paused.reason(), paused.value(), paused.limit()))
        .isEqualTo("the pause between two rounds lasts until 00:01:09 UTC");
    assertThat(LogEvent.info("x").with("time", until).fields().get("time"))
        .isEqualTo("2026-01-05T00:01:02.003Z");
  }

  @Test
  void whatIsZeroOrUnknownIsLeftOut() {
    LogEvent moved =
        LogEvent.info("transferred")
            .with("usd", new BigDecimal("0.00"))
            .with("what", "accountClassTransfer");
    assertThat(EventSentence.sentence(moved)).isEqualTo("accountClassTransfer");
    LogEvent order =
        LogEvent.info("entry_order")
            .with("side", "buy")
            .with("qty", new BigDecimal("0.69"))
            .with("leg", "spot")
            .with("px", new BigDecimal("40.02"))
            .with("filled", new BigDecimal("0.69"))
            .with("avg_px", new BigDecimal("40.02"));
    assertThat(EventSentence.sentence(order.with("response", "filled")))
        .isEqualTo("entry: buy 0.69 spot at 40.02, filled 0.69 at 40.02");
    assertThat(EventSentence.sentence(order.with("response", "rejected: no match")))
        .endsWith("filled 0.69 at 40.02: rejected: no match");
    assertThat(EventSentence.sentence(moved.with("usd", new BigDecimal("5.129"))))
        .isEqualTo("accountClassTransfer: 5.13 USD");
    assertThat(
            EventSentence.sentence(
                LogEvent.info("decision")
                    .with("action", "wait")
                    .with("apr", new BigDecimal("0.27251"))
                    .with("because", "none")))
        .isEqualTo("wait: APR 27.251 %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decision | because | ev_bps | because the expected value is too small",
        "exit_condition_met | reason | apr | leaving because the averaged rate is below its"
            + " threshold",
        "exit_condition_met | reason | rotated_out | leaving because another market takes its"
            + " place",
        "exit_condition_met | reason | kill_switch | leaving because of kill switch",
        "hedge_repair_started | cause | hedge_failed | because its order was not filled",
        "quarantined | reason | books_differ | quarantined for books differ",
      })
  void aReasonIsWords(String event, String field, String reason, String sentence) {
    assertThat(EventSentence.sentence(LogEvent.info(event).with(field, reason)))
        .contains(sentence.substring(sentence.indexOf(": ") + 1).strip());
  }
}
