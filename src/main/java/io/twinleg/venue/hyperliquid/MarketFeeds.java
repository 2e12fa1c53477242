package io.twinleg.venue.hyperliquid;

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
final class MarketFeeds {
  private static final int ROUNDS_A_FALLBACK = 2;
  private static final int ROUNDS_A_SETTLEMENT = 3;
  private static final int ROUNDS_A_LISTING = 60;
  private static final int ROUNDS_A_CLOCK = 60;

  /** A feed may be dead for reasons of its own: the connection is not renewed more often. */
  private static final int ROUNDS_A_RENEWAL = 20;

  private final InfoClient info;
  private final WebSocketSession streams;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final ClockOffset skew;
  private final FeedAges ages;
  private final Duration round;
  private final List<BookFeed> books = new ArrayList<>();
  private final List<PerpFeed> perps = new ArrayList<>();
  private long rounds;
  private long renewed;

  /** How long a book or a funding rate may be silent, in our time. */
  record FeedAges(Duration book, Duration funding) {}

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
    this.skew = skew;
    this.ages = ages;
    this.round = round;
  }

  void start() {
    streams.later(round, this::makeRound);
  }

  /** From any thread, as {@link #followPerp}. */
  void followBook(Instrument instrument, Usd clip) {
    BookFeed feed = new BookFeed(instrument, clip, watch, inbox);
    streams.later(() -> books.add(feed));
    watch.watch(feed.line(), ages.book());
    streams.subscribe(Requests.ofCoin("l2Book", feed.coin()), feed::wholeBook);
    streams.subscribe(Requests.ofCoin("bbo", feed.coin()), feed::bestLevels);
  }

  void followPerp(Instrument perp, Instant settled) {
    PerpFeed feed = new PerpFeed(perp, settled, watch, inbox);
    streams.later(() -> perps.add(feed));
    watch.watch(feed.line(), ages.funding());
    streams.subscribe(Requests.ofCoin("activeAssetCtx", feed.coin()), feed::context);
  }

  private void makeRound() {
    rounds++;
    try {
      watch.look();
      lookAfterDeadBooks();
      if (rounds % ROUNDS_A_SETTLEMENT == 0) {
        askForSettlements();
      }
      if (rounds % ROUNDS_A_LISTING == 0 && !perps.isEmpty()) {
        ask(Requests.of("meta"), InfoClient.USUAL, this::compareListing);
      }
      if (rounds % ROUNDS_A_CLOCK == 0 && clock.speed().compareTo(BigDecimal.ONE) == 0) {
        Instant asked = clock.instant();
        ask(Requests.of("exchangeStatus"), InfoClient.CHEAP, it -> compareClocks(asked, it));
      }
    } finally {
      streams.later(round, this::makeRound);
    }
  }

  private void lookAfterDeadBooks() {
    List<StalenessMonitor.Line> stale = watch.stale();
    List<BookFeed> dead = books.stream().filter(each -> stale.contains(each.line())).toList();
    if (!dead.isEmpty() && rounds - renewed >= ROUNDS_A_RENEWAL) {
      renewed = rounds;
      streams.reopen("a book is silent");
    }
    if (rounds % ROUNDS_A_FALLBACK == 0) {
      for (BookFeed each : dead) {
        ask(Requests.ofCoin("l2Book", each.coin()), InfoClient.CHEAP, each::fallback);
      }
    }
  }

  private void askForSettlements() {
    Instant now = clock.instant();
    for (PerpFeed each : perps) {
      if (each.awaitsSettlement(now)) {
        Instant from = each.settledUntil().plus(Duration.ofMinutes(30));
        ask(Requests.fundingHistory(each.coin(), from), FundingPages.weight(1), each::history);
      }
    }
  }

  private void compareClocks(Instant asked, JsonNode status) {
    Instant answered = clock.instant();
    MarketDataParser.time(status)
        .flatMap(venue -> skew.look(asked, venue, answered))
        .ifPresent(inbox::tell);
    boolean agree = !skew.forbidsEntries();
    perps.forEach(each -> each.believe(agree));
  }

  private void compareListing(JsonNode meta) {
    for (PerpCoin coin : ListedAssets.perps(meta)) {
      perps.stream()
          .filter(each -> each.coin().equals(coin.name()))
          .forEach(each -> each.listed(coin.delisted()));
    }
  }

  /** No answer is no news: the next round asks again. */
  private void ask(ObjectNode request, int weight, Consumer<JsonNode> use) {
    var unused =
        info.tryAskLater(request, weight)
            .thenAccept(answer -> {
              if (answer instanceof HttpResult.Ok ok) {
                streams.later(() -> use.accept(ok.body()));
              }
            });
  }
}
