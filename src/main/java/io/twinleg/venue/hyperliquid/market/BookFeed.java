package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.hyperliquid.market.BestPrices;
import io.twinleg.wire.hyperliquid.market.BookScan;
import io.twinleg.wire.hyperliquid.market.BookScan.Levels;
import io.twinleg.wire.hyperliquid.market.L2Book;
import java.math.BigDecimal;
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
  private final BookDepth depth;
  private final StalenessMonitor.FeedKey feed;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private Instant newest = Instant.MIN;
  private @Nullable BookSnapshot published;

  /** The whole book; null where it is in the scanned levels only. */
  private @Nullable BookSnapshot full = BookSnapshot.EMPTY;

  private final Levels fullBids = new Levels();
  private final Levels fullAsks = new Levels();
  private final Levels limitedBids = new Levels();
  private final Levels limitedAsks = new Levels();

  /** What is published, where a scanned book was the last that was. */
  private final Levels shownBids = new Levels();

  private final Levels shownAsks = new Levels();
  private boolean shown;

  BookFeed(Instrument instrument, Usd clip, StalenessMonitor watch, EventInbox inbox) {
    id = instrument.id();
    coin = instrument.wireName();
    depth = new BookDepth(clip.times(CLIPS_PUBLISHED), instrument.sizeDecimals());
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
    L2Book book = L2Book.read(data);
    if (isTaken(book.time())) {
      apply(book.time(), new BookSnapshot(levels(book.bids()), levels(book.asks())));
    }
  }

  /** As {@link #onBook}. What is published is made new only where it is another. */
  void onScan(BookScan book) {
    if (!isTaken(book.time())) {
      return;
    }
    newest = Instant.ofEpochMilli(book.time());
    full = null;
    fullBids.copy(book.bids());
    fullAsks.copy(book.asks());
    limit(limitedBids, fullBids);
    limit(limitedAsks, fullAsks);
    if (!shown || !limitedBids.isSame(shownBids) || !limitedAsks.isSame(shownAsks)) {
      publish(newest, new BookSnapshot(levels(limitedBids), levels(limitedAsks)));
      shownBids.copy(limitedBids);
      shownAsks.copy(limitedAsks);
      shown = true;
    }
  }

  private void limit(Levels limited, Levels side) {
    limited.limit(side, side.count() == 0 ? 0 : depth.at(side.priceE8(0)));
  }

  void onBestLevels(JsonNode data) {
    BestPrices best = BestPrices.read(data);
    if (isTaken(best.time())) {
      List<PriceLevel> bids = levels(best.bid().stream().toList());
      List<PriceLevel> asks = levels(best.ask().stream().toList());
      apply(best.time(), withTop(new BookSnapshot(bids, asks)));
    }
  }

  /** The monitor judges first: what it refuses is not applied. */
  private boolean isTaken(long time) {
    Instant at = Instant.ofEpochMilli(time);
    return watch.record(feed, at) && !at.isBefore(newest);
  }

  /**
   * A book by REST while the feed is stale: published for what reduces, and the feed stays stale.
   */
  void onFallback(L2Book book) {
    Instant at = Instant.ofEpochMilli(book.time());
    if (!at.isBefore(newest) && !watch.isImpossible(at)) {
      apply(book.time(), new BookSnapshot(levels(book.bids()), levels(book.asks())));
    }
  }

  /** A new connection begins. */
  void forget() {
    newest = Instant.MIN;
  }

  static List<PriceLevel> levels(List<L2Book.Level> side) {
    return side.stream()
        .filter(level -> level.size().signum() > 0)
        .map(level -> new PriceLevel(Price.reference(level.price()), new Quantity(level.size())))
        .toList();
  }

  private static List<PriceLevel> levels(Levels side) {
    List<PriceLevel> levels = new ArrayList<>(side.count());
    for (int i = 0; i < side.count(); i++) {
      Quantity quantity = new Quantity(BookScan.decimal(side.sizeE8(i)));
      levels.add(new PriceLevel(new Price(side.priceE8(i)), quantity));
    }
    return levels;
  }

  private void apply(long ms, BookSnapshot book) {
    Instant time = Instant.ofEpochMilli(ms);
    newest = time;
    full = book;
    shown = false;
    publish(time, new BookSnapshot(withinDepth(book.bids()), withinDepth(book.asks())));
  }

  private void publish(Instant time, BookSnapshot limited) {
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
    Quantity left = new Quantity(depth.at(levels.get(0).price().value()));
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

  private BookSnapshot withTop(BookSnapshot best) {
    return new BookSnapshot(withTop(Side.BUY, best.bids()), withTop(Side.SELL, best.asks()));
  }

  private BookSnapshot full() {
    BookSnapshot book = full;
    if (book == null) {
      book = new BookSnapshot(levels(fullBids), levels(fullAsks));
      full = book;
    }
    return book;
  }

  private List<PriceLevel> withTop(Side side, List<PriceLevel> best) {
    if (best.isEmpty()) {
      return List.of();
    }
    List<PriceLevel> levels = new ArrayList<>(best);
    for (PriceLevel level : full().side(side)) {
      int order = level.price().compareTo(best.get(0).price());
      if (side == Side.BUY ? order < 0 : order > 0) {
        levels.add(level);
      }
    }
    return levels;
  }
}
