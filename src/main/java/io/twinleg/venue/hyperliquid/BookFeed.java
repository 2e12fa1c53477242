package io.twinleg.venue.hyperliquid;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.MarketDataParser.TimedBook;
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
  private final StalenessMonitor.Line line;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private Instant newest = Instant.MIN;
  private BookSnapshot whole = BookSnapshot.EMPTY;
  private Optional<BookSnapshot> told = Optional.empty();

  BookFeed(Instrument instrument, Usd clip, StalenessMonitor watch, EventInbox inbox) {
    id = instrument.id();
    coin = instrument.wireName();
    cut = new HyperliquidDepthLimit(instrument.sizeDecimals(), clip);
    line = new StalenessMonitor.Line(Feed.BOOK, Optional.of(id));
    this.watch = watch;
    this.inbox = inbox;
  }

  StalenessMonitor.Line line() {
    return line;
  }

  String coin() {
    return coin;
  }

  void wholeBook(JsonNode data) {
    MarketDataParser.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> {
          takeOver(book.time(), book.book());
          watch.heard(line, book.time());
        });
  }

  void bestLevels(JsonNode data) {
    MarketDataParser.bestLevels(data)
        .filter(this::isNewest)
        .ifPresent(best -> {
          takeOver(best.time(), withTop(best.book()));
          watch.heard(line, best.time());
        });
  }

  /** What REST says while the feed is dead: known to whoever must trade, and no sign of life. */
  void fallback(JsonNode data) {
    MarketDataParser.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> takeOver(book.time(), book.book()));
  }

  private boolean isNewest(TimedBook book) {
    return !book.time().isBefore(newest);
  }

  private void takeOver(Instant time, BookSnapshot book) {
    newest = time;
    whole = book;
    BookSnapshot seen = cut.of(book);
    if (told.filter(seen::equals).isEmpty()) {
      told = Optional.of(seen);
      inbox.tell(time, new Event.BookUpdated(id, seen));
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
    for (PriceLevel level : whole.side(side)) {
      int order = level.price().compareTo(best.get(0).price());
      if (side == Side.BUY ? order < 0 : order > 0) {
        levels.add(level);
      }
    }
    return levels;
  }
}
