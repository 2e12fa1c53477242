package io.hypercarry.venue.hyperliquid;

import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.VenueFault;
import io.hypercarry.venue.hyperliquid.MarketFeeds.FeedAges;
import io.hypercarry.venue.link.FactInbox;
import io.hypercarry.venue.link.FeedWatch;
import io.hypercarry.venue.link.HttpLink;
import io.hypercarry.venue.link.Reads;
import io.hypercarry.venue.link.Skew;
import io.hypercarry.venue.link.VenueClock;
import io.hypercarry.venue.link.WeightBudget;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything of a run at this venue that needs no key: the connections, the clock, the inbox and
 * the public feeds. Opening it asks the venue for its time; closing it ends every connection and
 * thread.
 */
final class PublicSide implements AutoCloseable {
  private static final int WEIGHT_A_MINUTE = 1200;

  /** What only informs leaves so much to what reduces risk. */
  private static final int WEIGHT_FOR_SAFETY = 200;

  private final HttpLink http;
  private final WeightBudget budget;
  private final InfoClient info;
  private final Skew skew = new Skew();
  private final VenueClock clock;
  private final FactInbox inbox;
  private final FeedWatch watch;
  private final Streams streams;
  private final MarketFeeds feeds;
  private final MarketData marketData;

  /** How patient this side is. Tests are less so. */
  record Timing(Streams.Timing streams, Duration round, Duration firstRetry) {
    static final Timing STANDARD =
        new Timing(Streams.Timing.STANDARD, Duration.ofSeconds(1), Duration.ofMillis(500));
  }

  private PublicSide(String baseUrl, FeedAges ages, Timing timing) {
    http = new HttpLink(baseUrl);
    budget = new WeightBudget(WEIGHT_A_MINUTE, WEIGHT_FOR_SAFETY, System::nanoTime);
    RandomGenerator chance = RandomGenerator.getDefault();
    info = new InfoClient(http, budget, new Reads(timing.firstRetry(), chance));
    clock = new VenueTime(info, skew).clock(baseUrl);
    budget.countBy(clock.speed());
    inbox = new FactInbox(clock);
    watch = new FeedWatch(System::nanoTime, inbox::tell);
    streams = new Streams(streamAddress(baseUrl), timing.streams(), chance);
    feeds = new MarketFeeds(info, streams, watch, inbox, clock, skew, ages, timing.round());
    marketData = new LiveMarketData(this);
  }

  /**
   * @throws VenueFault with a sentence when the venue cannot be reached, or its clock is too far
   *     from ours
   */
  static PublicSide open(String baseUrl, FeedAges ages, Timing timing) {
    PublicSide side = new PublicSide(baseUrl, ages, timing);
    side.streams.start();
    side.feeds.start();
    return side;
  }

  URI streamAddress() {
    return streamAddress(http.site());
  }

  private static URI streamAddress(String baseUrl) {
    return URI.create(baseUrl.replaceFirst("^http", "ws") + "/ws");
  }

  HttpLink http() {
    return http;
  }

  WeightBudget budget() {
    return budget;
  }

  InfoClient info() {
    return info;
  }

  Streams streams() {
    return streams;
  }

  MarketFeeds feeds() {
    return feeds;
  }

  VenueClock clock() {
    return clock;
  }

  Skew skew() {
    return skew;
  }

  FactInbox inbox() {
    return inbox;
  }

  FeedWatch watch() {
    return watch;
  }

  MarketData marketData() {
    return marketData;
  }

  @Override
  public void close() {
    streams.close();
    http.close();
  }
}
