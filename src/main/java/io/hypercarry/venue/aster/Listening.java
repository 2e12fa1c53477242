package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.Usd;
import io.hypercarry.protocol.aster.DepthReply;
import io.hypercarry.protocol.aster.FundingRow;
import io.hypercarry.protocol.aster.PremiumIndex;
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
final class Listening {
  private static final Duration BOOK_SILENCE = Duration.ofSeconds(2);
  private static final Duration PRICE_SILENCE = Duration.ofSeconds(5);

  private final Instrument instrument;
  private final LegAdapter adapter;
  private final Optional<AsterPerpAdapter> perp;
  private final Door door;
  private final Inbox inbox;
  private final BookWindow window;
  private final Feed bookFeed;
  private final Feed fundingFeed;
  private Optional<Book> lastBook = Optional.empty();
  private Optional<Price> lastMark = Optional.empty();
  private Optional<Price> lastIndex = Optional.empty();
  private Optional<Rate> lastRate = Optional.empty();
  private int periodHours;
  private long nextFunding;
  private long settledUntil;
  private boolean asksBook;
  private boolean asksPrices;
  private boolean asksSettled;

  Listening(
      Instrument instrument,
      LegAdapter adapter,
      Usd clip,
      AsterSettings settings,
      Door door,
      Inbox inbox) {
    this.instrument = instrument;
    this.adapter = adapter;
    this.perp = adapter instanceof AsterPerpAdapter own ? Optional.of(own) : Optional.empty();
    this.door = door;
    this.inbox = inbox;
    window = new BookWindow(clip);
    Optional<InstrumentId> id = Optional.of(instrument.id());
    bookFeed = new Feed(Fact.FeedChanged.Feed.BOOK, id, settings.maxBookAge(), inbox);
    fundingFeed = new Feed(Fact.FeedChanged.Feed.FUNDING, id, settings.maxFundingAge(), inbox);
  }

  Instrument instrument() {
    return instrument;
  }

  /** The first picture, asked for by whoever subscribes. */
  void open(int hours, DepthReply depth, Optional<PremiumIndex> premium) {
    periodHours = hours;
    settledUntil = premium.map(PremiumIndex::time).orElse(0L);
    book(depth);
    premium.ifPresent(this::prices);
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

  void book(DepthReply depth) {
    bookFeed.heard();
    Book seen = window.cut(depth.book());
    if (lastBook.filter(seen::equals).isEmpty()) {
      lastBook = Optional.of(seen);
      inbox.add(Instant.ofEpochMilli(depth.time()), new Fact.BookUpdated(instrument.id(), seen));
    }
  }

  void prices(PremiumIndex premium) {
    fundingFeed.heard();
    Instant at = Instant.ofEpochMilli(premium.time());
    Optional<Price> mark = price(premium.markPrice());
    Optional<Price> index = price(premium.indexPrice());
    boolean moved = !mark.equals(lastMark) || !index.equals(lastIndex);
    if (moved && mark.isPresent() && index.isPresent()) {
      lastMark = mark;
      lastIndex = index;
      inbox.add(at, new Fact.PricesUpdated(instrument.id(), mark.get(), index.get()));
    }
    Rate rate = new Rate(premium.lastFundingRate(), periodHours);
    if (lastRate.filter(rate::equals).isEmpty()) {
      lastRate = Optional.of(rate);
      inbox.add(at, new Fact.FundingRateUpdated(instrument.id(), rate));
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
    if (bookFeed.isSilentFor(BOOK_SILENCE) && !asksBook) {
      asksBook = true;
      door.ask(
          () -> adapter.depth(symbol()),
          depth -> {
            asksBook = false;
            book(depth);
          },
          fault -> asksBook = false);
    }
    perp.ifPresent(this::checkPrices);
    bookFeed.check();
  }

  private void checkPrices(AsterPerpAdapter from) {
    if (fundingFeed.isSilentFor(PRICE_SILENCE) && !asksPrices) {
      asksPrices = true;
      door.ask(
          () -> from.premium(symbol()),
          premium -> {
            asksPrices = false;
            prices(premium);
          },
          fault -> asksPrices = false);
    }
    fundingFeed.check();
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

  private record Settled(int hours, List<FundingRow> rows) {}

  private List<FundingRow> rows(AsterPerpAdapter from) {
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

  private void tell(FundingRow row) {
    settledUntil = Math.max(settledUntil, row.time());
    FundingHour hour = FundingTimes.hour(row, periodHours);
    inbox.add(Instant.ofEpochMilli(row.time()), new Fact.FundingRateSettled(instrument.id(), hour));
  }
}
