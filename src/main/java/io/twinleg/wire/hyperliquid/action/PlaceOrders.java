package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An order action: executed in turn, each on its own. */
public record PlaceOrders(List<OrderWire> orders, Grouping grouping, Optional<Builder> builder)
    implements L1Action {

  public PlaceOrders {
    orders = List.copyOf(orders);
  }

  /** Without grouping and builder. */
  public static PlaceOrders of(List<OrderWire> orders) {
    return new PlaceOrders(orders, Grouping.Named.NONE, Optional.empty());
  }

  /** Who else is paid, in tenths of a basis point. */
  public record Builder(String address, long fee) {}

  static PlaceOrders read(StrictJson fields) {
    return new PlaceOrders(
        fields.list("orders", OrderWire::read),
        fields.optionalNode("grouping").map(Grouping::read).orElse(Grouping.Named.NONE),
        fields.optionalNode("builder").map(node -> builder(new StrictJson(node))));
  }

  private static Builder builder(StrictJson fields) {
    Builder builder = new Builder(fields.address("b"), fields.number("f"));
    fields.done();
    return builder;
  }

  @Override
  public String type() {
    return "order";
  }

  @Override
  public void write(CanonicalForm form) {
    form.object(builder.isPresent() ? 4 : 3).key("type").text(type());
    form.key("orders").array(orders.size());
    for (OrderWire order : orders) {
      order.write(form);
    }
    form.end().key("grouping");
    grouping.write(form);
    if (builder.isPresent()) {
      Builder who = builder.get();
      form.key("builder").object(2).key("b").text(who.address).key("f").whole(who.fee).end();
    }
    form.end();
  }

  @Override
  public ObjectNode json() {
    return L1Action.tree(this);
  }

  /** How the orders of one action hang together. */
  public sealed interface Grouping {
    void write(CanonicalForm form);

    enum Named implements Grouping {
      NONE("na"),
      NORMAL_TPSL("normalTpsl"),
      POSITION_TPSL("positionTpsl");

      private final String wire;

      Named(String wire) {
        this.wire = wire;
      }

      @Override
      public void write(CanonicalForm form) {
        form.text(wire);
      }
    }

    /** Pays for priority: hundred-millionths of the notional. */
    record Priority(int rate) implements Grouping {
      @Override
      public void write(CanonicalForm form) {
        form.object(1).key("p").whole(rate).end();
      }
    }

    static Grouping read(JsonNode node) {
      if (node.isObject()) {
        StrictJson fields = new StrictJson(node);
        long rate = fields.number("p");
        fields.done();
        return new Priority(Math.toIntExact(Math.min(rate, Integer.MAX_VALUE)));
      }
      for (Named named : Named.values()) {
        if (node.isString() && named.wire.equals(node.stringValue())) {
          return named;
        }
      }
      throw MalformedMessage.schema("no such grouping");
    }
  }
}
