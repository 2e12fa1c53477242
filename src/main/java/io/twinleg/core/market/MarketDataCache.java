package io.twinleg.core.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The markets as the events have shown them so far. Owned by the Engine and changed by {@link
 * #apply} alone.
 */
public final class MarketDataCache {
  private final TreeMap<MarketId, PairMarketData> markets = new TreeMap<>();
  private int hoursKept;

  /**
   * @param longestSignalWindow in hours, of all markets
   */
  public MarketDataCache(int longestSignalWindow) {
    this.hoursKept = Math.max(FundingHour.HISTORY_HOURS, longestSignalWindow) + 1;
  }

  public Optional<PairMarketData> market(MarketId market) {
    return Optional.ofNullable(markets.get(market));
  }

  public Collection<PairMarketData> all() {
    return Collections.unmodifiableCollection(markets.values());
  }

  public void apply(SequencedEvent event) {
    switch (event.fact()) {
      case Event.RunStarted started -> {
        if (!started.continuous()) {
          markets.values().forEach(PairMarketData::forgetQuotes);
        }
      }
      case Event.InstrumentsResolved pinned -> pin(pinned);
      case Event.BookUpdated update ->
          on(
              update.instrument(),
              market ->
                  market.book(
                      update.instrument().leg(),
                      update.book(),
                      event.venueTime(),
                      event.receivedTime()));
      case Event.MarkPriceUpdated update ->
          on(
              update.instrument(),
              market -> market.prices(update.mark(), update.oracle(), event.receivedTime()));
      case Event.FundingRateUpdated update ->
          on(update.instrument(), market -> market.runningRate(update.rate()));
      case Event.FundingRateSettled settled ->
          on(settled.instrument(), market -> market.funding().add(settled.funding()));
      case Event.MarketObserved seen ->
          Optional.ofNullable(markets.get(seen.market()))
              .ifPresent(market -> market.observe(seen, event.venueTime(), event.receivedTime()));
      case Event.FundingHistoryLoaded loaded ->
          on(loaded.instrument(), market -> addAll(market, loaded.hours()));
      case Event.FeedStatusChanged changed -> feed(changed, event.venue());
      case Event.TradingHalted trading ->
          on(trading.instrument(), market -> market.trading(trading.delisted(), trading.halted()));
      default -> {
        // every other event is about us, not about the market
      }
    }
  }

  private void pin(Event.InstrumentsResolved pinned) {
    markets.computeIfAbsent(
        pinned.market(),
        id -> new PairMarketData(pinned.spot(), pinned.perp(), new FundingHistory(hoursKept)));
  }

  private static void addAll(PairMarketData market, Iterable<FundingHour> hours) {
    hours.forEach(market.funding()::add);
  }

  /** A silence that names no instrument concerns every market of its venue. */
  private void feed(Event.FeedStatusChanged changed, VenueId venue) {
    if (changed.instrument().isPresent()) {
      InstrumentId instrument = changed.instrument().get();
      on(instrument, market -> feed(market, instrument.leg(), changed));
      return;
    }
    markets.forEach((id, market) -> {
      if (id.venue().equals(venue)) {
        feed(market, Leg.SPOT, changed);
        feed(market, Leg.PERP, changed);
      }
    });
  }

  private static void feed(PairMarketData market, Leg leg, Event.FeedStatusChanged changed) {
    switch (changed.feed()) {
      case BOOK -> market.bookSilent(leg, !changed.fresh());
      case FUNDING -> market.fundingSilent(!changed.fresh());
      case ACCOUNT -> {
        // the account's feed belongs to the portfolio
      }
    }
  }

  private void on(InstrumentId instrument, Consumer<PairMarketData> change) {
    Optional.ofNullable(markets.get(instrument.market())).ifPresent(change);
  }
}
