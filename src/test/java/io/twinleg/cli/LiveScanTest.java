package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.simulator.server.common.FaultProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A scan of a venue: what it requests, what it makes of the answers, and of false ones. */
class LiveScanTest {
  private static final int HOURS = 720;
  private static final int MORE = 30;

  /** ETH's token costs half of what its perp does; BTC has none here. */
  private static final List<Instrument> MARKETS =
      List.of(
          FixtureF0.SPOT,
          FixtureF0.PERP,
          spot(InstrumentCatalog.SOL),
          perp(InstrumentCatalog.SOL),
          spot(InstrumentCatalog.ETH),
          perp(InstrumentCatalog.ETH),
          perp(InstrumentCatalog.BTC));

  @TempDir private Path folder;

  private record Ended(int code, List<JsonNode> rows, String out, String err) {
    JsonNode row(String perp) {
      return rows.stream()
          .filter(each -> each.path("perp").asString().equals(perp))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + perp + " in " + out + err));
    }
  }

  private static Ended scan(String url, String... more) {
    List<String> words = new ArrayList<>(List.of("scan", "--json", "--base-url", url));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private static Ended run(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(words);
      String text = printed.toString(StandardCharsets.UTF_8);
      List<JsonNode> rows =
          text.lines().filter(line -> line.startsWith("{")).map(ProgramProcess::json).toList();
      return new Ended(code, rows, text, errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Instrument spot(InstrumentCatalog listed) {
    return listed.spot(new MarketId(listed.name()));
  }

  private static Instrument perp(InstrumentCatalog listed) {
    return listed.perp(new MarketId(listed.name()));
  }

  private static List<FundingHour> past(Function<Integer, String> rate) {
    Instant newest = Instant.parse("2026-01-05T12:00:00Z");
    return IntStream.range(0, HOURS)
        .mapToObj(hour ->
            new FundingHour(
                newest.minus(Duration.ofHours(HOURS - 1L - hour)), Rate.hourly(rate.apply(hour))))
        .toList();
  }

  private static void quote(
      WorldGateway gateway, InstrumentCatalog market, String bid, String ask) {
    gateway.oracle(perp(market), Price.of("20"));
    gateway.quote(perp(market), FixtureF0.book("19.99", "20.01"));
    gateway.quote(spot(market), FixtureF0.book(bid, ask));
  }

  private static LoopbackExchange venue(int speed) {
    ScriptedWorld world =
        ScriptedWorld.startingAt(FixtureF0.T0)
            .history(FixtureF0.PERP.id(), past(hour -> hour % 4 == 0 ? "0.0000125" : "0.00003"))
            .history(
                perp(InstrumentCatalog.SOL).id(), past(hour -> hour < 700 ? "0.00006" : "-0.00002"))
            .history(perp(InstrumentCatalog.ETH).id(), past(hour -> "0.00007"))
            .history(perp(InstrumentCatalog.BTC).id(), past(hour -> "0.00008"))
            .fundingRate(FixtureF0.T0, Rate.hourly("0.00004"))
            .at(Duration.ZERO, FixtureF0::open)
            .at(
                Duration.ZERO,
                gateway -> {
                  quote(gateway, InstrumentCatalog.SOL, "19.98", "20.00");
                  quote(gateway, InstrumentCatalog.ETH, "10.00", "10.02");
                  gateway.oracle(perp(InstrumentCatalog.BTC), Price.of("30"));
                  gateway.quote(
                      perp(InstrumentCatalog.BTC), FixtureF0.touch("29", "50", "31", "50"));
                });
    return new LoopbackExchange(
        new Exchange(MARKETS, FixtureF0.FEES, world),
        LiveRunTest.ADDRESS,
        speed,
        FaultProfile.NONE);
  }

  private static String type(LyingProxy.Request request) {
    return ProgramProcess.json(request.body()).path("type").asString("");
  }

  @Test
  void whatAVenueShowsIsRankedAndNothingIsSigned() throws IOException {
    Path page = folder.resolve("scan.html");
    try (LoopbackExchange exchange = venue(1);
        LyingProxy between = new LyingProxy(exchange.url())) {
      Ended ended = scan(between.url(), "--clip", "500", "--html", page.toString());

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.rows().subList(0, 3))
          .extracting(row -> row.path("perp").asString())
          .as("what can be hedged comes first, by its net; then by name")
          .containsExactly("SOL", "HYPE", "BTC");
      JsonNode hype = ended.row("HYPE");
      double mean = (0.0000125 + 3 * 0.00003) / 4;
      assertThat(hype.path("refused").asString()).isEmpty();
      assertThat(hype.path("hedge_token").asString()).isEqualTo("HYPE/USDC");
      assertThat(hype.path("funding_hours").asInt()).isEqualTo(HOURS);
      assertThat(hype.path("apr_7d").asDouble()).isEqualTo(mean * 8760, within(1e-6));
      assertThat(hype.path("share_at_floor").asDouble()).isEqualTo(0.25);
      assertThat(hype.path("predicted_apr").asDouble()).isEqualTo(0.00004 * 8760, within(1e-6));
      assertThat(hype.path("predicted_less_7d_apr").asDouble())
          .isEqualTo((0.00004 - mean) * 8760, within(1e-6));
      assertThat(hype.path("cost_taker_bps").asDouble())
          .isEqualTo(23 + (0.01 / 40.005 + 0.01 / 40.025) * 1e4, within(1e-4));
      assertThat(hype.path("cost_maker_bps").asDouble()).isEqualTo(11, within(1e-6));
      assertThat(hype.path("exit_depth_usd").asDouble())
          .isEqualTo(500 * (40.00 + 39.99 + 39.98), within(1e-3));
      assertThat(hype.path("leverage_max").asInt()).isEqualTo(10);
      assertThat(hype.path("at_oi_cap").asBoolean()).isFalse();
      assertThat(hype.path("volatility").isNull()).as("there is no candle of a month").isTrue();
      assertThat(ended.row("SOL").path("positive_streak_h").asInt()).isZero();
      assertThat(ended.row("ETH").path("refused").asString()).contains("it is another coin");
      assertThat(ended.row("ETH").path("apr_7d").isNull()).as("not read").isTrue();
      assertThat(ended.row("BTC").path("refused").asString()).contains("no spot token");
      assertThat(ended.row("GONE3").path("refused").asString()).isEqualTo("it is delisted");
      assertThat(ended.err()).contains("SOL read, 1 of 2", "HYPE read, 2 of 2");
      assertThat(page).content().contains("exit USD", "HYPE/USDC");

      assertThat(between.requests()).allMatch(request -> request.target().equals("/info"));
      assertThat(between.requests())
          .noneMatch(request -> request.mentions("user") || request.mentions("signature"));
      assertThat(between.requests())
          .extracting(LiveScanTest::type)
          .containsOnly(
              "exchangeStatus",
              "metaAndAssetCtxs",
              "spotMetaAndAssetCtxs",
              "perpsAtOpenInterestCap",
              "fundingHistory",
              "candleSnapshot",
              "l2Book");
    }
  }

  @Test
  void theFiltersAndTheRatesOfWhatCannotBeHedged() throws IOException {
    try (LoopbackExchange exchange = venue(600)) {
      Ended all = scan(exchange.url(), "--all");
      assertThat(all.code()).as(all.err()).isZero();
      assertThat(all.row("BTC").path("apr_7d").asDouble()).isEqualTo(0.00008 * 8760, within(1e-6));
      assertThat(all.row("ETH").path("apr_7d").asDouble()).isEqualTo(0.00007 * 8760, within(1e-6));
      assertThat(all.row("ETH").path("refused").asString()).contains("it is another coin");

      Ended deep = scan(exchange.url(), "--min-exit-depth", "50000", "--hedgeable");
      assertThat(deep.rows())
          .extracting(row -> row.path("perp").asString())
          .containsExactly("HYPE");

      Ended large = scan(exchange.url(), "--clip", "40000");
      assertThat(large.row("SOL").path("refused").asString()).contains("less than a clip of 40000");
      assertThat(large.row("SOL").path("expected_net_usd").isNull()).isTrue();
      assertThat(large.row("HYPE").path("refused").asString()).isEmpty();
    }
  }

  /** The hour that is not over is no close yet. */
  @Test
  void howFarItMovesIsFromTheCandlesOfTheHoursThatAreOver() throws IOException {
    long first = Instant.parse("2026-01-02T12:00:00Z").toEpochMilli();
    String candles =
        IntStream.rangeClosed(0, 72)
            .mapToObj(hour ->
                "{\"t\":%d,\"T\":%d,\"s\":\"HYPE\",\"i\":\"1h\",\"o\":\"41\",\"c\":\"%s\",\"h\":\"43\",\"l\":\"39\",\"v\":\"5\",\"n\":3}"
                    .formatted(
                        first + hour * 3_600_000L,
                        first + hour * 3_600_000L + 3_599_999,
                        hour == 72 ? "80" : hour % 2 == 0 ? "40.0" : "40.4"))
            .collect(Collectors.joining(",", "[", "]"));
    try (LoopbackExchange exchange = venue(600);
        LyingProxy between = new LyingProxy(exchange.url())) {
      between.answers(lie("candleSnapshot", "HYPE", body -> candles));
      JsonNode hype = scan(between.url()).row("HYPE");
      assertThat(hype.path("worst_rise_24h").asDouble()).isEqualTo(0.01, within(1e-7));
      assertThat(hype.path("volatility").asDouble())
          .isEqualTo(Math.log(40.4 / 40) * Math.sqrt(8760), within(0.002));
    }
  }

  /** Replaces text in the answers to requests of one type that mention a coin. */
  private static LyingProxy.Lie lie(String type, String coin, UnaryOperator<String> change) {
    return (request, upstream) -> {
      Reply.Whole answer = upstream.ask();
      boolean isMeant = type(request).equals(type) && request.mentions(coin);
      return isMeant ? answer.withBody(change.apply(answer.body())) : answer;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fundingHistory | SOL | \"0.00006\" | \"x\" | fundingRate is not a number: x",
        "fundingHistory | SOL | \"0.00006\" | 7 | no rate of an hour: 7",
        "fundingHistory | SOL | \"coin\":\"SOL\" | \"coin\":\"HYPE\" | coin is HYPE, not SOL",
        "fundingHistory | SOL | 000042 | 000042000 | time is ",
        "fundingHistory | SOL | ^.*$ | [] | no settled rate of the last 30 days",
        "fundingHistory | SOL | ^.*$ | null | a list is expected",
        "candleSnapshot | SOL | \"c\":\"20.0\" | \"c\":\"0\" | c is 0",
        "l2Book | @156 | 19.98 | 20.98 | its spot book is crossed",
        "l2Book | @156 | ^.*$ | null | levels are not two lists",
        "l2Book | SOL | \"time\":1 | \"time\": | its book is of 1994-",
        "l2Book | SOL | \"time\":1 | \"time\":x | l2Book: an answer that cannot be read",
        "metaAndAssetCtxs | type | \"szDecimals\":2,\"name\":\"SOL\" | \"name\":\"SOL\" |"
            + " szDecimals is missing",
        "metaAndAssetCtxs | type | \"name\":\"SOL\" | \"name\":\"A\\u001b[2J\" | its name is none",
        "metaAndAssetCtxs | type | \"name\":\"SOL\" | \"name\":\"ETH\" | its name is there twice"
      })
  void oneMarketThatCannotBeReadIsNamedAndLeftOut(
      String type, String coin, String found, String put, String reason) throws IOException {
    try (LoopbackExchange exchange = venue(600);
        LyingProxy between = new LyingProxy(exchange.url())) {
      AtomicInteger lies = new AtomicInteger();
      between.answers(
          lie(
              type,
              coin,
              body -> {
                String changed = body.replaceAll(found, put.replace("\\", "\\\\"));
                lies.addAndGet(changed.equals(body) ? 0 : 1);
                return changed;
              }));
      Ended ended = scan(between.url());

      assertThat(lies.get()).as("it lied").isPositive();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err()).contains(" is left out: ", reason).doesNotContain("\u001b");
      assertThat(ended.rows().stream().filter(row -> row.path("refused").asString().isEmpty()))
          .as(ended.out())
          .extracting(row -> row.path("perp").asString())
          .containsExactly("HYPE");
      assertThat(ended.row("HYPE").path("expected_net_usd").isNull()).isFalse();
      assertThat(ended.out()).doesNotContain("\"SOL\",\"hedge_token\":\"USOL/USDC\",\"parity\":1");
    }
  }

  /** One market is left out; a venue that answers nothing more is not. */
  @Test
  void aVenueThatAnswersNothingMoreEndsTheScanAndLeavesNoPage() throws IOException {
    Path page = folder.resolve("scan.html");
    try (LoopbackExchange exchange = venue(600);
        LyingProxy between = new LyingProxy(exchange.url())) {
      between.answers((request, upstream) ->
          type(request).equals("fundingHistory") ? LyingProxy.page(403) : upstream.ask());
      Ended ended = scan(between.url(), "--all", "--html", page.toString());
      assertThat(ended.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err().lines().toList().getLast())
          .contains("fundingHistory: HTTP status 403; check the network and the venue");
      assertThat(page).doesNotExist();
    }
  }

  /**
   * Others of this address used the limit up: its window is waited for, and nothing is left out.
   */
  @Test
  void aLimitThatIsReachedIsWaitedFor() throws IOException {
    AtomicInteger refusals = new AtomicInteger(4);
    try (LoopbackExchange exchange = venue(120);
        LyingProxy between = new LyingProxy(exchange.url())) {
      between.answers((request, upstream) ->
          request.mentions("\"SOL\"") && refusals.getAndDecrement() > 0
              ? new Reply.Whole(429, "application/json", "null")
              : upstream.ask());
      Ended ended = scan(between.url(), "--hedgeable");
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(refusals.get()).isNegative();
      assertThat(ended.err()).doesNotContain("left out");
      assertThat(ended.rows()).hasSize(2);
    }
  }

  /** Thirty perps more than our server has, so that a minute's weight is not enough. */
  private static String withMore(String body) {
    String perps =
        IntStream.range(0, MORE)
            .mapToObj("{\"szDecimals\":2,\"name\":\"C%d\",\"maxLeverage\":3},"::formatted)
            .collect(Collectors.joining());
    String context =
        """
        {"funding":"0.00001","openInterest":"3","prevDayPx":"5","dayNtlVlm":"7","premium":null,\
        "oraclePx":"11","markPx":"13","midPx":null,"impactPxs":null},\
        """;
    return body.replaceFirst("\"universe\":\\[", "\"universe\":[" + perps)
        .replaceFirst("\\},\\[\\{", "},[" + context.repeat(MORE) + "{");
  }

  /** Our server counts the weight as the venue does, and refuses what is beyond it. */
  @Test
  void moreThanAMinutesWeightIsSpreadOverTheTimeAndNothingIsRefused() throws IOException {
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger weight = new AtomicInteger();
    try (LoopbackExchange exchange = venue(120);
        LyingProxy between = new LyingProxy(exchange.url())) {
      between.answers((request, upstream) -> {
        Reply.Whole answer = upstream.ask();
        refused.addAndGet(answer.status() == 429 ? 1 : 0);
        weight.addAndGet(LiveSoak.hyperliquidWeight(request, answer));
        String coin = ProgramProcess.json(request.body()).path("coin").asString("");
        if (coin.startsWith("C")) {
          return answer.withBody(
              "[{\"coin\":\"%s\",\"fundingRate\":\"0.00002\",\"time\":%d}]"
                  .formatted(coin, Instant.parse("2026-01-05T12:00:00.042Z").toEpochMilli()));
        }
        return type(request).equals("metaAndAssetCtxs")
            ? answer.withBody(withMore(answer.body()))
            : answer;
      });
      Ended ended = scan(between.url(), "--all");
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("34 of 34").doesNotContain("left out");
      assertThat(weight.get()).isGreaterThan(1200);
      assertThat(refused.get()).isZero();
    }
  }

  @Test
  void anInterruptLeavesNothingBehind() throws Exception {
    try (LoopbackExchange exchange = venue(1);
        LyingProxy between = new LyingProxy(exchange.url())) {
      CountDownLatch begun = new CountDownLatch(1);
      between.answers((request, upstream) -> {
        Reply.Whole answer = upstream.ask();
        if (!request.mentions("\"HYPE\"")) {
          return answer;
        }
        begun.countDown();
        return new Reply.Stalled(answer, 10);
      });
      ProgramProcess program = new ProgramProcess(Files.createDirectory(folder.resolve("in")));
      try (ProgramProcess.Running running =
          program.start("scan", "--base-url", between.url(), "--html", "scan.html")) {
        begun.await();
        running.signal("INT");
        ProgramProcess.Ended ended = running.end();
        assertThat(ended.exitCode()).isEqualTo(128 + 2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("SOL read, 1 of 2");
      }
      assertThat(folder.resolve("in").resolve("scan.html")).doesNotExist();
    }
  }

  @Test
  void whatDoesNotFitTogetherIsOneSentence() {
    assertThat(run("scan", "--history", "x", "--base-url", "http://127.0.0.1:1").err())
        .contains(
            "--history is x, and --base-url, --clip, --min-exit-depth and --all are of a venue");
    assertThat(run("scan", "--base-url", "http://u:hunter2@api.x").err())
        .contains("--base-url is http://(not shown)@api.x: expected")
        .doesNotContain("hunter2");
    assertThat(run("scan", "--base-url", "nowhere").err())
        .contains("--base-url is nowhere: expected");
    assertThat(run("scan", "--min-exit-depth", "0").err())
        .contains("--min-exit-depth: '0' is no amount");
  }
}
