package io.twinleg.wire.aster;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.QuotedPrice;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The best levels of a book, by REST or as a frame of {@code @depth<levels>}. */
public record DepthReply(long lastUpdateId, long time, BookSnapshot book) {

  /** Frames of futures say {@code b} and {@code a}, those of spot {@code bids} and {@code asks}. */
  public static DepthReply read(JsonNode node) {
    JsonNode bids = node.has("bids") ? node.path("bids") : node.path("b");
    JsonNode asks = node.has("asks") ? node.path("asks") : node.path("a");
    long id =
        AsterJson.optionalWhole(node, "lastUpdateId").orElseGet(() -> AsterJson.whole(node, "u"));
    return new DepthReply(
        id,
        AsterJson.timeOrZero(node, "E"),
        new BookSnapshot(levels(bids, true), levels(asks, false)));
  }

  /** A level that cannot be read makes the whole book unreadable: it might be the best one. */
  private static List<PriceLevel> levels(JsonNode rows, boolean bids) {
    List<PriceLevel> levels =
        AsterJson.list(rows, DepthReply::level).stream()
            .filter(level -> level.quantity().isPositive())
            .toList();
    QuotedPrice.requireBestFirst(
        levels.stream().map(level -> level.price().value()).toList(), bids);
    return levels;
  }

  private static PriceLevel level(JsonNode row) {
    BigDecimal price = AsterJson.element(row, 0, "a level's price");
    BigDecimal quantity = AsterJson.element(row, 1, "a level's quantity");
    if (!QuotedPrice.isPossible(price) || quantity.signum() < 0) {
      throw MalformedMessage.schema("no level of a book: " + quantity + " at " + price);
    }
    return new PriceLevel(
        AsterJson.value("a level's price", () -> Price.of(price)), new Quantity(quantity));
  }

  public ObjectNode json(int limit) {
    ObjectNode node =
        AsterJson.object().put("lastUpdateId", lastUpdateId).put("E", time).put("T", time);
    node.set("bids", rows(book.bids(), limit));
    node.set("asks", rows(book.asks(), limit));
    return node;
  }

  public ObjectNode futuresFrame(String symbol, int limit) {
    ObjectNode node =
        AsterJson.object()
            .put("e", "depthUpdate")
            .put("E", time)
            .put("T", time)
            .put("s", symbol)
            .put("U", lastUpdateId)
            .put("u", lastUpdateId)
            .put("pu", lastUpdateId - 1);
    node.set("b", rows(book.bids(), limit));
    node.set("a", rows(book.asks(), limit));
    return node;
  }

  private static ArrayNode rows(List<PriceLevel> levels, int limit) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    levels.stream()
        .limit(limit)
        .forEach(level ->
            rows.addArray().add(level.price().toString()).add(level.quantity().toString()));
    return rows;
  }
}
