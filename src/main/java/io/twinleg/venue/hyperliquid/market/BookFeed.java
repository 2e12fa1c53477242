package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.market.MarketDataParser.TimedBook;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One instrument's book. Every {@code l2Book} frame is a whole book, {@code bbo} is faster and has
 * the best levels only; neither is numbered, so the venue's time decides which is newer. Published
 * is each side up to twice the clip at its best price (specification 1.13). Touched on the
 * WebSocket's thread only.
 */
final class BookFeed {
  private static final BigDecimal CLIPS_PUBLISHED = BigDecimal.valueOf(2);

  private final InstrumentId id;
  private final String coin;
  private final int sizeDecimals;
  private final Usd depth;
  private final StalenessMonitor.FeedKey feed;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private Instant newest = Instant.MIN;
  private BookSnapshot full = BookSnapshot.EMPTY;
  private @Nullable BookSnapshot published;

  BookFeed(Instrument instrument, Usd clip, StalenessMonitor watch, EventInbox inbox) {
    id = instrument.id();
    coin = instrument.wireName();
    sizeDecimals = instrument.sizeDecimals();
    depth = clip.times(CLIPS_PUBLISHED);
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

  /** A book by REST while the feed is stale: published, and the feed stays stale. */
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
    BookSnapshot limited = new BookSnapshot(withinDepth(book.bids()), withinDepth(book.asks()));
    if (!limited.equals(published)) {
      published = limited;
      inbox.publish(time, new Event.BookUpdated(id, limited));
    }
  }

  private List<PriceLevel> withinDepth(List<PriceLevel> levels) {
    if (levels.isEmpty()) {
      return levels;
    }
    List<PriceLevel> limited = new ArrayList<>();
    Quantity left = sizeAtBest(levels.get(0));
    for (PriceLevel level : levels) {
      Quantity part = level.quantity().min(left);
      limited.add(new PriceLevel(level.price(), part));
      left = left.minus(part);
      if (left.isZero()) {
        break;
      }
    }
    return limited;
  }

  /** In whole lots, rounded up, so that the best price is always published. */
  private Quantity sizeAtBest(PriceLevel best) {
    return new Quantity(
        depth.value().divide(best.price().value(), sizeDecimals, RoundingMode.CEILING));
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
