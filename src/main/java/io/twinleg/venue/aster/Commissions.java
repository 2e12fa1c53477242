package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.BookTicker;
import io.twinleg.wire.aster.Commission;
import io.twinleg.wire.aster.request.ApiRequests;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Values commissions that are paid in a third coin. Aster grants a rebate to accounts that pay in
 * ASTER; the books know only a market's own two coins, so that such a commission is booked at its
 * value in USDT when it arrives, and never as zero. No fill waits for a price: the coins that occur
 * are priced regularly, and until a coin has a price its commissions are taken to be what the
 * account's rates say.
 */
final class Commissions {
  private static final String QUOTE = "USDT";
  private static final String REBATED = "ASTER";
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** A taker's at the lowest tier, where the account's own rate is not known. */
  private static final BigDecimal HIGHEST_RATE = new BigDecimal("0.0004");

  private final Function<String, Optional<BigDecimal>> priceSource;
  private final Set<String> coins = new TreeSet<>(Set.of(REBATED));
  private final Map<String, BigDecimal> prices = new TreeMap<>();
  private final Map<String, Commission> rates = new TreeMap<>();

  /**
   * @param priceSource the price in USDT of a coin, from the venue; empty where it has none
   */
  Commissions(Function<String, Optional<BigDecimal>> priceSource) {
    this.priceSource = priceSource;
  }

  static Commissions of(RestClient rest) {
    return new Commissions(coin -> mid(rest.call(ApiRequests.bookTicker(Leg.SPOT, coin + QUOTE))));
  }

  private static Optional<BigDecimal> mid(ApiResult answer) {
    try {
      return answer instanceof ApiResult.Success success
          ? Optional.of(BookTicker.read(success.body()))
              .map(top -> top.bid().add(top.ask()).divide(TWO))
              .filter(price -> price.signum() > 0)
          : Optional.empty();
    } catch (MalformedMessage unreadable) {
      // no price, as without an answer
      return Optional.empty();
    }
  }

  /** Waits for the venue: to be called regularly on a thread that may wait. */
  void refresh() {
    known().forEach(coin -> priceSource.apply(coin).ifPresent(price -> putPrice(coin, price)));
  }

  private synchronized List<String> known() {
    return List.copyOf(coins);
  }

  /** Without a price from the venue the old one stands. */
  private synchronized void putPrice(String coin, BigDecimal price) {
    prices.put(coin, price);
  }

  /** The account's rates of a symbol. */
  synchronized void rates(Leg leg, Commission of) {
    rates.put(leg + of.symbol(), of);
  }

  AsterUserEvent.OrderUpdate valued(AsterUserEvent.OrderUpdate update) {
    return new AsterUserEvent.OrderUpdate(
        update.order(), update.execution(), update.trade().map(this::valued), update.eventTime());
  }

  synchronized AsterTradeRow valued(AsterTradeRow row) {
    String coin = row.commissionAsset();
    if (coin.startsWith("USD") || row.commission().signum() == 0) {
      return row;
    }
    if (row.symbol().equals(coin + QUOTE)) {
      boolean inBase = row.leg() == Leg.SPOT;
      return inBase ? row : row.withCommission(row.commission().multiply(row.price()), QUOTE);
    }
    coins.add(coin);
    BigDecimal price = prices.get(coin);
    return row.withCommission(
        price == null ? byRate(row) : row.commission().multiply(price), QUOTE);
  }

  private BigDecimal byRate(AsterTradeRow row) {
    Commission known = rates.get(row.leg() + row.symbol());
    BigDecimal rate = known == null ? HIGHEST_RATE : row.maker() ? known.maker() : known.taker();
    return row.price().multiply(row.quantity()).multiply(rate.abs());
  }
}
