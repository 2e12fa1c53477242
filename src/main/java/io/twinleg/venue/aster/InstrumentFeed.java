package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.QuotedPrice;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.PremiumIndex;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instrument's book, and a perp's prices and funding. Streams push them; where a stream is
 * silent for a while the data are requested, so that silence is never taken for an unchanged
 * market.
 */
final class InstrumentFeed {
  private static final BigDecimal CLIPS_PUBLISHED = BigDecimal.valueOf(2);
  private static final Duration BOOK_SILENCE = Duration.ofSeconds(2);
  private static final Duration PRICE_SILENCE = Duration.ofSeconds(5);

  private final Instrument instrument;
  private final AsterLegAdapter adapter;
  private final @Nullable AsterPerpAdapter perp;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final BigDecimal depth;
  private final StalenessMonitor watch;
  private final AsterClockSync clockSync;
  private final StalenessMonitor.FeedKey bookFeed;
  private final StalenessMonitor.FeedKey fundingFeed;
  private final Duration bookSilence;
  private @Nullable BookSnapshot lastBook;
  private long newestBook;
  private @Nullable Price lastMark;
  private @Nullable Price lastIndex;
  private @Nullable Rate lastRate;
  private int periodHours;
  private long nextFunding;
  private long settledUntil;
  private boolean bookRequested;
  private boolean pricesRequested;
  private boolean settlementRequested;

  InstrumentFeed(
      Instrument instrument,
      AsterLegAdapter adapter,
      Usd clip,
      AsterSettings settings,
      VenueExecutor executor,
      EventInbox inbox,
      StalenessMonitor watch,
      AsterClockSync time) {
    this.instrument = instrument;
    this.adapter = adapter;
    this.perp = adapter instanceof AsterPerpAdapter own ? own : null;
    this.executor = executor;
    this.inbox = inbox;
    depth = clip.value().multiply(CLIPS_PUBLISHED);
    Optional<InstrumentId> id = Optional.of(instrument.id());
    this.watch = watch;
    this.clockSync = time;
    bookFeed = new StalenessMonitor.FeedKey(Event.FeedStatusChanged.Feed.BOOK, id);
    fundingFeed = new StalenessMonitor.FeedKey(Event.FeedStatusChanged.Feed.FUNDING, id);
    bookSilence = shorter(BOOK_SILENCE, settings.maxBookAge().dividedBy(2));
    watch.watch(bookFeed, settings.maxBookAge());
    if (isPerp()) {
      watch.watch(fundingFeed, settings.maxFundingAge());
    }
  }

  /** A book is requested before it counts as stale, so that a response can still arrive. */
  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The initial data, requested by the subscriber. */
  void open(int hours, DepthReply depth, @Nullable PremiumIndex premium) {
    periodHours = hours;
    settledUntil = premium == null ? 0 : premium.time();
    onResponse(depth);
    if (premium != null) {
      onResponse(premium);
    }
  }

  String symbol() {
    return instrument.wireName();
  }

  String stream(String what) {
    return symbol().toLowerCase(Locale.ROOT) + what;
  }

  boolean isPerp() {
    return instrument.leg() == Leg.PERP;
  }

  // ---- incoming

  /** A new connection of the book's stream: its frames are compared with none before it. */
  void onOpened() {
    newestBook = 0;
    watch.forget();
  }

  /** From the stream, where a repeated frame counts as silence. */
  void onFrame(DepthReply depth) {
    if (isNew(bookFeed, depth.time())) {
      newestBook = Math.max(newestBook, depth.time());
      publishBook(depth);
    }
  }

  /** From the stream; a frame about another symbol is none of this one's. */
  void onPrices(PremiumIndex premium) {
    if (premium.symbol().equals(symbol())) {
      onFrame(premium);
    }
  }

  private void onFrame(PremiumIndex premium) {
    if (isNew(fundingFeed, premium.time())) {
      publishPrices(premium);
    }
  }

  /** A requested book replaces no stream: it may price what reduces, and the feed stays silent. */
  private void onResponse(DepthReply depth) {
    boolean possible = depth.time() == 0 || !watch.isImpossible(at(depth.time()));
    if (possible && depth.time() >= newestBook) {
      newestBook = Math.max(newestBook, depth.time());
      publishBook(depth);
    }
  }

  private void onResponse(PremiumIndex premium) {
    onFrame(premium);
    if (clockSync.agrees() && !watch.isImpossible(at(premium.time()))) {
      watch.record(fundingFeed);
    }
  }

  /** Whether the data are newer than those before; spot may leave the time out. */
  private boolean isNew(StalenessMonitor.FeedKey line, long venueMs) {
    if (line.equals(fundingFeed) && !clockSync.agrees()) {
      watch.markStale(line);
      return true;
    }
    if (venueMs == 0) {
      watch.record(line);
      return true;
    }
    return watch.record(line, Instant.ofEpochMilli(venueMs));
  }

  private Instant at(long venueMs) {
    return venueMs == 0 ? inbox.clock().instant() : Instant.ofEpochMilli(venueMs);
  }

