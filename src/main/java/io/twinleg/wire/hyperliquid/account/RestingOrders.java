package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.Rows;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * {@code frontendOpenOrders} and the channel {@code openOrders}: every order that rests.
 *
 * @param cloids of all, in their order; empty text for an order without one
 * @param orders those in the coins asked for
 */
public record RestingOrders(List<String> cloids, List<OpenOrder> orders) {
  public static final RestingOrders NONE = new RestingOrders(List.of(), List.of());

  public RestingOrders {
    cloids = List.copyOf(cloids);
    orders = List.copyOf(orders);
  }

  /**
   * Orders of others that cannot be read are passed over: a stop order has no price, for one.
   *
   * @param isOurs of an order's cloid
   * @throws MalformedMessage if it is no list, or an order of ours cannot be read
   */
  public static RestingOrders read(
      JsonNode list, Predicate<String> coins, Predicate<String> isOurs) {
    List<String> cloids =
        LenientJson.list(list, row -> LenientJson.optionalText(row, "cloid").orElse(""));
    Rows<OpenOrder> rows =
        Rows.of(
            list,
            row ->
                LenientJson.optionalText(row, "coin")
                    .map(coins::test)
                    .orElseGet(
                        () -> LenientJson.optionalText(row, "cloid").filter(isOurs).isPresent()),
            OpenOrder::read);
    rows.unreadable().stream()
        .filter(row -> isOurs.test(row.cloid()))
        .findFirst()
        .ifPresent(row -> {
          throw MalformedMessage.schema(row.detail());
        });
    return new RestingOrders(cloids, rows.read());
  }
}
