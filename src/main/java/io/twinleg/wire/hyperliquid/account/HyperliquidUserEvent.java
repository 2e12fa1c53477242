package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Data of the channel {@code user}, which {@code userEvents} asks for; it names no user. */
public sealed interface HyperliquidUserEvent {
  ObjectNode json();

  record Fills(List<FillRow> fills) implements HyperliquidUserEvent {
    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().set("fills", LenientJson.array(fills, FillRow::json));
    }
  }

  record Funding(FundingDelta funding) implements HyperliquidUserEvent {
    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().set("funding", funding.flatJson());
    }
  }

  /** The user is liquidated, or liquidates. */
  record Liquidation(JsonNode body) implements HyperliquidUserEvent {
    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().set("liquidation", body);
    }
  }

  /** Cancelled by the venue. */
  record Cancelled(List<Order> orders) implements HyperliquidUserEvent {
    public record Order(String coin, long oid) {
      static Order read(JsonNode node) {
        return new Order(LenientJson.text(node, "coin"), LenientJson.number(node, "oid"));
      }

      ObjectNode json() {
        return HyperliquidJson.object().put("coin", coin).put("oid", oid);
      }
    }

    @Override
    public ObjectNode json() {
      return HyperliquidJson.object().set("nonUserCancel", LenientJson.array(orders, Order::json));
    }
  }

  /** Of a kind that is not known here. */
  record Other(JsonNode body) implements HyperliquidUserEvent {
    @Override
    public ObjectNode json() {
      return body.asObject();
    }
  }

  /** A liquidation, or a cancel by the venue: more has changed than any row shows. */
  static boolean isAboutWholeAccount(JsonNode data) {
    return data.has("liquidation") || data.has("nonUserCancel");
  }

  /** The fills of an event of fills, unread. */
  static Optional<JsonNode> fillRows(JsonNode data) {
    return data.optional("fills");
  }

  static HyperliquidUserEvent read(JsonNode data) {
    if (data.has("fills")) {
      return new Fills(LenientJson.list(data.path("fills"), FillRow::read));
    }
    if (data.has("funding")) {
      return new Funding(FundingDelta.readFlat(data.path("funding")));
    }
    if (data.has("liquidation")) {
      return new Liquidation(data.path("liquidation"));
    }
    return data.has("nonUserCancel")
        ? new Cancelled(LenientJson.list(data.path("nonUserCancel"), Cancelled.Order::read))
        : new Other(data);
  }
}
