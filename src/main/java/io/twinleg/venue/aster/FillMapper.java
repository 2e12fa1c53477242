package io.twinleg.venue.aster;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.wire.aster.AsterTradeRow;
import java.time.Instant;
import java.util.Optional;

/** Maps a trade of the venue to a fill. */
final class FillMapper {
  private FillMapper() {}

  static Fill of(Instrument instrument, Optional<ClientOrderId> order, AsterTradeRow row) {
    return of(instrument, order, row, FillOrigin.ORDER);
  }

  static Fill of(
      Instrument instrument, Optional<ClientOrderId> order, AsterTradeRow row, FillOrigin origin) {
    return new Fill(
        order,
        instrument.id(),
        row.side(),
        Price.of(row.price()),
        new Quantity(row.quantity()),
        fee(instrument, row),
        row.maker(),
        row.orderId(),
        row.id(),
        Instant.ofEpochMilli(row.time()),
        origin);
  }

  /** The venue's own orders have names that state their reason. */
  static FillOrigin origin(String clientOrderId) {
    if (clientOrderId.startsWith("adl_autoclose")) {
      return FillOrigin.DELEVERAGING;
    }
    return clientOrderId.startsWith("autoclose-") ? FillOrigin.LIQUIDATION : FillOrigin.ORDER;
  }

  /**
   * A spot buy pays in the coin it buys, everything else in quote; a commission in a third coin has
   * been valued in quote before ({@link Commissions}).
   */
  private static Fee fee(Instrument instrument, AsterTradeRow row) {
    if (row.commissionAsset().equals(base(instrument)) && instrument.leg() == Leg.SPOT) {
      boolean bought = row.side() == Side.BUY;
      return bought
          ? new Fee(row.commission(), Fee.Token.BASE)
          : new Fee(row.commission().multiply(row.price()), Fee.Token.QUOTE);
    }
    return new Fee(row.commission(), Fee.Token.QUOTE);
  }

  private static String base(Instrument instrument) {
    String symbol = instrument.wireName();
    return symbol.endsWith("USDT") ? symbol.substring(0, symbol.length() - 4) : symbol;
  }

  /** Our client order ids have a form of their own; empty for any other order. */
  static Optional<ClientOrderId> clientOrderId(String clientOrderId) {
    return clientOrderId.matches("0x[0-9a-f]{32}")
        ? Optional.of(new ClientOrderId(clientOrderId))
        : Optional.empty();
  }
}
