package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.Fact.FeedChanged.Feed;
import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.Usd;
import io.hypercarry.venue.hyperliquid.PublicBodies.TimedBook;
import io.hypercarry.venue.link.FactInbox;
import io.hypercarry.venue.link.FeedWatch;
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
  private final DepthCut cut;
  private final FeedWatch.Line line;
  private final FeedWatch watch;
  private final FactInbox inbox;
  private Instant newest = Instant.MIN;
  private Book whole = Book.EMPTY;
  private Optional<Book> told = Optional.empty();

  BookFeed(Instrument instrument, Usd clip, FeedWatch watch, FactInbox inbox) {
    id = instrument.id();
    coin = instrument.wireName();
    cut = new DepthCut(instrument.sizeDecimals(), clip);
    line = new FeedWatch.Line(Feed.BOOK, Optional.of(id));
    this.watch = watch;
    this.inbox = inbox;
  }

  FeedWatch.Line line() {
    return line;
  }

  String coin() {
    return coin;
  }

  void wholeBook(JsonNode data) {
    PublicBodies.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> {
          takeOver(book.time(), book.book());
          watch.heard(line, book.time());
        });
  }

  void bestLevels(JsonNode data) {
    PublicBodies.bestLevels(data)
        .filter(this::isNewest)
        .ifPresent(best -> {
          takeOver(best.time(), withTop(best.book()));
          watch.heard(line, best.time());
        });
  }

  /** What REST says while the feed is dead: known to whoever must trade, and no sign of life. */
  void fallback(JsonNode data) {
    PublicBodies.book(data)
        .filter(this::isNewest)
        .ifPresent(book -> takeOver(book.time(), book.book()));
  }

  private boolean isNewest(TimedBook book) {
    return !book.time().isBefore(newest);
  }

  private void takeOver(Instant time, Book book) {
    newest = time;
    whole = book;
    Book seen = cut.of(book);
    if (told.filter(seen::equals).isEmpty()) {
      told = Optional.of(seen);
      inbox.tell(time, new Fact.BookUpdated(id, seen));
    }
  }

  private Book withTop(Book best) {
    return new Book(withTop(Side.BUY, best.bids()), withTop(Side.SELL, best.asks()));
  }

  private List<Level> withTop(Side side, List<Level> best) {
    if (best.isEmpty()) {
      return List.of();
    }
    List<Level> levels = new ArrayList<>(best);
    for (Level level : whole.side(side)) {
      int order = level.price().compareTo(best.get(0).price());
      if (side == Side.BUY ? order < 0 : order > 0) {
        levels.add(level);
      }
    }
    return levels;
  }
}
