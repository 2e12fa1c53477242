package io.twinleg.wire.aster;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A settled rate, for the interval that ended at its time. */
public record AsterFundingRow(String symbol, long time, BigDecimal rate) {
  private static final Set<Long> INTERVALS = Set.of(1L, 2L, 4L, 8L);
  private static final long MILLIS_OF_AN_HOUR = 3_600_000;

  public static AsterFundingRow read(JsonNode node) {
    return new AsterFundingRow(
        AsterJson.text(node, "symbol"),
        AsterJson.time(node, "fundingTime"),
        AsterJson.decimal(node, "fundingRate"));
  }

  /**
   * The interval that ended with a row, by its distance from the row before: {@code fundingInfo}
   * omits some symbols, and a venue changes intervals.
   *
   * @param rows oldest first
   * @param otherwise for the first row, and where rows are missing between two
   */
  public static int intervalHours(List<AsterFundingRow> rows, int index, int otherwise) {
    if (index < 1) {
      return rows.size() > 1 ? intervalHours(rows, 1, otherwise) : otherwise;
    }
    long apart = rows.get(index).time() - rows.get(index - 1).time();
    long hours = (apart + MILLIS_OF_AN_HOUR / 2) / MILLIS_OF_AN_HOUR;
    return INTERVALS.contains(hours) ? (int) hours : otherwise;
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("fundingTime", time)
        .put("fundingRate", AsterJson.plain(rate));
  }
}
