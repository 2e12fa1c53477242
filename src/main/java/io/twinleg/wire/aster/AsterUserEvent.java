package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A frame of the user stream; empty for unknown frames, such as announcements. */
public sealed interface AsterUserEvent {

  /** {@code ORDER_TRADE_UPDATE} of futures and {@code executionReport} of spot. */
  record OrderUpdate(
      OrderReply order, String execution, Optional<AsterTradeRow> trade, long eventTime)
      implements AsterUserEvent {}

  /**
   * An order's frame that cannot be read: what has become of the order is to be asked.
   *
   * @param symbol and {@code clientOrderId}: empty where they are not readable either
   */
  record UnreadableOrder(String symbol, String clientOrderId, String detail)
      implements AsterUserEvent {}

  /** The account has changed: {@code reason} is ORDER, FUNDING_FEE, DEPOSIT … */
  record AccountChanged(String reason, List<Change> balances, long time) implements AsterUserEvent {
    public AccountChanged {
      balances = List.copyOf(balances);
    }

    /** {@code change} is zero where the frame has only the new balance. */
    public record Change(String asset, BigDecimal balance, BigDecimal change) {}
  }

  record ListenKeyExpired() implements AsterUserEvent {}

  static Optional<AsterUserEvent> read(Leg leg, JsonNode node) {
    return switch (node.path("e").asString("")) {
      case "ORDER_TRADE_UPDATE" -> Optional.of(order(leg, node.path("o"), node));
      case "executionReport" -> Optional.of(order(leg, node, node));
      case "ACCOUNT_UPDATE" -> Optional.of(futures(node));
      case "outboundAccountPosition" -> Optional.of(spot(node));
      case "listenKeyExpired" -> Optional.of(new ListenKeyExpired());
      default -> Optional.empty();
    };
  }

  private static AsterUserEvent order(Leg leg, JsonNode order, JsonNode frame) {
    try {
      return OrderFrames.read(leg, order, AsterJson.timeOrZero(frame, "E"));
    } catch (MalformedMessage malformed) {
      return new UnreadableOrder(
          AsterJson.optionalText(order, "s").orElse(""),
          AsterJson.optionalText(order, "c").orElse(""),
          malformed.detail());
    }
  }

  private static AccountChanged futures(JsonNode node) {
    JsonNode update = node.path("a");
    return new AccountChanged(
        AsterJson.optionalText(update, "m").orElse(""),
        changes(
            update.path("B"),
            row ->
                new AccountChanged.Change(
                    AsterJson.text(row, "a"),
                    AsterJson.decimal(row, "wb"),
                    AsterJson.decimal(row, "bc"))),
        AsterJson.timeOrZero(node, "T"));
  }

  private static AccountChanged spot(JsonNode node) {
    return new AccountChanged(
        AsterJson.optionalText(node, "m").orElse(""),
        changes(
            node.path("B"),
            row ->
                new AccountChanged.Change(
                    AsterJson.text(row, "a"),
                    AsterJson.decimal(row, "f").add(AsterJson.decimal(row, "l")),
                    BigDecimal.ZERO)),
        AsterJson.timeOrZero(node, "T"));
  }

  /** That something changed is what counts; what cannot be read is requested anyway. */
  private static List<AccountChanged.Change> changes(
      JsonNode rows, Function<JsonNode, AccountChanged.Change> read) {
    return rows.isArray() ? AsterJson.rows(rows, row -> false, read).readable() : List.of();
  }

  static ObjectNode listenKeyExpired(long time) {
    return AsterJson.object().put("e", "listenKeyExpired").put("E", time);
  }

  static ObjectNode spotPosition(List<AsterSpotAccount.Balance> balances, long time) {
    ObjectNode node =
        AsterJson.object()
            .put("e", "outboundAccountPosition")
            .put("E", time)
            .put("T", time)
            .put("u", time)
            .put("m", "ORDER");
    node.set(
        "B",
        AsterJson.array(
            balances,
            each ->
                AsterJson.object()
                    .put("a", each.asset())
                    .put("f", AsterJson.plain(each.free()))
                    .put("l", AsterJson.plain(each.locked()))));
    return node;
  }

  static ObjectNode accountUpdate(
      String reason, BigDecimal wallet, BigDecimal change, List<PositionRow> positions, long time) {
    ObjectNode inner = AsterJson.object().put("m", reason);
    inner.set(
        "B",
        AsterJson.array(
            List.of("USDT"),
            asset ->
                AsterJson.object()
                    .put("a", asset)
                    .put("wb", AsterJson.plain(wallet))
                    .put("cw", AsterJson.plain(wallet))
                    .put("bc", AsterJson.plain(change))));
    inner.set(
        "P",
        AsterJson.array(
            positions,
            each ->
                AsterJson.object()
                    .put("s", each.symbol())
                    .put("pa", AsterJson.plain(each.amount()))
                    .put("ep", AsterJson.plain(each.entryPrice()))
                    .put("up", AsterJson.plain(each.unrealised()))
                    .put("mt", each.cross() ? "cross" : "isolated")
                    .put("iw", "0")
                    .put("ps", each.positionSide())));
    ObjectNode node = AsterJson.object().put("e", "ACCOUNT_UPDATE").put("E", time).put("T", time);
    node.set("a", inner);
    return node;
  }
}
