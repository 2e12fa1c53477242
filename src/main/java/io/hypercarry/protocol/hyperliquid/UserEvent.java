package io.hypercarry.protocol.hyperliquid;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Data of the channel {@code user}, which {@code userEvents} asks for; it names no user. */
public sealed interface UserEvent {
  ObjectNode json();

  record Fills(List<FillRow> fills) implements UserEvent {
    @Override
    public ObjectNode json() {
      return Json.object().set("fills", Tree.array(fills, FillRow::json));
    }
  }

  record Funding(FundingDelta funding) implements UserEvent {
    @Override
    public ObjectNode json() {
      return Json.object().set("funding", funding.flatJson());
    }
  }

  /** The user is liquidated, or liquidates. */
  record Liquidation(JsonNode body) implements UserEvent {
    @Override
    public ObjectNode json() {
      return Json.object().set("liquidation", body);
    }
  }

  /** Cancelled by the venue. */
  record Cancelled(List<Order> orders) implements UserEvent {
    public record Order(String coin, long oid) {
      static Order read(JsonNode node) {
        return new Order(Tree.text(node, "coin"), Tree.number(node, "oid"));
      }

      ObjectNode json() {
        return Json.object().put("coin", coin).put("oid", oid);
      }
    }

    @Override
    public ObjectNode json() {
      return Json.object().set("nonUserCancel", Tree.array(orders, Order::json));
    }
  }

  /** Of a kind that is not known here. */
  record Other(JsonNode body) implements UserEvent {
    @Override
    public ObjectNode json() {
      return body.asObject();
    }
  }

  static UserEvent read(JsonNode data) {
    if (data.has("fills")) {
      return new Fills(Tree.list(data.path("fills"), FillRow::read));
    }
    if (data.has("funding")) {
      return new Funding(FundingDelta.readFlat(data.path("funding")));
    }
    if (data.has("liquidation")) {
      return new Liquidation(data.path("liquidation"));
    }
    return data.has("nonUserCancel")
        ? new Cancelled(Tree.list(data.path("nonUserCancel"), Cancelled.Order::read))
        : new Other(data);
  }
}
