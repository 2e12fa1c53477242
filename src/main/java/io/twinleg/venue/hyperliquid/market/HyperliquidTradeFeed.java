package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.venue.TradeFeed;
import io.twinleg.wire.hyperliquid.Rows;
import io.twinleg.wire.hyperliquid.market.HyperliquidTradeRow;
import java.time.Instant;
import java.util.LinkedHashSet;
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
  public void onTrades(JsonNode list) {
    Rows<HyperliquidTradeRow> rows =
        Rows.of(list, Rows.ofCoins(instrument.wireName()::equals), HyperliquidTradeRow::read);
    for (HyperliquidTradeRow row : rows.read()) {
      Instant time = Instant.ofEpochMilli(row.time());
      if (row.price().signum() > 0 && isNew(time, row.tid())) {
        listener.accept(
            new TradeFeed.PublicTrade(
                time,
                instrument.id(),
                row.takerBuys() ? Side.BUY : Side.SELL,
                Price.reference(row.price()),
                new Quantity(row.size())));
      }
    }
  }

  private boolean isNew(Instant time, long id) {
    if (time.isBefore(newest)) {
      return false;
    }
    if (time.isAfter(newest)) {
      newest = time;
      idsAtNewest.clear();
    }
    return idsAtNewest.add(id);
  }
}
