package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.BookTicker;
import io.twinleg.wire.aster.request.ApiRequests;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Values commissions that are paid in a third coin. Aster grants a rebate to accounts that pay in
 * ASTER; the books know only a market's own two coins, so that such a commission is booked at its
 * value in USDT when it arrives, and never as zero. The coins that occur are priced regularly: no
 * fill waits for a price, except the first in a new coin.
 */
final class Commissions {
  private static final String QUOTE = "USDT";
  private static final String REBATED = "ASTER";
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Function<String, Optional<BigDecimal>> priceSource;
  private final Map<String, BigDecimal> prices = new TreeMap<>();

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
    return answer instanceof ApiResult.Success success
        ? Optional.of(BookTicker.read(success.body()))
            .map(top -> top.bid().add(top.ask()).divide(TWO))
            .filter(price -> price.signum() > 0)
        : Optional.empty();
  }

  /** Waits for the venue: to be called regularly on a thread that may wait. */
  boolean refresh() {
    updatePrice(REBATED);
    pricedCoins().forEach(this::updatePrice);
    return true;
  }

  private synchronized List<String> pricedCoins() {
    return List.copyOf(prices.keySet());
  }

  /** Without a price from the venue the old one stands. */
  private void updatePrice(String coin) {
    priceSource.apply(coin).ifPresent(price -> putPrice(coin, price));
  }

  private synchronized void putPrice(String coin, BigDecimal price) {
    prices.put(coin, price);
  }

  private synchronized Optional<BigDecimal> knownPrice(String coin) {
    return Optional.ofNullable(prices.get(coin));
  }

  AsterUserEvent.OrderUpdate valued(AsterUserEvent.OrderUpdate update) {
    return new AsterUserEvent.OrderUpdate(
        update.order(), update.execution(), update.trade().map(this::valued), update.eventTime());
  }

  /**
   * @throws VenueException where there is no price to value the commission: the trade is read again
   *     at the next start
   */
  AsterTradeRow valued(AsterTradeRow row) {
    String coin = row.commissionAsset();
    boolean ownCoin = row.symbol().equals(coin + QUOTE);
    if (coin.startsWith("USD") || row.commission().signum() == 0) {
      return row;
    }
    if (ownCoin) {
      return row.leg() == Leg.SPOT ? row : withCommission(row, row.price());
    }
    return withCommission(row, knownPrice(coin).orElseGet(() -> requestPrice(row)));
  }

  private BigDecimal requestPrice(AsterTradeRow row) {
    String coin = row.commissionAsset();
    updatePrice(coin);
    return knownPrice(coin).orElseThrow(() -> unpriced(row.commission(), coin));
  }

  private static VenueException unpriced(BigDecimal amount, String coin) {
    String charged = amount.toPlainString() + " " + coin;
    return new VenueException(
        "Aster has charged a commission of "
            + charged
            + " and has no price of "
            + coin
            + QUOTE
            + " to book it at: have commissions charged in USDT and start again",
        false);
  }

  private static AsterTradeRow withCommission(AsterTradeRow row, BigDecimal price) {
    return new AsterTradeRow(
        row.leg(),
        row.symbol(),
        row.id(),
        row.orderId(),
        row.side(),
        row.price(),
        row.quantity(),
        row.commission().multiply(price),
        QUOTE,
        row.realizedPnl(),
        row.maker(),
        row.time());
  }
}
