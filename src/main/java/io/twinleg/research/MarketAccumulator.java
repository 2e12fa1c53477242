package io.twinleg.research;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates the figures of one market from its ledger and its market data. Whether it is
 * un-hedged is defined by the pair.
 */
final class MarketAccumulator {
  private final MarketId market;
  private final transient PairLedger ledger;
  private MarketStats stats;
  private transient CarryPair pair;

  MarketAccumulator(MarketSettings settings, PairLedger ledger) {
    this.market = settings.market();
    this.stats = MarketStats.empty(market.name());
    this.ledger = ledger;
    this.pair = pair(settings);
  }

  private static CarryPair pair(MarketSettings settings) {
    return new CarryPair(settings.market(), settings.execution(), settings.strategy().defer());
  }

  MarketId market() {
    return market;
  }

  Usd slippage() {
    return stats.slippage().cost();
  }

  /** How far the legs stand apart; empty while the perp has no price. */
  Optional<HedgeImbalance> imbalance(PairMarketData data) {
    return data.perpValue().map(price -> pair.delta(data, ledger, price));
  }

  void configure(MarketSettings settings) {
    pair = pair(settings);
  }

  void booked(Booking booking) {
    switch (booking) {
      case Booking.Nothing nothing -> {}
      case Booking.Own own -> {
        stats.fills().add(own.fill());
        stats.slippage().add(own.fill());
      }
      case Booking.Foreign foreign -> stats.foreignFills().add(foreign.fill());
      case Booking.Funding funding -> stats.funding().add(funding.payment());
    }
  }

  /** After a fill or another price of the perp: nothing else changes the hedge. */
  void update(Instant now, PairMarketData data) {
    data.perpValue().ifPresent(price -> update(now, data, price));
  }

  private void update(Instant now, PairMarketData data, Price price) {
    stats.hedge().update(now, pair.delta(data, ledger, price));
    stats.position().update(now, price.times(ledger.shortPerp()));
  }

  void sent(PlaceOrder order, PairMarketData data) {
    data.mid(order.instrument().leg()).ifPresent(mid -> stats.slippage().sent(order.order(), mid));
    stats.hedge().sent(order.purpose());
  }

  /** All figures, at the marks of the last instant: the same as in the last line of the run. */
  MarketStats close(Instant end, @Nullable PairMarketData data) {
    stats.hedge().advance(end);
    stats.position().advance(end);
    return stats.valued(pnl(data));
  }

  private Pnl pnl(@Nullable PairMarketData data) {
    if (data == null) {
      return ledger.realised();
    }
    Optional<Price> spot = data.knownValue(Leg.SPOT);
    Optional<Price> perp = data.knownValue(Leg.PERP);
    return spot.isPresent() && perp.isPresent()
        ? ledger.pnl(spot.get(), perp.get())
        : ledger.realised();
  }
}
