package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything of a run that needs no key: the connections, the clock, the inbox and the public
 * feeds. Opening it requests the venue's time; closing it ends every connection and thread.
 */
public final class PublicClient implements PublicMarket {
  private static final int WEIGHT_PER_MINUTE = 1200;

  /** The weight reserved for requests that reduce risk. */
  private static final int RESERVED_WEIGHT = 200;

  /** Of the venue's clock, before anything is dated by it. */
  private static final int FIRST_SAMPLES = 3;

  private final HttpTransport http;
  private final RateLimiter budget;
  private final InfoClient info;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final StalenessMonitor watch;
  private final UnreadableMessages unreadable;
  private final WebSocketSession streams;
  private final MarketFeeds feeds;
  private final DataClient marketData;

  /** Timings, shorter in tests. */
  public record Timing(WebSocketSession.Timing streams, Duration cycle, Duration firstRetry) {
    public static final Timing STANDARD =
        new Timing(WebSocketSession.Timing.STANDARD, Duration.ofSeconds(1), Duration.ofMillis(500));
  }

  private PublicClient(String baseUrl, FeedAges ages, Timing timing) {
    http = new HttpTransport(baseUrl);
    budget = new RateLimiter(WEIGHT_PER_MINUTE, RESERVED_WEIGHT, System::nanoTime);
    RandomGenerator random = RandomGenerator.getDefault();
    info = new InfoClient(http, budget, new RetryPolicy(timing.firstRetry(), random));
    HyperliquidClockSync sync = new HyperliquidClockSync(info);
    clock = sync.clock(baseUrl);
    budget.scaleWindow(clock.speed());
    inbox = new EventInbox(clock);
    watch = new StalenessMonitor(System::nanoTime, clock, inbox::publish);
    unreadable = new UnreadableMessages(System::nanoTime, inbox::publish);
    streams = new WebSocketSession(streamAddress(baseUrl), timing.streams(), random, unreadable);
    if (clock.speed().compareTo(BigDecimal.ONE) == 0) {
      for (int sample = 1; sample < FIRST_SAMPLES; sample++) {
        sync.measure(baseUrl, clock).ifPresent(inbox::publish);
      }
    }
    feeds = new MarketFeeds(info, streams, watch, inbox, unreadable, clock, ages, timing.cycle());
    marketData = new HyperliquidDataClient(this);
  }

  /**
   * @throws VenueException with a sentence when the venue cannot be reached, or its clock is too
   *     far from ours
   */
  public static PublicClient open(String baseUrl, FeedAges ages, Timing timing) {
    PublicClient client = new PublicClient(baseUrl, ages, timing);
    client.streams.start();
    client.feeds.start();
    return client;
  }

  public static PublicClient open(String baseUrl, FeedAges ages) {
    return open(baseUrl, ages, Timing.STANDARD);
  }

  public URI streamAddress() {
    return streamAddress(http.site());
  }

  private static URI streamAddress(String baseUrl) {
    return URI.create(baseUrl.replaceFirst("^http", "ws") + "/ws");
  }

  public HttpTransport http() {
    return http;
  }

  public RateLimiter budget() {
    return budget;
  }

  public InfoClient info() {
    return info;
  }

  public WebSocketSession streams() {
    return streams;
  }

  MarketFeeds feeds() {
    return feeds;
  }

  /** The venue refused something for its time: its clock is measured at once, and anew. */
  public void remeasureClock() {
    feeds.remeasureClock();
  }

  public VenueClock clock() {
    return clock;
  }

  public EventInbox inbox() {
    return inbox;
  }

  @Override
  public DataClient marketData() {
    return marketData;
  }

  @Override
  public EventSource events() {
    return inbox;
  }

  @Override
  public TradeFeed trades() {
    return (instrument, listener) -> {
      HyperliquidTradeFeed feed = new HyperliquidTradeFeed(instrument, clock.instant(), listener);
      streams.subscribe(Subscription.ofCoin("trades", instrument.wireName()), feed::onTrades);
    };
  }

  @Override
  public void close() {
    streams.close();
    http.close();
  }
}
