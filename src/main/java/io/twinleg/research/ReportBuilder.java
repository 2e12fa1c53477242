package io.twinleg.research;

import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.portfolio.Portfolio.Booking;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalReader;
import io.twinleg.runtime.SettingsReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes a journal's facts through the core's own portfolio and market view, and counts on the way.
 * The Engine is left out: a report asks what happened, and a journal whose decisions another
 * program made reports as well as any. Whether they would be made again is {@code replay}'s
 * question.
 */
final class ReportBuilder {
  private final SettingsReader settings;
  private final Portfolio portfolio = new Portfolio();
  private final VenueReconciliation footing = new VenueReconciliation();
  private final Map<MarketId, MarketAccumulator> books = new TreeMap<>();
  private MarketDataCache view = new MarketDataCache(1);
  private Optional<Instant> first = Optional.empty();
  private Instant last = Instant.EPOCH;
  private Optional<Command.Shutdown> ended = Optional.empty();
  private String runId = "";
  private long events;
  private long starts;

  ReportBuilder(SettingsReader settings) {
    this.settings = settings;
  }

  Report over(JournalReader journal) {
    journal.entries().forEach(this::take);
    return new Report(
        journal.identity(),
        new Report.Span(runId, first, last, events, starts, ended),
        tallies(),
        footing.check());
  }

  private List<MarketStats> tallies() {
    List<MarketStats> tallies = new ArrayList<>();
    books.forEach((market, book) -> tallies.add(book.closed(last, view.market(market))));
    return tallies;
  }

  private void take(JournalEntry entry) {
    SequencedEvent event = entry.event();
    events++;
    last = event.receivedTime();
    first = first.or(() -> Optional.of(last));
    if (event.fact() instanceof Event.RunStarted started) {
      started(started);
    }
    view.apply(event);
    Booking booking = portfolio.apply(event);
    footing.see(event, booking, portfolio, view);
    bookOf(booking).ifPresent(book -> book.booked(booking));
    look(event);
    entry.commands().stream().map(CommandRecord::command).forEach(this::sent);
  }

  /** The first start's settings say how much history is kept: later ones change only the rest. */
  private void started(Event.RunStarted started) {
    Settings read = settings.read(started.config());
    if (starts++ == 0) {
      view = new MarketDataCache(longestWindow(read));
    }
    runId = started.runId();
    ended = Optional.empty();
    read.markets().forEach(this::configure);
  }

  private static int longestWindow(Settings settings) {
    return settings.markets().stream()
        .mapToInt(each -> each.strategy().signalWindowHours())
        .max()
        .orElse(1);
  }

  private void configure(Settings.MarketSettings each) {
    MarketAccumulator known = books.get(each.market());
    if (known == null) {
      books.put(each.market(), new MarketAccumulator(each, portfolio.ledger(each.market())));
    } else {
      known.configure(each);
    }
  }

  private void look(SequencedEvent event) {
    moved(event.fact())
        .flatMap(this::bookOf)
        .ifPresent(book ->
            view.market(book.market())
                .ifPresent(market -> book.look(event.receivedTime(), market)));
  }

  /** What may have brought the legs apart or together: a fill, or a price of the perp. */
  private static Optional<InstrumentId> moved(Event fact) {
    return switch (fact) {
      case Event.OrderFilled filled -> Optional.of(filled.fill().instrument());
      case Event.MarkPriceUpdated prices -> Optional.of(prices.instrument());
      case Event.BookUpdated book -> Optional.of(book.instrument());
      default -> Optional.empty();
    };
  }

  private Optional<MarketAccumulator> bookOf(Booking booking) {
    return switch (booking) {
      case Booking.Nothing nothing -> Optional.empty();
      case Booking.Own own -> bookOf(own.fill().instrument());
      case Booking.Foreign foreign -> bookOf(foreign.fill().instrument());
      case Booking.Funding funding -> bookOf(funding.payment().instrument());
    };
  }

  private Optional<MarketAccumulator> bookOf(InstrumentId instrument) {
    return Optional.ofNullable(books.get(instrument.market()));
  }

  private void sent(Command command) {
    if (command instanceof Command.AdjustPosition correct) {
      portfolio.correct(correct.correction());
    } else if (command instanceof Command.PlaceOrder order) {
      bookOf(order.instrument())
          .ifPresent(book ->
              view.market(order.instrument().market())
                  .ifPresent(market -> book.sent(order, market)));
    } else if (command instanceof Command.Shutdown end) {
      ended = Optional.of(end);
    }
  }
}
