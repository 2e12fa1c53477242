package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of {@code fundingHistory}: a settled hour, some milliseconds after it ended. */
public record HyperliquidFundingRow(
    String coin, BigDecimal rate, Optional<BigDecimal> premium, long time) {
  /** The venue pays at most 4 % an hour, in either direction. */
  private static final BigDecimal LARGEST = new BigDecimal("0.04");

  public HyperliquidFundingRow {
    requireRate(rate);
  }

  static void requireRate(BigDecimal hourly) {
    if (hourly.abs().compareTo(LARGEST) > 0) {
      throw MalformedMessage.schema("no rate of an hour: " + hourly);
    }
  }

  public static HyperliquidFundingRow read(JsonNode node) {
    return new HyperliquidFundingRow(
        LenientJson.text(node, "coin"),
        LenientJson.decimal(node, "fundingRate"),
        LenientJson.optionalDecimal(node, "premium"),
        LenientJson.time(node, "time"));
  }

  /**
   * The rows of one coin.
   *
   * @throws MalformedMessage where one is another's
   */
  public static List<HyperliquidFundingRow> list(JsonNode list, String coin) {
    return LenientJson.list(
        list,
        node -> {
          HyperliquidFundingRow row = read(node);
          if (!row.coin().equals(coin)) {
            throw MalformedMessage.schema("coin is %s, not %s".formatted(row.coin(), coin));
          }
          return row;
        });
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object().put("coin", coin);
    LenientJson.put(node, "fundingRate", rate);
    premium.ifPresent(value -> LenientJson.put(node, "premium", value));
    return node.put("time", time);
  }
}
