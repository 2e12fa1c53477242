package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Price;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Orders that wait for the mark to reach their price. Until then the exchange knows nothing of
 * them.
 */
final class Triggers {
  private final Exchange exchange;
  private final Map<HyperliquidOrderRecord, OrderKind.Trigger> waiting = new LinkedHashMap<>();

  Triggers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Returns whether there is anything to wait for: the mark has not reached its price yet. */
  boolean take(HyperliquidOrderRecord placed, OrderKind.Trigger trigger) {
    boolean waits = !isReached(placed, trigger);
    if (waits) {
      waiting.put(placed, trigger);
    }
    return waits;
  }

  /** Returns whether the order was one that waits here. */
  boolean drop(HyperliquidOrderRecord placed) {
    return waiting.remove(placed) != null;
  }

  /** Hands on what the mark has reached. */
  void turned(BiConsumer<HyperliquidOrderRecord, Tif> submit) {
    List<HyperliquidOrderRecord> due = new ArrayList<>();
    waiting.forEach((placed, trigger) -> {
      if (isReached(placed, trigger)) {
        due.add(placed);
      }
    });
    for (HyperliquidOrderRecord placed : due) {
      OrderKind.Trigger trigger = Optional.ofNullable(waiting.remove(placed)).orElseThrow();
      submit.accept(placed, trigger.isMarket() ? Tif.IOC : Tif.GTC);
    }
  }

  /**
   * A stop buys when the price has risen to it and sells when it has fallen; a take-profit, the
   * other way.
   */
  private boolean isReached(HyperliquidOrderRecord placed, OrderKind.Trigger trigger) {
    Optional<BigDecimal> mark =
        Universe.InstrumentValuation.mark(exchange, placed.instrument().id()).map(Price::value);
    boolean above = placed.wire().isBuy() != trigger.takeProfit();
    return mark.filter(price ->
            above ? price.compareTo(trigger.price()) >= 0 : price.compareTo(trigger.price()) <= 0)
        .isPresent();
  }
}
