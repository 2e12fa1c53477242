package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.venue.TradeFeed;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One instrument's trades. A subscription begins with past trades, and repeats them after each
 * reconnect: what is older than the newest published one is skipped. Touched on the WebSocket's
 * thread only.
 */
public final class HyperliquidTradeFeed {
  private final Instrument instrument;
  private final Consumer<TradeFeed.PublicTrade> listener;
  private final Set<Long> idsAtNewest = new LinkedHashSet<>();
  private Instant newest;

  public HyperliquidTradeFeed(
      Instrument instrument, Instant from, Consumer<TradeFeed.PublicTrade> listener) {
    this.instrument = instrument;
    this.listener = listener;
    newest = from;
  }

  /** Frames of all coins arrive here: only the trades themselves name their coin. */
  public void onTrades(JsonNode rows) {
    for (JsonNode row : rows.values()) {
      if (row.path("coin").asString("").equals(instrument.wireName())) {
        trade(row).filter(trade -> isNew(trade.time(), row)).ifPresent(listener);
      }
    }
  }

  private Optional<TradeFeed.PublicTrade> trade(JsonNode row) {
    Side taker = row.path("side").asString("").equals("B") ? Side.BUY : Side.SELL;
    return MarketDataParser.time(row)
        .flatMap(time ->
            MarketDataParser.price(row.path("px"))
                .flatMap(price ->
                    MarketDataParser.decimal(row.path("sz"))
                        .map(size ->
                            new TradeFeed.PublicTrade(
                                time, instrument.id(), taker, price, new Quantity(size)))));
  }

  private boolean isNew(Instant time, JsonNode row) {
    if (time.isBefore(newest)) {
      return false;
    }
    if (time.isAfter(newest)) {
      newest = time;
      idsAtNewest.clear();
    }
    return idsAtNewest.add(row.path("tid").asLong(0));
  }
}
