package io.twinleg.smoketest;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * The orders of one iteration: post-only, on the tick, and away from the touch on the passive side,
 * so that none is meant to fill.
 */
final class TestOrders {
  private static final BigDecimal MOST_TICKS = BigDecimal.valueOf(100_000);

  private final Instrument instrument;
  private final TestSettings settings;
  private final OrderIdTag book;
  private int placed;

  TestOrders(Instrument instrument, TestSettings settings, OrderIdTag book) {
    this.instrument = instrument;
    this.settings = settings;
    this.book = book;
  }

  /**
   * Why no order of this size can be placed on this book: it is never made larger than the setting.
   */
  Optional<InvalidSetting> objection(BookSnapshot now) {
    return Arrays.stream(Side.values())
        .flatMap(side -> now.best(side).map(touch -> away(touch, side)).stream())
        .filter(price -> isTooSmall(price, size(price)))
        .map(this::refusal)
        .findFirst();
  }

  private boolean isTooSmall(Price price, Quantity size) {
    return !size.isPositive() || price.times(size).isBelow(instrument.minNotional());
  }

  private InvalidSetting refusal(Price price) {
    Quantity size = size(price);
    BigDecimal lot = BigDecimal.ONE.movePointLeft(instrument.sizeDecimals());
    return new InvalidSetting(
        settings.limits().sizeKey(),
        "%s, which is %s %s at %s or %s USD"
            .formatted(settings.size(), size, instrument.symbol(), price, price.times(size)),
        "at least %s: the venue takes lots of %s and orders of %s USD or more; raise the key"
            .formatted(least(price, lot), lot.toPlainString(), instrument.minNotional()));
  }

  /** In whole USD. */
  private String least(Price price, BigDecimal lot) {
    BigDecimal one = price.value().multiply(lot);
    BigDecimal lots = instrument.minNotional().value().divide(one, 0, RoundingMode.CEILING);
    return lots.max(BigDecimal.ONE).multiply(one).setScale(0, RoundingMode.CEILING).toPlainString();
  }

  /** Empty where that side of the book is. */
  Optional<PlaceOrder> order(BookSnapshot now, Side side) {
    return now.best(side).map(touch -> order(side, away(touch, side)));
  }

  /** So many ticks away, and not out of the venue's price band. */
  private Price away(Price touch, Side side) {
    Side outwards = side.opposite();
    BigDecimal reach = touch.value().multiply(settings.limits().reach());
    BigDecimal tick = instrument.prices().tick(touch).value();
    int most = reach.divideToIntegralValue(tick).min(MOST_TICKS).intValue();
    int ticks = Math.min(settings.offsetTicks(), most);
    return instrument.prices().round(side, instrument.prices().step(touch, outwards, ticks));
  }

  private PlaceOrder order(Side side, Price price) {
    ClientOrderId id =
        ClientOrderId.of(
            book, 0, instrument.leg(), OrderPurpose.ENTRY, ++placed, side == Side.BUY ? 0 : 1);
    return new PlaceOrder(
        id, instrument.id(), side, price, size(price), TimeInForce.ALO, false, OrderPurpose.ENTRY);
  }

  /** Down to a whole lot. */
  private Quantity size(Price price) {
    return new Quantity(
        settings
            .size()
            .value()
            .divide(price.value(), instrument.sizeDecimals(), RoundingMode.FLOOR));
  }
}
