package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.StrictJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/** When an order acts: at once, for as long as its time in force says, or at a trigger. */
public sealed interface OrderKind {
  ObjectNode json();

  enum Tif {
    ALO("Alo"),
    IOC("Ioc"),
    GTC("Gtc");

    private final String wire;

    Tif(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    static Tif of(String wire) {
      return Arrays.stream(values())
          .filter(tif -> tif.wire.equals(wire))
          .findFirst()
          .orElseThrow(() -> MalformedMessage.schema("no such tif: " + wire));
    }
  }

  record Limit(Tif tif) implements OrderKind {
    @Override
    public ObjectNode json() {
      ObjectNode kind = HyperliquidJson.object();
      kind.putObject("limit").put("tif", tif.wire());
      return kind;
    }
  }

  /** Take profit or stop loss. */
  record Trigger(boolean isMarket, BigDecimal price, boolean takeProfit) implements OrderKind {
    public Trigger {
      price = WireNumber.parseUnsigned(WireNumber.format(price));
    }

    @Override
    public ObjectNode json() {
      ObjectNode kind = HyperliquidJson.object();
      kind.putObject("trigger")
          .put("isMarket", isMarket)
          .put("triggerPx", WireNumber.format(price))
          .put("tpsl", takeProfit ? "tp" : "sl");
      return kind;
    }
  }

  static OrderKind read(StrictJson fields) {
    OrderKind kind =
        fields.optionalNode("limit").isPresent()
            ? limit(fields.object("limit"))
            : trigger(fields.object("trigger"));
    fields.done();
    return kind;
  }

  private static OrderKind limit(StrictJson fields) {
    Limit limit = new Limit(Tif.of(fields.text("tif")));
    fields.done();
    return limit;
  }

  private static OrderKind trigger(StrictJson fields) {
    boolean isMarket = fields.flag("isMarket");
    BigDecimal price = fields.decimal("triggerPx");
    String which = fields.text("tpsl");
    fields.done();
    if (!which.equals("tp") && !which.equals("sl")) {
      throw MalformedMessage.schema("tpsl is tp or sl");
    }
    return new Trigger(isMarket, price, which.equals("tp"));
  }
}
