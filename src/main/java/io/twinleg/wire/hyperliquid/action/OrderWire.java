package io.twinleg.wire.hyperliquid.action;

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
    price = WireNumber.unsigned(price);
    size = WireNumber.unsigned(size);
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
    TreeForm form = new TreeForm();
    write(form);
    return form.object();
  }

  void write(CanonicalForm form) {
    form.object(cloid.isPresent() ? 7 : 6).key("a").whole(asset).key("b").flag(isBuy);
    form.key("p").text(price.toPlainString()).key("s").text(size.toPlainString());
    form.key("r").flag(reduceOnly).key("t");
    kind.write(form);
    if (cloid.isPresent()) {
      form.key("c").text(cloid.get());
    }
    form.end();
  }
}
