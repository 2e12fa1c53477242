package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.StrictJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One order as an action carries it.
 *
 * @param size in the instrument's own units
 * @param cloid ours: 0x and 32 lower-case digits
 */
public record OrderWire(
    long asset,
    boolean isBuy,
    BigDecimal price,
    BigDecimal size,
    boolean reduceOnly,
    OrderKind kind,
    Optional<String> cloid) {

  public OrderWire {
    price = WireNumber.parseUnsigned(WireNumber.format(price));
    size = WireNumber.parseUnsigned(WireNumber.format(size));
    cloid = cloid.map(OrderRef::normalCloid);
  }

  /** Keys that are not known are passed over here, as the venue does. */
  static OrderWire read(StrictJson fields) {
    return new OrderWire(
        fields.number("a"),
        fields.flag("b"),
        fields.decimal("p"),
        fields.decimal("s"),
        fields.optionalFlag("r"),
        OrderKind.read(fields.object("t")),
        fields.optionalText("c"));
  }

  ObjectNode json() {
    ObjectNode order = HyperliquidJson.object();
    order.put("a", asset).put("b", isBuy);
    order.put("p", WireNumber.format(price)).put("s", WireNumber.format(size));
    order.put("r", reduceOnly);
    order.set("t", kind.json());
    cloid.ifPresent(text -> order.put("c", text));
    return order;
  }
}
