package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is wrong with an order whatever the account holds: one objection refuses the whole batch,
 * and no order of it is ever numbered.
 */
final class HyperliquidOrderValidator {
  private static final BigDecimal LEAST_OF_REFERENCE = new BigDecimal("0.2");
  private static final BigDecimal MOST_OF_REFERENCE = new BigDecimal("5");
  private static final int PRICE_DECIMALS = 8;

  private final Exchange exchange;

  HyperliquidOrderValidator(Exchange exchange) {
    this.exchange = exchange;
  }

  Optional<String> objection(Instrument instrument, OrderWire order) {
    return kind(instrument, order)
        .or(() -> size(instrument, order.size()))
        .or(() -> price(instrument, order.price()))
        .or(() -> trigger(order))
        .or(() -> band(instrument, order.price()))
        .or(() -> value(instrument, order));
  }

  private static Optional<String> kind(Instrument instrument, OrderWire order) {
    if (instrument.leg() == Leg.PERP) {
      return Optional.empty();
    }
    if (order.reduceOnly()) {
      return Optional.of("Reduce-only is invalid for spot trading.");
    }
    return when(
        order.kind() instanceof OrderKind.Trigger,
        "Placing trigger orders is not enabled on spot trading yet");
  }

  private static Optional<String> size(Instrument instrument, BigDecimal size) {
    if (size.signum() == 0) {
      return Optional.of("Order has zero size.");
    }
    return when(!instrument.isLegal(new Quantity(size)), "Order has invalid size.");
  }

  /** Too many decimals have another error text than too many figures. */
  private static Optional<String> price(Instrument instrument, BigDecimal price) {
    int decimals =
        instrument.prices() instanceof PriceRule.SignificantFigures rule
            ? rule.maxDecimals()
            : PRICE_DECIMALS;
    if (price.signum() == 0 || price.stripTrailingZeros().scale() > decimals) {
      return Optional.of("Order has invalid price.");
    }
    return when(
        !instrument.prices().isLegal(Price.of(price)),
        "Price must be divisible by tick size. asset=" + instrument.assetId());
  }

  private static Optional<String> trigger(OrderWire order) {
    return when(
        order.kind() instanceof OrderKind.Trigger && !order.reduceOnly(),
        "Trigger order is not reduce only.");
  }

  private Optional<String> band(Instrument instrument, BigDecimal price) {
    Optional<BigDecimal> reference = reference(instrument);
    boolean outside =
        reference
            .filter(value ->
                price.compareTo(value.multiply(LEAST_OF_REFERENCE)) <= 0
                    || price.compareTo(value.multiply(MOST_OF_REFERENCE)) > 0)
            .isPresent();
    return when(outside, "Order price cannot be more than 80% away from the reference price");
  }

  private Optional<BigDecimal> reference(Instrument instrument) {
    return Universe.InstrumentValuation.mark(exchange, instrument.id()).map(Price::value);
  }

  private static Optional<String> value(Instrument instrument, OrderWire order) {
    long most = 10 * mostAtMarket(instrument.maxLeverage());
    boolean large = order.price().multiply(order.size()).compareTo(BigDecimal.valueOf(most)) > 0;
    return when(large, "Order value too large. Max is $" + most + ".");
  }

  private static long mostAtMarket(int maxLeverage) {
    if (maxLeverage >= 25) {
      return 30_000_000;
    }
    if (maxLeverage >= 20) {
      return 5_000_000;
    }
    return maxLeverage >= 10 ? 2_000_000 : 500_000;
  }

  private static Optional<String> when(boolean refused, String text) {
    return refused ? Optional.of(text) : Optional.empty();
  }
}
