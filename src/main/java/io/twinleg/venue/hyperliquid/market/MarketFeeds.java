package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.market.ExchangeStatus;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.market.MarketSize;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final UnreadableMessages unreadable;
  private final VenueClock clock;
  private final FeedAges ages;
  private final Duration cycle;
  private final List<BookFeed> books = new ArrayList<>();
  private final List<PerpFeed> perps = new ArrayList<>();
  private final Map<InstrumentId, Instant> sizedAt = new TreeMap<>();
  private long cycles;
  private long reconnectedAt;
  private long remeasuredAt = -1;

  /** Maximum ages of a book and of a funding rate, in real time. */
  public record FeedAges(Duration book, Duration funding) {}

  MarketFeeds(
      InfoClient info,
      WebSocketSession streams,
      StalenessMonitor watch,
      EventInbox inbox,
      UnreadableMessages unreadable,
      VenueClock clock,
      FeedAges ages,
      Duration round) {
    this.info = info;
    this.streams = streams;
    this.watch = watch;
    this.inbox = inbox;
    this.unreadable = unreadable;
    this.clock = clock;
    this.ages = ages;
    this.cycle = round;
  }

  void start() {
    streams.onOpen(this::forget);
    streams.schedule(cycle, this::runCycle);
  }

  /** What a new connection says is compared with nothing that was said before it. */
  private void forget() {
    watch.forget();
    books.forEach(BookFeed::forget);
  }

  /** From any thread, as {@link #followPerp}. */
  void followBook(Instrument instrument, Usd clip) {
    BookFeed feed = new BookFeed(instrument, clip, watch, inbox);
    streams.execute(() -> books.add(feed));
    watch.watch(feed.feed(), ages.book());
    streams.subscribeBook(feed.coin(), feed::onScan, feed::onBook);
    streams.subscribe(Subscription.ofCoin("bbo", feed.coin()), feed::onBestLevels);
  }

  void followPerp(Instrument perp, Instant settled) {
    PerpFeed feed = new PerpFeed(perp, settled, watch, inbox);
    streams.execute(() -> perps.add(feed));
    watch.watch(feed.feed(), ages.funding());
    streams.subscribe(
        Subscription.ofCoin("activeAssetCtx", feed.coin()),
        data -> {
          feed.onContext(data);
          MarketSize.ofPerp(data).ifPresent(size -> onSize(perp, size));
        });
  }

  /** From any thread, as {@link #followPerp}. */
  void followCoin(Instrument spot) {
    streams.subscribe(
        Subscription.ofCoin("activeAssetCtx", spot.wireName()),
        data -> MarketSize.ofCoin(data).ifPresent(size -> onSize(spot, size)));
  }

  /** Published once an hour: what a part of the capital may be of a market need not be newer. */
  private void onSize(Instrument of, MarketSize size) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    if (!hour.equals(sizedAt.put(of.id(), hour))) {
      inbox.publish(new Event.LiquidityReported(of.id(), new Usd(size.usd())));
    }
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
        request(Requests.of("meta"), ListedAssets::perps, this::compareListing);
      }
      if (cycles % CYCLES_PER_CLOCK_CHECK == 0) {
        measureClock(false);
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
        request(
            Requests.ofCoin("l2Book", feed.coin()),
            answer -> L2Book.read(answer, feed.coin()),
            feed::onFallback);
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
            list -> HyperliquidFundingRow.list(list, feed.coin()),
            feed::onHistory);
      }
    }
  }

  /** From any thread: the clock may have been set, so that older samples mislead. */
  void remeasureClock() {
    streams.execute(() -> {
      if (cycles != remeasuredAt) {
        remeasuredAt = cycles;
        measureClock(true);
      }
    });
  }

  /** The clock of an exchange that runs at another speed is ours already. */
  private void measureClock(boolean anew) {
    if (clock.speed().compareTo(BigDecimal.ONE) != 0) {
      return;
    }
    Instant requested = clock.instant();
    request(
        Requests.of("exchangeStatus"),
        ExchangeStatus::read,
        status -> compareClocks(requested, status, anew));
  }

  private void compareClocks(Instant requested, ExchangeStatus status, boolean anew) {
    if (anew) {
      clock.offset().forget();
    }
    clock
        .offset()
        .update(requested, Instant.ofEpochMilli(status.time()), clock.instant())
        .ifPresent(inbox::publish);
    boolean agree = !clock.offset().forbidsEntries();
    perps.forEach(feed -> feed.setClocksAgree(agree));
  }

  private void compareListing(List<PerpCoin> listed) {
    for (PerpCoin coin : listed) {
      perps.stream()
          .filter(feed -> feed.coin().equals(coin.name()))
          .forEach(feed -> feed.onListing(coin.delisted()));
    }
  }

  /** Without a readable response nothing happens: the next cycle requests again. */
  private <T> void request(ObjectNode request, Function<JsonNode, T> reader, Consumer<T> use) {
    var unused =
        info.tryRequestAsync(request)
            .thenAccept(answer -> {
              if (answer instanceof HttpResult.Ok ok) {
                streams.execute(() -> use(ok.body(), reader, use));
              }
            });
  }

  private <T> void use(JsonNode body, Function<JsonNode, T> reader, Consumer<T> use) {
    try {
      T unused =
          MalformedMessage.ofImpossible(() -> {
            T read = reader.apply(body);
            use.accept(read);
            return read;
          });
    } catch (MalformedMessage malformed) {
      unreadable.report("/info", malformed.detail());
    }
  }
}
