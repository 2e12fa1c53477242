package io.twinleg.cli;

import io.twinleg.cli.RunObserver.Moment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.proxy.LyingProxy.Request;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ActiveWorld;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.HmacKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A live run on one of our servers, killed and disturbed on the wire again and again, and checked
 * by {@link KilledProcess}: no order twice, none that the journal does not know, no more than a
 * clip alone, no long perp, a clean end, and books that foot. How to run it is in CONTRIBUTING.md.
 */
final class LiveSoak implements KilledProcess.VenueAccess, AutoCloseable {
  private static final Usd THOUSAND = Usd.of("1000");
  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");
  private static final HmacKey ASTER_KEY = new HmacKey("the-key", "the-secret");
  private static final Pattern OWN_NAME = Pattern.compile("newClientOrderId=([^&]+)");
  private static final Pattern GIVEN_ID = Pattern.compile("\"orderId\":([0-9]+)");
  private static final Pattern TIME = Pattern.compile("(?<=[:\\[,])1[0-9]{12}(?=[,}\\]])");

  /** What can go wrong on the wire; each lasts up to four seconds. */
  enum Fault {
    RESET,
    STALL,
    TOO_MANY,
    SERVER_ERROR,
    PAGE,
    LOST_ANSWER,
    FRAMES_DROPPED,
    STREAM_CUT,
    CLOCK_AHEAD,
    CLOCK_BEHIND
  }

  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final Map<Long, String> orders = new ConcurrentHashMap<>();
  private final TreeMap<Fault, Integer> faults = new TreeMap<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final String address;
  private final byte[] key;
  private final boolean isAster;
  private final ExchangeLoop paced;
  private final Runnable closeServer;
  private final String upstream;
  private final LyingProxy between;

  LiveSoak(String venue, int speed, long seed, Instant start) throws IOException {
    isAster = venue.equals("aster");
    key = new byte[32];
    Arrays.fill(key, (byte) (60 + seed % 60));
    address = Signer.of(key).address();
    paced = new ExchangeLoop(exchange(seed, start), BigDecimal.valueOf(speed), broken::set);
    HttpFaults sound = new HttpFaults(FaultProfile.NONE, seed, System::nanoTime);
    int port;
    if (isAster) {
      AsterServer aster = new AsterServer(paced, FaultHook.of(sound));
      aster.fund(ASTER_KEY, THOUSAND, THOUSAND);
      port = aster.start(0);
      closeServer = aster::close;
    } else {
      HyperliquidServer hyperliquid = new HyperliquidServer(paced, sound);
      hyperliquid.fund(address, THOUSAND, THOUSAND);
      port = hyperliquid.start(0);
      closeServer = hyperliquid::close;
    }
    upstream = "http://127.0.0.1:" + port;
    between = new LyingProxy(upstream);
    mend();
  }

  private Exchange exchange(long seed, Instant start) {
    if (!isAster) {
      return new Exchange(FixtureF0.instruments(), FixtureF0.FEES, new ActiveWorld(start, seed));
    }
    List<Instrument> legs = AsterInstruments.instruments().subList(0, 2);
    ActiveWorld world = new ActiveWorld(legs.get(0), legs.get(1), start, seed);
    return new Exchange(legs, AsterInstruments.FEES, world);
  }

  /** Returns how often it was killed in the middle of what. */
  Map<Moment, Integer> soak(Path folder, int kills, long seed) throws Exception {
    Path config = SecretFile.write(folder.resolve("config.json"), config());
    ProgramProcess program = new ProgramProcess(folder).jvm("-Duser.home=" + folder);
    KilledProcess killed = new KilledProcess(this, program, folder, config, seed);
    Map<Moment, Integer> struck = killed.killRepeatedly(kills);
    System.out.println(
        "seconds from a start to the hedge of a leg left alone: "
            + killed.untilHedged().stream().sorted().map(each -> each.toMillis() / 1e3).toList());
    return struck;
  }

  private String config() {
    String credentials =
        isAster
            ? "\"api_key\":\"the-key\",\"api_secret\":\"the-secret\",\"base_url\":\"%1$s\",\"spot_base_url\":\"%1$s\""
                .formatted(between.url())
            : "\"account_address\":\"%s\",\"secret_key\":\"0x%s\",\"base_url\":\"%s\""
                .formatted(address, Hex.encode(key).replaceFirst("^0x", ""), between.url());
    String markets =
        isAster
            ? "\"base\":\"ASTER\",\"spot\":\"ASTER/USDT\",\"perp\":\"ASTERUSDT\""
            : "\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"";
    return """
    {"venue":"%s","credentials":{%s},"markets":{%s},
     "strategy":{"enter_threshold_apr":0.10,"exit_threshold_apr":0.04,"target_usd_notional":75,
       "signal_window_h":1,"ev_gate":false,"defer_s":0},
     "execution":{"enter_exit_cooldown_s":0,"max_clip_usd":%s,"reprice_interval_ms":300,
       "max_replaces_per_min":600},
     "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
       "min_spread_ticks":0,"max_book_age_ms":60000,"max_funding_age_ms":3600000},
     "telemetry":{"log_level":"INFO"}}
    """
        .formatted(
            isAster ? "aster" : "hyperliquid",
            credentials,
            markets,
            KilledProcess.CLIP.toPlainString());
  }

