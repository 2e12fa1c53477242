package io.twinleg.journal;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.journal.EventCodec.JournalRow;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of books, marks and running rates, which are all but a hundredth of a journal: their
 * values in a fixed order with a space between them, where an object with names would take two or
 * three times the space and the time. Exact both ways.
 *
 * <p>First how many milliseconds the event was on its way, {@code 100}, and where a time has more
 * than milliseconds its nanoseconds of the received and of the venue's time, {@code 100:5:7}; then
 * the instrument; then prices and sizes, of a book the bids, a bar, and the asks: {@code 100
 * HYPE/spot 40.061 9.99|40.069 9.99}. Journals before schema version 3 have objects instead, which
 * begin with a brace; so has every other kind.
 */
final class MarketDataText {
  private static final int NANOS_PER_MS = 1_000_000;
  private static final char SIDES = '|';

  private MarketDataText() {}

  static boolean isOne(String data) {
    return data.charAt(0) != '{';
  }

  /** Empty for every other event, and where a market's name would be taken for more than that. */
  static Optional<String> encode(SequencedEvent event) {
    return switch (event.fact()) {
      case Event.BookUpdated update -> {
        Optional<StringBuilder> text = begun(event, update.instrument());
        text.ifPresent(of -> write(update.book(), of));
        yield text.map(StringBuilder::toString);
      }
      case Event.MarkPriceUpdated update ->
          begun(event, update.instrument())
              .map(text ->
                  text.append(ModelModule.write(update.mark()))
                      .append(' ')
                      .append(ModelModule.write(update.oracle()))
                      .toString());
      case Event.FundingRateUpdated update ->
          begun(event, update.instrument())
              .map(text -> text.append(ModelModule.write(update.rate())).toString());
      default -> Optional.empty();
    };
  }

  private static Optional<StringBuilder> begun(SequencedEvent event, InstrumentId instrument) {
    boolean namesItsVenue = event.venue().equals(instrument.market().venue());
    if (!namesItsVenue || !isOneWord(instrument.market().name())) {
      return Optional.empty();
    }
    Instant received = event.receivedTime();
    Instant venue = event.venueTime();
    StringBuilder text =
        new StringBuilder(64).append(received.toEpochMilli() - venue.toEpochMilli());
    if (nanosOfMs(received) != 0 || nanosOfMs(venue) != 0) {
      text.append(':').append(nanosOfMs(received)).append(':').append(nanosOfMs(venue));
    }
    return Optional.of(text.append(' ').append(ModelModule.write(instrument)).append(' '));
  }

  private static boolean isOneWord(String name) {
    return name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
  }

  private static void write(BookSnapshot book, StringBuilder text) {
    write(book.bids(), text);
    text.append(SIDES);
    write(book.asks(), text);
  }

  private static void write(List<PriceLevel> levels, StringBuilder text) {
    for (int i = 0; i < levels.size(); i++) {
      if (i > 0) {
        text.append(' ');
      }
      text.append(ModelModule.write(levels.get(i).price()))
          .append(' ')
          .append(levels.get(i).quantity());
    }
  }

  private static long nanosOfMs(Instant time) {
    return time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MS;
  }

  static SequencedEvent decode(JournalRow row) {
    Words words = new Words(row.data());
    String times = words.next();
    InstrumentId instrument = ModelModule.instrument(words.next());
    Event event =
        switch (row.kind()) {
          case "BookUpdated" -> new Event.BookUpdated(instrument, book(words.rest()));
          case "PricesUpdated" ->
              new Event.MarkPriceUpdated(
                  instrument, ModelModule.price(words.next()), ModelModule.price(words.next()));
          case "FundingRateUpdated" ->
              new Event.FundingRateUpdated(instrument, ModelModule.rate(words.next()));
          default -> throw new IllegalArgumentException("no short row: " + row.kind());
        };
    words.requireEnd();
    return at(row, times, event, instrument.market().venue());
  }

  private static SequencedEvent at(JournalRow row, String times, Event event, VenueId at) {
    int more = times.indexOf(':');
    if (more < 0) {
      Instant received = Instant.ofEpochMilli(row.tsMs());
      long lag = Long.parseLong(times);
      Instant venue = lag == 0 ? received : Instant.ofEpochMilli(row.tsMs() - lag);
      return new SequencedEvent(row.sequence(), venue, received, event, at);
    }
    int last = times.indexOf(':', more + 1);
    long lag = Long.parseLong(times, 0, more, 10);
    Instant received =
        Instant.ofEpochMilli(row.tsMs()).plusNanos(Long.parseLong(times, more + 1, last, 10));
    Instant venue =
        Instant.ofEpochMilli(row.tsMs() - lag)
            .plusNanos(Long.parseLong(times, last + 1, times.length(), 10));
    return new SequencedEvent(row.sequence(), venue, received, event, at);
  }

  private static BookSnapshot book(String text) {
    int bar = text.indexOf(SIDES);
    return new BookSnapshot(levels(text.substring(0, bar)), levels(text.substring(bar + 1)));
  }

  private static List<PriceLevel> levels(String text) {
    List<PriceLevel> levels = new ArrayList<>();
    Words words = new Words(text);
    while (words.hasNext()) {
      levels.add(
          new PriceLevel(ModelModule.price(words.next()), ModelModule.quantity(words.next())));
    }
    return levels;
  }

  /** What stands between the spaces. */
  private static final class Words {
    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    boolean hasNext() {
      return at < text.length();
    }

    String next() {
      if (!hasNext()) {
        throw new IllegalArgumentException("a value is missing");
      }
      int space = text.indexOf(' ', at);
      int end = space < 0 ? text.length() : space;
      String word = text.substring(at, end);
      at = end + 1;
      return word;
    }

    String rest() {
      String left = text.substring(Math.min(at, text.length()));
      at = text.length();
      return left;
    }

    void requireEnd() {
      if (hasNext()) {
        throw new IllegalArgumentException("a value is left over");
      }
    }
  }
}
