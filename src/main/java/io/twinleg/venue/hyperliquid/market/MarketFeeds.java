package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.transport.ClockOffset;
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
 * All public feeds of a run, and the rounds that keep them honest: each second a look for silence,
 * with a book by REST for a feed that is dead; each minute a look at what is still listed; after
 * each full hour the rate that it settled at. Its fields are touched on the link's thread only.
 */
public final class MarketFeeds {
  private static final int CYCLES_PER_FALLBACK = 2;
  private static final int CYCLES_PER_SETTLEMENT = 3;
  private static final int CYCLES_PER_LISTING = 60;
  private static final int CYCLES_PER_CLOCK_CHECK = 60;

  /** A feed may be dead for reasons of its own: the connection is not renewed more often. */
  private static final int CYCLES_PER_RECONNECT = 20;

  private final InfoClient info;
  private final WebSocketSession streams;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final ClockOffset clockOffset;
  private final FeedAges ages;
  private final Duration cycle;
  private final List<BookFeed> books = new ArrayList<>();
  private final List<PerpFeed> perps = new ArrayList<>();
  private long cycles;
  private long reconnectedAt;

  /** How long a book or a funding rate may be silent, in our time. */
  public record FeedAges(Duration book, Duration funding) {}

  MarketFeeds(
      InfoClient info,
      WebSocketSession streams,
      StalenessMonitor watch,
      EventInbox inbox,
      VenueClock clock,
      ClockOffset skew,
      FeedAges ages,
      Duration round) {
    this.info = info;
    this.streams = streams;
    this.watch = watch;
    this.inbox = inbox;
    this.clock = clock;
    this.clockOffset = skew;
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
        Instant asked = clock.instant();
        request(Requests.of("exchangeStatus"), InfoClient.CHEAP, it -> compareClocks(asked, it));
      }
    } finally {
      streams.schedule(cycle, this::runCycle);
    }
  }

  private void recoverStaleBooks() {
    List<StalenessMonitor.FeedKey> stale = watch.stale();
    List<BookFeed> dead = books.stream().filter(each -> stale.contains(each.feed())).toList();
    if (!dead.isEmpty() && cycles - reconnectedAt >= CYCLES_PER_RECONNECT) {
      reconnectedAt = cycles;
      streams.reopen("a book is silent");
    }
    if (cycles % CYCLES_PER_FALLBACK == 0) {
      for (BookFeed each : dead) {
        request(Requests.ofCoin("l2Book", each.coin()), InfoClient.CHEAP, each::onFallback);
      }
    }
  }

  private void requestSettlements() {
    Instant now = clock.instant();
    for (PerpFeed each : perps) {
      if (each.awaitsSettlement(now)) {
        Instant from = each.settledUntil().plus(Duration.ofMinutes(30));
        request(Requests.fundingHistory(each.coin(), from), InfoClient.fundingWeight(1), each::onHistory);
      }
    }
  }

  private void compareClocks(Instant asked, JsonNode status) {
    Instant answered = clock.instant();
    MarketDataParser.time(status)
        .flatMap(venue -> clockOffset.update(asked, venue, answered))
        .ifPresent(inbox::publish);
    boolean agree = !clockOffset.forbidsEntries();
    perps.forEach(each -> each.setClocksAgree(agree));
  }

  private void compareListing(JsonNode meta) {
    for (PerpCoin coin : ListedAssets.perps(meta)) {
      perps.stream()
          .filter(each -> each.coin().equals(coin.name()))
          .forEach(each -> each.onListing(coin.delisted()));
    }
  }

  /** No answer is no news: the next round asks again. */
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
