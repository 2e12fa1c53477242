package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.PremiumIndex;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One instrument's book, and of a perp its prices and funding. The streams bring them; where a
 * stream has nothing to say for a while, it is asked for, so that silence is never taken for calm.
 */
final class InstrumentFeed {
  private static final Duration BOOK_SILENCE = Duration.ofSeconds(2);
  private static final Duration PRICE_SILENCE = Duration.ofSeconds(5);

  private final Instrument instrument;
  private final AsterLegAdapter adapter;
  private final Optional<AsterPerpAdapter> perp;
  private final VenueExecutor door;
  private final EventInbox inbox;
  private final AsterDepthLimit window;
  private final StalenessMonitor watch;
  private final AsterClockSync time;
  private final StalenessMonitor.Line bookLine;
  private final StalenessMonitor.Line fundingLine;
  private final Duration bookSilence;
  private Optional<BookSnapshot> lastBook = Optional.empty();
  private Optional<Price> lastMark = Optional.empty();
  private Optional<Price> lastIndex = Optional.empty();
  private Optional<Rate> lastRate = Optional.empty();
  private int periodHours;
  private long nextFunding;
  private long settledUntil;
  private boolean asksBook;
  private boolean asksPrices;
  private boolean asksSettled;

  InstrumentFeed(
      Instrument instrument,
      AsterLegAdapter adapter,
      Usd clip,
      AsterSettings settings,
      VenueExecutor door,
      EventInbox inbox,
      StalenessMonitor watch,
      AsterClockSync time) {
    this.instrument = instrument;
    this.adapter = adapter;
    this.perp = adapter instanceof AsterPerpAdapter own ? Optional.of(own) : Optional.empty();
    this.door = door;
    this.inbox = inbox;
    window = new AsterDepthLimit(clip);
    Optional<InstrumentId> id = Optional.of(instrument.id());
    this.watch = watch;
    this.time = time;
    bookLine = new StalenessMonitor.Line(Event.FeedStatusChanged.Feed.BOOK, id);
    fundingLine = new StalenessMonitor.Line(Event.FeedStatusChanged.Feed.FUNDING, id);
    bookSilence = shorter(BOOK_SILENCE, settings.maxBookAge().dividedBy(2));
    watch.watch(bookLine, settings.maxBookAge());
    if (isPerp()) {
      watch.watch(fundingLine, settings.maxFundingAge());
    }
  }

  /** A book is asked for before it counts as stale, so that there is time to answer. */
  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  Instrument instrument() {
    return instrument;
  }

  /** The first picture, asked for by whoever subscribes. */
  void open(int hours, DepthReply depth, Optional<PremiumIndex> premium) {
    periodHours = hours;
    settledUntil = premium.map(PremiumIndex::time).orElse(0L);
    answer(depth);
    premium.ifPresent(this::answer);
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

  // ---- what comes

  /** Of the stream, where a frame that only repeats itself is silence. */
  void frame(DepthReply depth) {
    if (isNews(bookLine, depth.time())) {
      book(depth);
    }
  }

  void frame(PremiumIndex premium) {
    if (isNews(fundingLine, premium.time())) {
      prices(premium);
    }
  }

  /** Of a question: that it is answered says that the venue is there, however old its news. */
  private void answer(DepthReply depth) {
    frame(depth);
    watch.heard(bookLine);
  }

  private void answer(PremiumIndex premium) {
    frame(premium);
    if (time.agrees()) {
      watch.heard(fundingLine);
    }
  }

  /** Older than what was heard before is none; spot may leave the time out. */
  private boolean isNews(StalenessMonitor.Line line, long venueMs) {
    if (line.equals(fundingLine) && !time.agrees()) {
      watch.silence(line);
      return true;
    }
    if (venueMs == 0) {
      watch.heard(line);
      return true;
    }
    return watch.heard(line, Instant.ofEpochMilli(venueMs));
  }

  private Instant at(long venueMs) {
    return venueMs == 0 ? inbox.clock().instant() : Instant.ofEpochMilli(venueMs);
  }

  private void book(DepthReply depth) {
    BookSnapshot seen = window.cut(depth.book());
    if (lastBook.filter(seen::equals).isEmpty()) {
      lastBook = Optional.of(seen);
      inbox.tell(at(depth.time()), new Event.BookUpdated(instrument.id(), seen));
    }
  }

  private void prices(PremiumIndex premium) {
    Instant at = at(premium.time());
    Optional<Price> mark = price(premium.markPrice());
    Optional<Price> index = price(premium.indexPrice());
    boolean moved = !mark.equals(lastMark) || !index.equals(lastIndex);
    if (moved && mark.isPresent() && index.isPresent()) {
      lastMark = mark;
      lastIndex = index;
      inbox.tell(at, new Event.MarkPriceUpdated(instrument.id(), mark.get(), index.get()));
    }
    Rate rate = new Rate(premium.lastFundingRate(), periodHours);
    if (lastRate.filter(rate::equals).isEmpty()) {
      lastRate = Optional.of(rate);
      inbox.tell(at, new Event.FundingRateUpdated(instrument.id(), rate));
    }
    if (nextFunding != 0 && premium.nextFundingTime() != nextFunding) {
      askSettled();
    }
    nextFunding = premium.nextFundingTime();
  }

  private static Optional<Price> price(BigDecimal value) {
    return value.signum() > 0 ? Optional.of(Price.reference(value)) : Optional.empty();
  }

  // ---- what is asked for

  void check() {
    if (watch.silentFor(bookLine).compareTo(bookSilence) > 0 && !asksBook) {
      asksBook = true;
      door.ask(
          () -> adapter.depth(symbol()),
          depth -> {
            asksBook = false;
            answer(depth);
          },
          fault -> asksBook = false);
    }
    perp.ifPresent(this::checkPrices);
  }

  private void checkPrices(AsterPerpAdapter from) {
    if (watch.silentFor(fundingLine).compareTo(PRICE_SILENCE) > 0 && !asksPrices) {
      asksPrices = true;
      door.ask(
          () -> from.premium(symbol()),
          premium -> {
            asksPrices = false;
            answer(premium);
          },
          fault -> asksPrices = false);
    }
  }

  /**
   * A settled rate appears some time after its hour: asked for until it is there. The period may
   * have changed with it.
   */
  private void askSettled() {
    if (!asksSettled) {
      asksSettled = true;
      perp.ifPresent(from ->
          door.ask(
              () -> new Settled(from.fundingHours(symbol()), rows(from)),
              this::settled,
              fault -> again()));
    }
  }

  private record Settled(int hours, List<AsterFundingRow> rows) {}

  private List<AsterFundingRow> rows(AsterPerpAdapter from) {
    return from.fundingRates(symbol(), Instant.ofEpochMilli(settledUntil + 1));
  }

  private void settled(Settled settled) {
    periodHours = settled.hours();
    if (settled.rows().isEmpty()) {
      again();
      return;
    }
    asksSettled = false;
    settled.rows().forEach(this::tell);
  }

  private void again() {
    asksSettled = false;
    door.handleAfter(Duration.ofSeconds(2), this::askSettled);
  }

  private void tell(AsterFundingRow row) {
    settledUntil = Math.max(settledUntil, row.time());
    FundingHour hour = FundingTimes.hour(row, periodHours);
    inbox.tell(
        Instant.ofEpochMilli(row.time()), new Event.FundingRateSettled(instrument.id(), hour));
  }
}
