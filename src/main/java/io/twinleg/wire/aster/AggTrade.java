package io.twinleg.wire.aster;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A frame of {@code @aggTrade}: what one taker traded at one price.
 *
 * @param taker the side of the aggressive order
 */
public record AggTrade(
    String symbol, long id, Price price, Quantity quantity, Side taker, long time) {

  public static AggTrade read(JsonNode node) {
    boolean buyerIsMaker = AsterJson.flag(node, "m");
    return new AggTrade(
        AsterJson.text(node, "s"),
        AsterJson.whole(node, "a"),
        AsterJson.value("p", () -> Price.of(AsterJson.decimal(node, "p"))),
        new Quantity(AsterJson.decimal(node, "q")),
        buyerIsMaker ? Side.SELL : Side.BUY,
        AsterJson.whole(node, "T"));
  }

  public ObjectNode json() {
    return AsterJson.object()
        .put("e", "aggTrade")
        .put("E", time)
        .put("s", symbol)
        .put("a", id)
        .put("p", AsterJson.plain(price.value()))
        .put("q", AsterJson.plain(quantity.value()))
        .put("f", id)
        .put("l", id)
        .put("T", time)
        .put("m", taker == Side.SELL);
  }
}
