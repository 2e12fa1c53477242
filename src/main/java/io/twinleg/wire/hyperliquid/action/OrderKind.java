package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import java.util.Arrays;

/** When an order acts: at once, for as long as its time in force says, or at a trigger. */
public sealed interface OrderKind {
  void write(CanonicalForm form);

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
    public void write(CanonicalForm form) {
      form.object(1).key("limit").object(1).key("tif").text(tif.wire()).end().end();
    }
  }

  /** Take profit or stop loss. */
  record Trigger(boolean isMarket, BigDecimal price, boolean takeProfit) implements OrderKind {
    public Trigger {
      price = WireNumber.unsigned(price);
    }

    @Override
    public void write(CanonicalForm form) {
      form.object(1).key("trigger").object(3).key("isMarket").flag(isMarket);
      form.key("triggerPx").text(WireNumber.format(price));
      form.key("tpsl").text(takeProfit ? "tp" : "sl").end().end();
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
