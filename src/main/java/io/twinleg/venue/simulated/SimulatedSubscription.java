package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import java.math.BigDecimal;
import java.util.Optional;

/** What the runner was last told of one instrument, and so what would be news to it. */
final class SimulatedSubscription {
  private static final BigDecimal CLIPS_SEEN = BigDecimal.valueOf(2);

  private final Exchange exchange;
  private final InstrumentId id;
  private final Usd worth;
  private long version = -1;
  private Optional<BookSnapshot> book = Optional.empty();
  private Optional<Price> mark = Optional.empty();
  private Optional<Price> oracle = Optional.empty();
  private Optional<Rate> rate = Optional.empty();

  /** Sees each side of the book as far as twice the clip goes at its best price. */
  SimulatedSubscription(Exchange exchange, Instrument instrument, Usd clip) {
    this.exchange = exchange;
    id = instrument.id();
    worth = clip.times(CLIPS_SEEN);
  }

  InstrumentId id() {
    return id;
  }

  boolean isPerp() {
    return id.leg() == Leg.PERP;
  }

  /** Empty where nothing changed that the runner can see. */
  Optional<Event> bookNews() {
    long current = exchange.bookVersion(id);
    if (current == version) {
      return Optional.empty();
    }
    version = current;
    BookSnapshot seen = exchange.depth(id, worth);
    if (book.filter(seen::equals).isPresent()) {
      return Optional.empty();
    }
    book = Optional.of(seen);
    return Optional.of(new Event.BookUpdated(id, seen));
  }

  /** A perp has a mark as soon as it has an oracle. */
  Optional<Event> priceNews() {
    Optional<Price> newOracle = exchange.oracle(id);
    Optional<Price> newMark = exchange.mark(id);
    if (newOracle.isEmpty() || (newOracle.equals(oracle) && newMark.equals(mark))) {
      return Optional.empty();
    }
    oracle = newOracle;
    mark = newMark;
    return Optional.of(
        new Event.MarkPriceUpdated(id, newMark.orElseThrow(), newOracle.orElseThrow()));
  }

  Optional<Event> rateNews() {
    Optional<Rate> current = exchange.fundingRate(id);
    if (current.equals(rate)) {
      return Optional.empty();
    }
    rate = current;
    return current.map(shown -> new Event.FundingRateUpdated(id, shown));
  }
}
