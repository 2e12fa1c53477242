package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidPerpAdapter;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidSpotAdapter;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import java.math.BigDecimal;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** HYPE's two legs, an account, and orders by hand. */
public final class WireMessages {
  public static final MarketId HYPE = new MarketId("HYPE");
  public static final Instrument SPOT = instrument(Leg.SPOT, "HYPE/USDC", "@107", 10107, 6);
  public static final Instrument PERP = instrument(Leg.PERP, "HYPE", "HYPE", 159, 4);
  public static final Signer SIGNER = Signer.of(key());
  public static final SigningIdentity IDENTITY =
      SigningIdentity.ofAccount(SIGNER.address(), SIGNER, Network.TESTNET);

  private static final OrderIdTag BOOK = new OrderIdTag("00000001");

  private WireMessages() {}

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    return key;
  }

  private static Instrument instrument(
      Leg leg, String symbol, String wireName, int asset, int decimals) {
    return new Instrument(
        new InstrumentId(HYPE, leg),
        symbol,
        wireName,
        asset,
        2,
        new PriceRule.SignificantFigures(decimals),
        Usd.of("10"),
        BigDecimal.ONE,
        leg == Leg.PERP ? 10 : 1,
        false);
  }

  public static HyperliquidInstrumentMap legs() {
    HyperliquidInstrumentMap legs = new HyperliquidInstrumentMap();
    legs.bind(new HyperliquidSpotAdapter(SPOT, 150, "HYPE"));
    legs.bind(new HyperliquidPerpAdapter(PERP));
    return legs;
  }

  public static ClientOrderId name(int ordinal) {
    return ClientOrderId.of(BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 1, ordinal);
  }

  static PlaceOrder order(int ordinal, Instrument on, Side side, String size, TimeInForce tif) {
    return order(ordinal, on, side, size, tif, OrderPurpose.ENTRY);
  }

  static PlaceOrder order(
      int ordinal, Instrument on, Side side, String size, TimeInForce tif, OrderPurpose purpose) {
    return new PlaceOrder(
        name(ordinal),
        on.id(),
        side,
        Price.of("40"),
        Quantity.of(size),
        tif,
        on.leg() == Leg.PERP && side == Side.BUY,
        purpose);
  }

  /** Single quotes for double ones. */
  public static JsonNode json(String text) {
    return HyperliquidJson.parse(text.replace('\'', '"'));
  }

  static ExchangeReply received(String text) {
    return ExchangeReply.of(new HttpResult.Ok(json(text)));
  }

  static ExchangeReply statuses(String list) {
    return received(
        "{'status':'ok','response':{'type':'order','data':{'statuses':[" + list + "]}}}");
  }
}
