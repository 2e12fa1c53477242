package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.Rows;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order with its status: an element of {@code orderUpdates} and {@code historicalOrders}, and
 * the response of {@code orderStatus}.
 */
public record OrderState(OpenOrder order, String status, long statusTimestamp) {
  /** Whether the order has ended; an unknown status counts as ended, as nearly all are. */
  public boolean isOver() {
    return !status.equals("open") && !status.equals("triggered");
  }

  public static OrderState read(JsonNode node) {
    return new OrderState(
        OpenOrder.read(node.path("order")),
        LenientJson.text(node, "status"),
        LenientJson.numberOr(node, "statusTimestamp", 0));
  }

  /** Rows of {@code orderUpdates} whose order bears an id of ours. */
  public static Rows<OrderState> updates(JsonNode list, Predicate<String> isOurs) {
    return Rows.of(
        list,
        row -> LenientJson.optionalText(row.path("order"), "cloid").filter(isOurs).isPresent(),
        OrderState::read);
  }

  /** How much of it filled, as of the last change of its status. */
  public BigDecimal filled() {
    return order.originalSize().subtract(order.size());
  }

  /**
   * Reads {@code orderStatus}. Empty is not proof that the order does not exist: the venue may not
   * have processed it yet, or may have dropped it.
   */
  public static Optional<OrderState> readLookup(JsonNode node) {
    return switch (node.path("status").asString("")) {
      case "order" -> Optional.of(read(node.path("order")));
      case "unknownOid" -> Optional.empty();
      default -> throw MalformedMessage.schema("neither order nor unknownOid");
    };
  }

  public static ObjectNode lookupJson(Optional<OrderState> found) {
    ObjectNode node =
        HyperliquidJson.object().put("status", found.isPresent() ? "order" : "unknownOid");
    found.ifPresent(state -> node.set("order", state.json()));
    return node;
  }

  /** With the order in its longer form. */
  public ObjectNode json() {
    return json(order.json());
  }

  /** With the order in its shorter form. */
  public ObjectNode updateJson() {
    return json(order.shortJson());
  }

  private ObjectNode json(ObjectNode written) {
    ObjectNode node = HyperliquidJson.object();
    node.set("order", written);
    return node.put("status", status).put("statusTimestamp", statusTimestamp);
  }
}
