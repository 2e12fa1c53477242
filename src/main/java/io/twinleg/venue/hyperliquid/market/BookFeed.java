package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.market.MarketDataParser.TimedBook;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One instrument's book. Every {@code l2Book} frame is a whole book, {@code bbo} is faster and has
 * the best levels only; neither is numbered, so the venue's time decides which is newer. Touched on
 * the link's thread only.
 */
final class BookFeed {
  private final InstrumentId id;
  private final String coin;
  private final HyperliquidDepthLimit cut;
  private final StalenessMonitor.FeedKey feed;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private Instant newest = Instant.MIN;
  private BookSnapshot full = BookSnapshot.EMPTY;
  private Optional<BookSnapshot> published = Optional.empty();

  BookFeed(Instrument instrument, Usd clip, StalenessMonitor watch, EventInbox inbox) {
    id = instrument.id();
    coin = instrument.wireName();
    cut = new HyperliquidDepthLimit(instrument.sizeDecimals(), clip);
    feed = new StalenessMonitor.FeedKey(Feed.BOOK, Optional.of(id));
    this.watch = watch;
    this.inbox = inbox;
  }

  StalenessMonitor.FeedKey feed() {
    return feed;
  }

  String coin() {
    return coin;
  }

  void onBook(JsonNode data) {
    MarketDataParser.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> {
          apply(book.time(), book.book());
          watch.record(feed, book.time());
        });
  }

  void onBestLevels(JsonNode data) {
    MarketDataParser.bestLevels(data)
        .filter(this::isNewest)
        .ifPresent(best -> {
          apply(best.time(), withTop(best.book()));
          watch.record(feed, best.time());
        });
  }

  /** What REST says while the feed is dead: known to whoever must trade, and no sign of life. */
  void onFallback(JsonNode data) {
    MarketDataParser.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> apply(book.time(), book.book()));
  }

  private boolean isNewest(TimedBook book) {
    return !book.time().isBefore(newest);
  }

  private void apply(Instant time, BookSnapshot book) {
    newest = time;
    full = book;
    BookSnapshot seen = cut.of(book);
    if (published.filter(seen::equals).isEmpty()) {
      published = Optional.of(seen);
      inbox.publish(time, new Event.BookUpdated(id, seen));
    }
  }

  private BookSnapshot withTop(BookSnapshot best) {
    return new BookSnapshot(withTop(Side.BUY, best.bids()), withTop(Side.SELL, best.asks()));
  }

  private List<PriceLevel> withTop(Side side, List<PriceLevel> best) {
    if (best.isEmpty()) {
      return List.of();
    }
    List<PriceLevel> levels = new ArrayList<>(best);
    for (PriceLevel level : full.side(side)) {
      int order = level.price().compareTo(best.get(0).price());
      if (side == Side.BUY ? order < 0 : order > 0) {
        levels.add(level);
      }
    }
    return levels;
  }
}