  // ---- the venue, as the checks see it

  @Override
  public <T> T call(Function<Exchange, T> work) {
    if (broken.get() != null) {
      throw new AssertionError("the exchange came to a halt", broken.get());
    }
    return paced.call(work);
  }

  @Override
  public AccountId account() {
    return isAster ? AsterServer.account(ASTER_KEY.apiKey()) : new AccountId(address);
  }

  @Override
  public MarketId market() {
    return isAster ? AsterInstruments.ASTER.market() : FixtureF0.SPOT.id().market();
  }

  /**
   * By the venue's number, as the venue itself gave it, whether or not the client learned of it.
   */
  @Override
  public Map<Long, String> orders() throws IOException, InterruptedException {
    return isAster
        ? new TreeMap<>(orders)
        : LiveKill9Test.historicalOrders(upstream, account().name());
  }

  // ---- the wire

  @Override
  public boolean disturb(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return false;
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    faults.merge(fault, 1, Integer::sum);
    switch (fault) {
      case RESET -> answers((request, venue) -> new Reply.Closed());
      case STALL -> answers((request, venue) -> new Reply.Stalled(passed(request, venue), 12));
      case TOO_MANY -> answers((request, venue) -> LyingProxy.page(429));
      case SERVER_ERROR -> answers((request, venue) -> LyingProxy.page(502));
      case PAGE -> answers((request, venue) -> LyingProxy.page(403));
      case LOST_ANSWER ->
          answers((request, venue) -> {
            passed(request, venue);
            return new Reply.Closed();
          });
      case FRAMES_DROPPED -> frames(frame -> List.of());
      case STREAM_CUT -> {
        frames.increment();
        between.cut();
      }
      case CLOCK_AHEAD -> shiftClock(3300);
      case CLOCK_BEHIND -> shiftClock(-2500);
    }
    return true;
  }

  private void shiftClock(long millis) {
    answers((request, venue) -> {
      Reply.Whole answer = passed(request, venue);
      return answer.withBody(shifted(answer.body(), millis));
    });
    frames(frame -> List.of(shifted(frame, millis)));
  }

  /** Every answer is a fault, and counted. */
  private void answers(LyingProxy.Lie lie) {
    between.answers((request, venue) -> {
      requests.increment();
      return lie.answer(request, venue);
    });
  }

  private void frames(Function<String, List<String>> lie) {
    between.frames(frame -> {
      frames.increment();
      return lie.apply(frame);
    });
  }

  @Override
  public int moreTroubles() {
    return 3;
  }

  private static String shifted(String text, long millis) {
    return TIME.matcher(text)
        .replaceAll(time -> Long.toString(Long.parseLong(time.group()) + millis));
  }

  @Override
  public void mend() {
    between.frames(List::of);
    between.answers(this::passed);
  }

  /** What the venue answers; an order that it has taken is written down. */
  private Reply.Whole passed(Request request, LyingProxy.Venue venue)
      throws IOException, InterruptedException {
    Reply.Whole answer = venue.ask();
    Matcher name = OWN_NAME.matcher(request.target() + "&" + request.body());
    Matcher id = GIVEN_ID.matcher(answer.body());
    if (request.method().equals("POST") && answer.status() == 200 && name.find() && id.find()) {
      orders.put(Long.parseLong(id.group(1)), name.group(1));
    }
    return answer;
  }

  /**
   * From now on the weight of every request is counted, by the minute and by the kind of request.
   */
  private TreeMap<Instant, TreeMap<String, Integer>> weigh() {
    TreeMap<Instant, TreeMap<String, Integer>> minutes = new TreeMap<>();
    between.answers((request, venue) -> {
      Reply.Whole answer = venue.ask();
      String type = isAster ? request.target().replaceFirst("[?].*", "") : type(request);
      int weight = isAster ? asterWeight(request) : hyperliquidWeight(request, answer);
      Instant minute = call(Exchange::now).truncatedTo(ChronoUnit.MINUTES);
      synchronized (minutes) {
        minutes.computeIfAbsent(minute, each -> new TreeMap<>()).merge(type, weight, Integer::sum);
      }
      return answer;
    });
    return minutes;
  }

