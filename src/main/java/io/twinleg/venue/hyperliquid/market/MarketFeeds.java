package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All public feeds of a run, and the cycle of checks that keeps them reliable: each second
 * staleness, with a book by REST for a stale feed; each minute the listing and the clock; after
 * each full hour the settled rate. Its fields are touched on the WebSocket's thread only.
 */
public final class MarketFeeds {
  private static final int CYCLES_PER_FALLBACK = 2;
  private static final int CYCLES_PER_SETTLEMENT = 3;
  private static final int CYCLES_PER_LISTING = 60;
  private static final int CYCLES_PER_CLOCK_CHECK = 60;

  /** A single feed may fail while the connection works: reconnects are limited. */
  private static final int CYCLES_PER_RECONNECT = 20;

  private final InfoClient info;
  private final WebSocketSession streams;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final FeedAges ages;
  private final Duration cycle;
  private final List<BookFeed> books = new ArrayList<>();
  private final List<PerpFeed> perps = new ArrayList<>();
  private long cycles;
  private long reconnectedAt;

  /** Maximum ages of a book and of a funding rate, in real time. */
  public record FeedAges(Duration book, Duration funding) {}

  MarketFeeds(
      InfoClient info,
      WebSocketSession streams,
      StalenessMonitor watch,
      EventInbox inbox,
      VenueClock clock,
      FeedAges ages,
      Duration round) {
    this.info = info;
    this.streams = streams;
    this.watch = watch;
    this.inbox = inbox;
    this.clock = clock;
    this.ages = ages;
    this.cycle = round;
  }

  void start() {
    streams.schedule(cycle, this::runCycle);
  }

  /** From any thread, as {@link #followPerp}. */
  void followBook(Instrument instrument, Usd clip) {
    BookFeed feed = new BookFeed(instrument, clip, watch, inbox);
    streams.execute(() -> books.add(feed));
    watch.watch(feed.feed(), ages.book());
    streams.subscribe(Requests.ofCoin("l2Book", feed.coin()), feed::onBook);
    streams.subscribe(Requests.ofCoin("bbo", feed.coin()), feed::onBestLevels);
  }

  void followPerp(Instrument perp, Instant settled) {
    PerpFeed feed = new PerpFeed(perp, settled, watch, inbox);
    streams.execute(() -> perps.add(feed));
    watch.watch(feed.feed(), ages.funding());
    streams.subscribe(Requests.ofCoin("activeAssetCtx", feed.coin()), feed::onContext);
  }

  private void runCycle() {
    cycles++;
    try {
      watch.check();
      recoverStaleBooks();
      if (cycles % CYCLES_PER_SETTLEMENT == 0) {
        requestSettlements();
      }
      if (cycles % CYCLES_PER_LISTING == 0 && !perps.isEmpty()) {
        request(Requests.of("meta"), InfoClient.USUAL, this::compareListing);
      }
      if (cycles % CYCLES_PER_CLOCK_CHECK == 0 && clock.speed().compareTo(BigDecimal.ONE) == 0) {
        Instant requested = clock.instant();
        request(
            Requests.of("exchangeStatus"),
            InfoClient.CHEAP,
            body -> compareClocks(requested, body));
      }
    } finally {
      streams.schedule(cycle, this::runCycle);
    }
  }

  private void recoverStaleBooks() {
    List<StalenessMonitor.FeedKey> stale = watch.stale();
    List<BookFeed> staleBooks = books.stream().filter(feed -> stale.contains(feed.feed())).toList();
    if (!staleBooks.isEmpty() && cycles - reconnectedAt >= CYCLES_PER_RECONNECT) {
      reconnectedAt = cycles;
      streams.reopen("a book is stale");
    }
    if (cycles % CYCLES_PER_FALLBACK == 0) {
      for (BookFeed feed : staleBooks) {
        request(Requests.ofCoin("l2Book", feed.coin()), InfoClient.CHEAP, feed::onFallback);
      }
    }
  }

  private void requestSettlements() {
    Instant now = clock.instant();
    for (PerpFeed feed : perps) {
      if (feed.awaitsSettlement(now)) {
        Instant from = feed.settledUntil().plus(Duration.ofMinutes(30));
        request(
            Requests.fundingHistory(feed.coin(), from),
            InfoClient.fundingWeight(1),
            feed::onHistory);
      }
    }
  }

  private void compareClocks(Instant requested, JsonNode status) {
    Instant received = clock.instant();
    MarketDataParser.time(status)
        .flatMap(venue -> clock.offset().update(requested, venue, received))
        .ifPresent(inbox::publish);
    boolean agree = !clock.offset().forbidsEntries();
    perps.forEach(feed -> feed.setClocksAgree(agree));
  }

  private void compareListing(JsonNode meta) {
    for (PerpCoin coin : ListedAssets.perps(meta)) {
      perps.stream()
          .filter(feed -> feed.coin().equals(coin.name()))
          .forEach(feed -> feed.onListing(coin.delisted()));
    }
  }

  /** Without a response nothing happens: the next cycle requests again. */
  private void request(ObjectNode request, int weight, Consumer<JsonNode> use) {
    var unused =
        info.tryRequestAsync(request, weight)
            .thenAccept(answer -> {
              if (answer instanceof HttpResult.Ok ok) {
                streams.execute(() -> use.accept(ok.body()));
              }
            });
  }
}
