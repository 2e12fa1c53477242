package io.twinleg.research;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.time.Instant;
import java.util.Optional;

/**
 * One market while the journal goes by: asks its ledger and its view, and counts. What is un-hedged
 * is the pair's own judgement.
 */
final class MarketAccumulator {
  private final MarketId market;
  private final MarketStats tally;
  private final PairLedger ledger;
  private CarryPair pair;

  MarketAccumulator(MarketSettings settings, PairLedger ledger) {
    this.market = settings.market();
    this.tally = MarketStats.empty(market.name());
    this.ledger = ledger;
    this.pair = pair(settings);
  }

  private static CarryPair pair(MarketSettings settings) {
    return new CarryPair(settings.market(), settings.execution(), settings.strategy().defer());
  }

  MarketId market() {
    return market;
  }

  void configure(MarketSettings settings) {
    pair = pair(settings);
  }

  void booked(Booking booking) {
    switch (booking) {
      case Booking.Nothing nothing -> {}
      case Booking.Own own -> {
        tally.fills().add(own.fill());
        tally.slippage().add(own.fill());
      }
      case Booking.Foreign foreign -> tally.foreignFills().add(foreign.fill());
      case Booking.Funding funding -> tally.funding().add(funding.payment());
    }
  }

  /** After a fill, or with another price of the perp: nothing else moves the legs apart. */
  void look(Instant now, PairMarketData seen) {
    seen.perpValue().ifPresent(price -> look(now, seen, price));
  }

  private void look(Instant now, PairMarketData seen, Price price) {
    tally.hedge().see(now, pair.delta(seen, ledger, price));
    tally.position().see(now, price.times(ledger.shortPerp()));
  }

  void sent(PlaceOrder order, PairMarketData seen) {
    tally.slippage().sent(order, seen.mid(order.instrument().leg()));
    tally.hedge().sent(order.purpose());
  }

  /** The whole of it, at the marks of the last instant: the same as the run's last line has. */
  MarketStats closed(Instant end, Optional<PairMarketData> seen) {
    tally.hedge().passed(end);
    tally.position().passed(end);
    return tally.valued(pnl(seen));
  }

  private Pnl pnl(Optional<PairMarketData> seen) {
    Optional<Price> spot = seen.flatMap(PairMarketData::spotValue);
    Optional<Price> perp = seen.flatMap(PairMarketData::perpValue);
    return spot.isPresent() && perp.isPresent()
        ? ledger.pnl(spot.get(), perp.get())
        : ledger.realised();
  }
}