  static String type(Request request) {
    return request.target().equals("/info")
        ? ProgramProcess.json(request.body()).path("type").asString("")
        : request.target();
  }

  /** As the venue documents it: more rows weigh more. */
  static int hyperliquidWeight(Request request, Reply.Whole answer) {
    if (!request.target().equals("/info")) {
      return request.target().equals("/exchange") ? 1 : 0;
    }
    JsonNode rows = ProgramProcess.json(answer.body());
    int more = rows.isArray() ? rows.size() / 20 : 0;
    return switch (type(request)) {
      case "l2Book",
          "allMids",
          "clearinghouseState",
          "orderStatus",
          "spotClearinghouseState",
          "exchangeStatus" ->
          2;
      case "userRole" -> 60;
      case "fundingHistory", "userFillsByTime", "userFunding", "userFills", "historicalOrders" ->
          20 + more;
      default -> 20;
    };
  }

  /** As the venue documents it: a list without its symbol weighs as much as all of them. */
  private static int asterWeight(Request request) {
    String target = request.target();
    String resource = target.replaceFirst("^/(api|fapi)/v[0-9]+/", "").replaceFirst("[?].*", "");
    return switch (resource) {
      case "account",
          "accountWithJoinMargin",
          "balance",
          "positionRisk",
          "userTrades",
          "asset/wallet/transfer",
          "allOrders" ->
          5;
      case "countdownCancelAll" -> 10;
      case "commissionRate" -> 20;
      case "income", "positionSide/dual", "multiAssetsMargin" -> 30;
      case "openOrders" -> request.mentions("symbol=") ? 1 : 40;
      case "depth" -> 10;
      default -> 1;
    };
  }

  @Override
  public void close() throws IOException {
    between.close();
    closeServer.run();
    paced.close();
  }

  /** Of a world, after which another begins: a journal is read whole after each kill. */
  private static final int KILLS_OF_A_WORLD = 25;

  /**
   * VENUE KILLS SEED, or {@code weight VENUE MINUTES}: what a run that holds its carry weighs in
   * each whole minute.
   */
  public static void main(String[] words) throws Exception {
    Path folder = Files.createTempDirectory("soak-");
    if (words[0].equals("weight")) {
      weigh(folder, words[1], Integer.parseInt(words[2]));
      return;
    }
    TreeMap<Moment, Integer> struck = new TreeMap<>();
    TreeMap<Fault, Integer> faults = new TreeMap<>();
    long requests = 0;
    long frames = 0;
    long seed = Long.parseLong(words[2]);
    int kills = Integer.parseInt(words[1]);
    for (int done = 0; done < kills; done += KILLS_OF_A_WORLD) {
      Path own = Files.createDirectory(folder.resolve(Long.toString(seed)));
      int some = Math.min(KILLS_OF_A_WORLD, kills - done);
      try (LiveSoak venue = new LiveSoak(words[0], 20, seed, START)) {
        struck = KilledProcess.sum(struck, venue.soak(own, some, seed));
        venue.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        requests += venue.requests.sum();
        frames += venue.frames.sum();
      }
      seed++;
      System.out.println(
          "%s: %d kills, of them at a moment %s; troubles %d %s, which changed or kept back %d answers and %d frames"
              .formatted(
                  words[0],
                  done + some,
                  struck,
                  faults.values().stream().mapToInt(Integer::intValue).sum(),
                  faults,
                  requests,
                  frames));
    }
  }

  private static void weigh(Path folder, String name, int minutes) throws Exception {
    try (LiveSoak venue = new LiveSoak(name, 1, 1, Instant.now())) {
      Path config = SecretFile.write(folder.resolve("config.json"), venue.config());
      ProgramProcess program =
          new ProgramProcess(folder)
              .jvm("-Duser.home=" + folder)
              .lasting(Duration.ofMinutes(minutes + 10L));
      try (ProgramProcess.Running run =
          program.startWithOutputToFile(
              "run", "--config", config.toString(), "--set", "strategy.exit_threshold_apr=-5")) {
        run.runFor(Duration.ofSeconds(90));
        TreeMap<Instant, TreeMap<String, Integer>> counted = venue.weigh();
        // the first is counted in part
        Instant next = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        TimeUnit.MINUTES.sleep(2);
        for (int done = 0; done < minutes; done++) {
          TimeUnit.MINUTES.sleep(1);
          Instant minute = next.plus(done, ChronoUnit.MINUTES);
          String types;
          int sum;
          synchronized (counted) {
            TreeMap<String, Integer> found = counted.getOrDefault(minute, new TreeMap<>());
            types = found.toString();
            sum = found.values().stream().mapToInt(Integer::intValue).sum();
          }
          System.out.println("%s %s: %d %s".formatted(name, minute, sum, types));
        }
        venue.mend();
      }
    }
  }
}
