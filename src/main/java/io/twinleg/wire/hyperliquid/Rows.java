package io.twinleg.wire.hyperliquid;

import io.twinleg.wire.MalformedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A list of which some rows may be unreadable: the others count. Rows that are not asked for are
 * passed over before they are judged.
 *
 * @param size of the whole list
 * @param newest time of any row that has one
 */
public record Rows<T>(List<T> read, List<Unreadable> unreadable, int size, OptionalLong newest) {
  /**
   * @param cloid of the order it belongs to; empty text where that cannot be read
   */
  public record Unreadable(String detail, String cloid) {}

  public Rows {
    read = List.copyOf(read);
    unreadable = List.copyOf(unreadable);
  }

  public boolean isClean() {
    return unreadable.isEmpty();
  }

  /**
   * @throws MalformedMessage if it is no list
   */
  public static <T> Rows<T> of(
      JsonNode list, Predicate<JsonNode> wanted, Function<JsonNode, T> reader) {
    List<T> read = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    long newest = Long.MIN_VALUE;
    for (JsonNode row : LenientJson.list(list, Function.identity())) {
      JsonNode time = row.path("time");
      newest = Math.max(newest, time.canConvertToLong() ? time.longValue() : newest);
      try {
        if (wanted.test(row)) {
          read.add(MalformedMessage.ofImpossible(() -> reader.apply(row)));
        }
      } catch (MalformedMessage malformed) {
        unreadable.add(
            new Unreadable(malformed.detail(), LenientJson.optionalText(row, "cloid").orElse("")));
      }
    }
    OptionalLong known = newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
    return new Rows<>(read, unreadable, list.size(), known);
  }

  /**
   * Rows that name one of these coins, under the row itself or its delta; one that names none is
   * unreadable.
   */
  public static Predicate<JsonNode> ofCoins(Predicate<String> coins) {
    return row ->
        coins.test(
            LenientJson.optionalText(row, "coin")
                .orElseGet(() -> LenientJson.text(row.path("delta"), "coin")));
  }
}