  private void publishBook(DepthReply response) {
    BookSnapshot seen = withinDepth(response.book());
    if (!seen.equals(lastBook)) {
      lastBook = seen;
      inbox.publish(at(response.time()), new Event.BookUpdated(instrument.id(), seen));
    }
  }

  /** Each side up to twice the clip at its best price: what lies deeper is not published. */
  private BookSnapshot withinDepth(BookSnapshot book) {
    return new BookSnapshot(withinDepth(book.side(Side.BUY)), withinDepth(book.side(Side.SELL)));
  }

  private List<PriceLevel> withinDepth(List<PriceLevel> levels) {
    List<PriceLevel> limited = new ArrayList<>();
    if (levels.isEmpty()) {
      return limited;
    }
    BigDecimal best = levels.get(0).price().value();
    Quantity left = new Quantity(depth.divide(best, MathContext.DECIMAL64));
    for (PriceLevel level : levels) {
      Quantity part = level.quantity().min(left);
      limited.add(new PriceLevel(level.price(), part));
      left = left.minus(part);
      if (!left.isPositive()) {
        break;
      }
    }
    return limited;
  }

  private void publishPrices(PremiumIndex premium) {
    Instant at = at(premium.time());
    Optional<Price> mark = price(premium.markPrice());
    Optional<Price> index = price(premium.indexPrice());
    if (mark.isPresent()
        && index.isPresent()
        && !(mark.get().equals(lastMark) && index.get().equals(lastIndex))) {
      lastMark = mark.get();
      lastIndex = index.get();
      inbox.publish(at, new Event.MarkPriceUpdated(instrument.id(), mark.get(), index.get()));
    }
    Rate rate = new Rate(premium.lastFundingRate(), periodHours);
    if (!rate.equals(lastRate)) {
      lastRate = rate;
      inbox.publish(at, new Event.FundingRateUpdated(instrument.id(), rate));
    }
    if (nextFunding != 0 && premium.nextFundingTime() != nextFunding) {
      requestSettlement();
    }
    nextFunding = premium.nextFundingTime();
  }

  private static Optional<Price> price(BigDecimal value) {
    return QuotedPrice.isPossible(value) ? Optional.of(Price.reference(value)) : Optional.empty();
  }

  // ---- requests

  void check() {
    if (watch.age(bookFeed).compareTo(bookSilence) > 0 && !bookRequested) {
      bookRequested = true;
      executor.request(
          VenueExecutor.Lane.PATIENT,
          () -> adapter.depth(symbol()),
          depth -> {
            bookRequested = false;
            onResponse(depth);
          },
          failure -> bookRequested = false);
    }
    if (perp != null) {
      checkPrices(perp);
    }
  }

  private void checkPrices(AsterPerpAdapter from) {
    if (watch.age(fundingFeed).compareTo(PRICE_SILENCE) > 0 && !pricesRequested) {
      pricesRequested = true;
      executor.request(
          VenueExecutor.Lane.PATIENT,
          () -> from.premium(symbol()),
          premium -> {
            pricesRequested = false;
            onResponse(premium);
          },
          failure -> pricesRequested = false);
    }
  }

  /**
   * A settled rate appears some time after its hour: it is requested until it is there. The
   * interval may have changed with it.
   */
  private void requestSettlement() {
    AsterPerpAdapter from = perp;
    if (!settlementRequested && from != null) {
      settlementRequested = true;
      executor.request(
          VenueExecutor.Lane.PATIENT,
          () -> new Settled(from.fundingHours(symbol(), clockSync.clock().venueNow()), rows(from)),
          this::onSettled,
          failure -> retrySettlement());
    }
  }

  private record Settled(int hours, List<AsterFundingRow> rows) {}

  private List<AsterFundingRow> rows(AsterPerpAdapter from) {
    // With the settlement before, whose distance is the interval.
    return from.fundingRates(
        symbol(), Instant.ofEpochMilli(settledUntil + 1).minus(FundingFeed.LONGEST_INTERVAL));
  }

  private void onSettled(Settled settled) {
    periodHours = settled.hours();
    if (settled.rows().stream().noneMatch(row -> row.time() > settledUntil)) {
      retrySettlement();
      return;
    }
    settlementRequested = false;
    settled.rows().stream()
        .filter(row -> row.time() > settledUntil)
        .toList()
        .forEach(row -> publish(row, settled.rows()));
  }

  private void retrySettlement() {
    settlementRequested = false;
    executor.executeAfter(Duration.ofSeconds(2), this::requestSettlement);
  }

  private void publish(AsterFundingRow row, List<AsterFundingRow> rows) {
    settledUntil = Math.max(settledUntil, row.time());
    FundingHour hour =
        FundingFeed.hour(row, AsterFundingRow.intervalHours(rows, rows.indexOf(row), periodHours));
    inbox.publish(
        Instant.ofEpochMilli(row.time()), new Event.FundingRateSettled(instrument.id(), hour));
  }
}
