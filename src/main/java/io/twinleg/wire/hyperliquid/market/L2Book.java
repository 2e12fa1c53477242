package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.QuotedPrice;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code l2Book}: always the whole book, best first on either side. */
public record L2Book(String coin, long time, List<Level> bids, List<Level> asks) {
  public L2Book {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /** {@code orders} at this price together have this size. */
  public record Level(BigDecimal price, BigDecimal size, long orders) {
    static Level read(JsonNode node) {
      BigDecimal price = LenientJson.decimal(node, "px");
      BigDecimal size = LenientJson.decimal(node, "sz");
      if (!QuotedPrice.isPossible(price) || size.signum() < 0) {
        throw MalformedMessage.schema("no level of a book: " + size + " at " + price);
      }
      return new Level(price, size, LenientJson.numberOr(node, "n", 1));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "px", price);
      LenientJson.put(node, "sz", size);
      return node.put("n", orders);
    }
  }

  public static L2Book read(JsonNode node) {
    JsonNode levels = node.path("levels");
    if (levels.size() != 2) {
      throw MalformedMessage.schema("levels are not two lists");
    }
    List<Level> bids = LenientJson.list(levels.path(0), Level::read);
    List<Level> asks = LenientJson.list(levels.path(1), Level::read);
    QuotedPrice.requireBestFirst(prices(bids), true);
    QuotedPrice.requireBestFirst(prices(asks), false);
    return new L2Book(LenientJson.text(node, "coin"), LenientJson.number(node, "time"), bids, asks);
  }

  /** What has no size is no level. */
  private static List<BigDecimal> prices(List<Level> side) {
    return side.stream().filter(level -> level.size.signum() > 0).map(Level::price).toList();
  }

  /**
   * The same as the answer about a coin.
   *
   * @throws MalformedMessage where it is about another
   */
  public static L2Book read(JsonNode node, String coin) {
    L2Book book = read(node);
    if (!book.coin.equals(coin)) {
      throw MalformedMessage.schema("coin is %s, not %s".formatted(book.coin, coin));
    }
    return book;
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin).put("time", time);
    node.putArray("levels")
        .add(LenientJson.array(bids, Level::json))
        .add(LenientJson.array(asks, Level::json));
    return node;
  }
}
