package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.model.Fee;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.TimeInForce;
import java.math.BigDecimal;

/** What the two legs of a market say differently on Hyperliquid's wire. */
sealed interface LegAdapter permits HyperliquidSpotAdapter, HyperliquidPerpAdapter {
  Instrument instrument();

  /** How frames and records name it: "@107", "HYPE". */
  default String coin() {
    return instrument().wireName();
  }

  default int asset() {
    return instrument().assetId();
  }

  /** In what a fee was taken. */
  Fee.Token feeToken(String name);

  /** Whether the wire's reduce-only flag is set; on spot it is an error. */
  boolean reduceOnly(PlaceOrder order);

  default String tif(PlaceOrder order) {
    return tif(order.timeInForce());
  }

  private static String tif(TimeInForce timeInForce) {
    return switch (timeInForce) {
      case GTC -> "Gtc";
      case IOC -> "Ioc";
      case ALO -> "Alo";
    };
  }

  default String price(PlaceOrder order) {
    return plain(order.price().value());
  }

  default String size(PlaceOrder order) {
    return plain(order.quantity().value());
  }

  /** The canonical form, which is what is hashed: no exponent, no zeros at the end. */
  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
