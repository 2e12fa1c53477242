package io.twinleg.research;

import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.portfolio.Portfolio.Booking;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.Snapshot;
import io.twinleg.research.VenueReconciliation.VenueReconciliationCheck;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.snapshot.StateCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies a journal's events to the core's own portfolio and market view, and counts on the way.
 * The Engine is left out: a report shows what happened, also of a journal whose decisions another
 * program made. Whether they would be made again is checked by {@code replay}.
 */
public final class ReportBuilder implements SnapshotSchedule.Figures {
  private final transient SettingsReader settings;

  /** That the last start spread over its markets; null where each had its own target. */
  private transient @Nullable Usd capital;

  private final Portfolio portfolio = new Portfolio();
  private final Map<VenueId, VenueReconciliation> reconciliations = new TreeMap<>();
  private final Map<MarketId, MarketAccumulator> accumulators = new TreeMap<>();
  private MarketDataCache view = new MarketDataCache(1);
  private Optional<Instant> first = Optional.empty();
  private Instant last = Instant.EPOCH;
  private Optional<Command.Shutdown> ended = Optional.empty();
  private String runId = "";
  private long events;
  private long starts;
  private long withoutMarketData;

  /**
   * @param settings makes the settings of what the start of a run carries
   */
  public ReportBuilder(SettingsReader settings) {
    this.settings = settings;
  }

  /** Of the newest snapshot that has figures, and the entries after it. */
  static Report over(JournalReader journal, SettingsReader settings, LongConsumer read) {
    for (Snapshot snapshot : journal.snapshots()) {
      if (snapshot.report().length > 0
          && snapshot.isIntact()
          && snapshot.version() == StateCodec.VERSION) {
        ReportBuilder builder = new ReportBuilder(settings);
        builder.configure(settings.read(snapshot.config()));
        new StateCodec().restore(snapshot.report(), builder);
        builder.accept(journal.entriesAfter(snapshot.sequence()), read);
        return builder.report(journal.identity());
      }
    }
    ReportBuilder builder = new ReportBuilder(settings);
    builder.accept(journal.entries(), read);
    builder.marketDataMissing(journal.prunedTo());
    return builder.report(journal.identity());
  }

  private void accept(Iterable<JournalEntry> entries, LongConsumer read) {
    for (JournalEntry entry : entries) {
      accept(entry);
      read.accept(entry.event().sequence());
    }
  }

  /** What was accepted so far; more may be accepted after it. */
  public Report report(JournalIdentity identity) {
    return new Report(
        identity,
        new Report.Span(runId, first, last, events, starts, ended),
        stats(),
        VenueReconciliationCheck.ofAll(
            reconciliations.values().stream().map(VenueReconciliation::check).toList()),
        withoutMarketData,
        capital);
  }

  private List<MarketStats> stats() {
    List<MarketStats> stats = new ArrayList<>();
    accumulators.forEach((market, accumulator) ->
        stats.add(accumulator.close(last, view.market(market).orElse(null))));
    return stats;
  }

  public Portfolio portfolio() {
    return portfolio;
  }

  public MarketDataCache marketData() {
    return view;
  }

  /** How much worse than the mid the orders that took were filled, of one market. */
  public Usd slippage(MarketId market) {
    return Optional.ofNullable(accumulators.get(market))
        .map(MarketAccumulator::slippage)
        .orElse(Usd.ZERO);
  }

  /** How far the legs of a market stand apart; empty where no price or no such market is known. */
  public Optional<HedgeImbalance> imbalance(MarketId market) {
    return Optional.ofNullable(accumulators.get(market))
        .flatMap(accumulator -> view.market(market).flatMap(accumulator::imbalance));
  }

  @Override
  public void configure(Settings read) {
    capital = read.portfolio().map(PortfolioSettings::capital).orElse(null);
    read.markets().forEach(this::configure);
  }

  @Override
  public void marketDataMissing(long upTo) {
    withoutMarketData = upTo;
  }

  /** The next entry. Market data may be left out: what they value is then older. */
  @Override
  public void accept(JournalEntry entry) {
    SequencedEvent event = entry.event();
    events++;
    last = event.receivedTime();
    first = first.or(() -> Optional.of(last));
    if (event.fact() instanceof Event.RunStarted started) {
      started(started);
    }
    view.apply(event);
    Booking booking = portfolio.apply(event);
    reconciliations.values().forEach(each -> each.update(event, booking, portfolio, view));
    accumulatorOf(booking).ifPresent(accumulator -> accumulator.booked(booking));
    update(event);
    entry.commands().stream().map(CommandRecord::command).forEach(this::sent);
  }

  /**
   * The settings of the first start define how much history is kept; later ones change the rest.
   */
  private void started(Event.RunStarted started) {
    Settings read = settings.read(started.config());
    if (starts++ == 0) {
      view = new MarketDataCache(longestWindow(read));
    }
    runId = started.runId();
    ended = Optional.empty();
    configure(read);
  }

  private static int longestWindow(Settings settings) {
    return settings.markets().stream()
        .mapToInt(each -> each.strategy().signalWindowHours())
        .max()
        .orElse(1);
  }

  private void configure(Settings.MarketSettings each) {
    reconciliations.computeIfAbsent(each.market().venue(), VenueReconciliation::new);
    MarketAccumulator known = accumulators.get(each.market());
    if (known == null) {
      accumulators.put(each.market(), new MarketAccumulator(each, portfolio.ledger(each.market())));
    } else {
      known.configure(each);
    }
  }

  private void update(SequencedEvent event) {
    moved(event.fact())
        .flatMap(this::accumulatorOf)
        .ifPresent(accumulator ->
            view.market(accumulator.market())
                .ifPresent(market -> accumulator.update(event.receivedTime(), market)));
  }

  /** The instrument of an event that may change the hedge: a fill, or a price of the perp. */
  private static Optional<InstrumentId> moved(Event fact) {
    return switch (fact) {
      case Event.OrderFilled filled -> Optional.of(filled.fill().instrument());
      case Event.MarkPriceUpdated prices -> Optional.of(prices.instrument());
      case Event.BookUpdated book -> Optional.of(book.instrument());
      case Event.MarketObserved seen -> Optional.of(InstrumentId.perp(seen.market()));
      default -> Optional.empty();
    };
  }

  private Optional<MarketAccumulator> accumulatorOf(Booking booking) {
    return switch (booking) {
      case Booking.Nothing nothing -> Optional.empty();
      case Booking.Own own -> accumulatorOf(own.fill().instrument());
      case Booking.Foreign foreign -> accumulatorOf(foreign.fill().instrument());
      case Booking.Funding funding -> accumulatorOf(funding.payment().instrument());
    };
  }

  private Optional<MarketAccumulator> accumulatorOf(InstrumentId instrument) {
    return Optional.ofNullable(accumulators.get(instrument.market()));
  }

  private void sent(Command command) {
    if (command instanceof Command.AdjustPosition correct) {
      portfolio.correct(correct.correction());
    } else if (command instanceof Command.PlaceOrder order) {
      accumulatorOf(order.instrument())
          .ifPresent(accumulator ->
              view.market(order.instrument().market())
                  .ifPresent(market -> accumulator.sent(order, market)));
    } else if (command instanceof Command.Shutdown end) {
      ended = Optional.of(end);
    }
  }
}
