package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Price;
import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
import io.twinleg.history.HistoryArchive;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.simulator.ActiveWorld;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.server.common.FaultProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A folder of recordings is brought up to what the venue has, and goes on from what is there. */
class HistoryFetchTest {
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final long HOUR_MS = 3_600_000;
  private static final int HOURS = 1300;

  @TempDir private Path folder;

  private record Ended(int code, String err) {}

  private static Ended run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      return new Ended(Main.run(arguments), captured.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Ended fetch(LyingProxy venue, String name) {
    return run(
        "history",
        "fetch",
        "--history",
        folder.resolve(name).toString(),
        "--market",
        "HYPE",
        "--base-url",
        venue.url(),
        "--from",
        FIRST.toString());
  }

  private static long ms(int hour) {
    return FIRST.toEpochMilli() + hour * HOUR_MS;
  }

  private static String rate(int hour) {
    return "0.0000" + (10 + hour % 7);
  }

  /** At most a page of funding, some milliseconds late, and not one of hour 700. */
  private static String funding(String coin, long from, int page) {
    return IntStream.rangeClosed(0, HOURS)
        .filter(hour -> hour != 700 && ms(hour) + 7 >= from)
        .limit(page)
        .mapToObj(hour ->
            "{\"coin\":\"%s\",\"fundingRate\":\"%s\",\"premium\":\"0\",\"time\":%d}"
                .formatted(coin, rate(hour), ms(hour) + 7))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The bar of the hour that is not over is among them. */
  private static String candles(String coin, long from, long until) {
    return IntStream.rangeClosed(0, HOURS)
        .filter(hour -> ms(hour) >= from && ms(hour) <= until)
        .mapToObj(hour ->
            ("{\"t\":%d,\"T\":%d,\"s\":\"%s\",\"i\":\"1h\",\"o\":\"40.1\",\"c\":\"40.%d\",\"h\":\"42\","
                 + "\"l\":\"39.5\",\"v\":\"8.%d\",\"n\":3}")
                .formatted(ms(hour), ms(hour + 1) - 1, coin, 2 + hour % 6, hour % 9))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static LyingProxy.Lie recorded(int answers) {
    return recorded(answers, "HYPE", 500);
  }

  private static LyingProxy.Lie recorded(int answers, String coin, int page) {
    AtomicInteger left = new AtomicInteger(answers);
    return (request, upstream) -> {
      JsonNode query = ProgramProcess.json(request.body());
      String body =
          switch (query.path("type").asString("")) {
            case "exchangeStatus" ->
                "{\"time\":%d,\"specialStatuses\":null}".formatted(ms(HOURS) + HOUR_MS / 2);
            case "fundingHistory" -> funding(coin, query.path("startTime").asLong(), page);
            case "candleSnapshot" ->
                candles(
                    query.path("req").path("coin").asString(),
                    query.path("req").path("startTime").asLong(),
                    query.path("req").path("endTime").asLong());
            default -> "";
          };
      if (body.isEmpty()) {
        return upstream.ask();
      }
      return left.getAndDecrement() > 0 ? LyingProxy.json(body) : new LyingProxy.Reply.Closed();
    };
  }

  @Test
  void afterAnEndInTheMiddleItGoesOnFromWhatIsThere() throws IOException {
    try (LoopbackExchange exchange =
            new LoopbackExchange(
                new ActiveWorld(FixtureF0.T0, 5), LiveRunTest.ADDRESS, 1, FaultProfile.NONE);
        LyingProxy venue = new LyingProxy(exchange.url())) {
      venue.answers(recorded(3));
      assertThat(fetch(venue, "parts").code()).isEqualTo(ExitCode.UNAVAILABLE.code());
      venue.answers(recorded(100));
      int before = venue.requests().size();
      Ended rest = fetch(venue, "parts");
      assertThat(rest.code()).as(rest.err()).isZero();
      assertThat(venue.requests().subList(before, venue.requests().size()))
          .as("what is there is not requested again")
          .noneMatch(
              request -> request.mentions(Long.toString(ms(0))) && request.mentions("funding"));
      assertThat(fetch(venue, "whole").code()).isZero();
    }

    HistoryArchive parts = HistoryArchive.open(folder.resolve("parts"));
    HistoryArchive whole = HistoryArchive.open(folder.resolve("whole"));
    assertThat(parts.funding("HYPE")).isEqualTo(whole.funding("HYPE"));
    assertThat(parts.perp("HYPE")).isEqualTo(whole.perp("HYPE"));
    assertThat(whole.funding("HYPE").settlements()).as("one hour is missing").hasSize(HOURS);
    assertThat(whole.funding("HYPE").at(FIRST.plus(Duration.ofHours(1100))).orElseThrow().perHour())
        .isEqualByComparingTo(rate(1100));
    Candles spot = whole.spot("HYPE");
    assertThat(spot).isEqualTo(parts.spot("HYPE"));
    assertThat(spot.hours()).as("the hour that is not over is left out").hasSize(HOURS);
    assertThat(spot.hours().get(44))
        .isEqualTo(
            new Candle(
                FIRST.plus(Duration.ofHours(44)),
                Price.of("40.1"),
                Price.of("42"),
                Price.of("39.5"),
                Price.of("40.4"),
                new BigDecimal("8.8")));
  }

  @Test
  void aShorterPageIsNotTheEnd_andRowsOfAnotherCoinAreNoAnswer() throws IOException {
    try (LoopbackExchange exchange =
            new LoopbackExchange(
                new ActiveWorld(FixtureF0.T0, 5), LiveRunTest.ADDRESS, 1, FaultProfile.NONE);
        LyingProxy venue = new LyingProxy(exchange.url())) {
      venue.answers(recorded(100, "BTC", 500));
      Ended foreign = fetch(venue, "foreign");
      assertThat(foreign.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
      assertThat(foreign.err()).contains("fundingHistory: an answer that cannot be read");
      assertThat(folder.resolve("foreign"))
          .satisfiesAnyOf(
              none -> assertThat(none).doesNotExist(), none -> assertThat(none).isEmptyDirectory());

      venue.answers(recorded(100, "HYPE", 300));
      assertThat(fetch(venue, "short").code()).isZero();
    }
    assertThat(HistoryArchive.open(folder.resolve("short")).funding("HYPE").settlements())
        .hasSize(HOURS);
  }

  /** Neither file is begun, and no clock of the venue is taken for the time of a row. */
  @ParameterizedTest
  @CsvSource({
    "fundingHistory, 0.001",
    "fundingHistory, 1000",
    "candleSnapshot, 0.001",
    "fundingHistory, -1"
  })
  void aTimeInAnotherUnitIsNoAnswer(String type, BigDecimal factor) throws IOException {
    Pattern time = Pattern.compile("\"(time|t)\":([0-9]+)");
    try (LoopbackExchange exchange =
            new LoopbackExchange(
                new ActiveWorld(FixtureF0.T0, 5), LiveRunTest.ADDRESS, 1, FaultProfile.NONE);
        LyingProxy venue = new LyingProxy(exchange.url())) {
      LyingProxy.Lie sound = recorded(100);
      venue.answers((request, upstream) -> {
        LyingProxy.Reply answer = sound.answer(request, upstream);
        return request.body().contains(type) && answer instanceof LyingProxy.Reply.Whole whole
            ? whole.withBody(
                time.matcher(whole.body())
                    .replaceAll(found ->
                        "\"%s\":%d"
                            .formatted(
                                found.group(1),
                                new BigDecimal(found.group(2)).multiply(factor).longValue())))
            : answer;
      });
      Ended ended = fetch(venue, "units");
      assertThat(ended.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
      assertThat(ended.err()).contains(type + ": an answer that cannot be read");
    }
  }

  @Test
  void anUnknownMarketOrUrlIsOneSentence() {
    String history = folder.resolve("none").toString();
    assertThat(run("history", "fetch", "--history", history, "--market", "ABC").err())
        .contains("--market is ABC: expected one of [HYPE, ");
    assertThat(run("history", "fetch", "--history", history, "--base-url", "nowhere").err())
        .contains("--base-url is nowhere: expected");
    assertThat(folder).isEmptyDirectory();
  }
}
