package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A frame of the user stream. What is unknown (announcements come here too) is empty. */
public sealed interface UserEvent {

  /** {@code ORDER_TRADE_UPDATE} of futures and {@code executionReport} of spot: one thing. */
  record OrderUpdate(OrderReply order, String execution, Optional<TradeRow> trade, long eventTime)
      implements UserEvent {}

  /** Something of the account has changed: {@code reason} is ORDER, FUNDING_FEE, DEPOSIT … */
  record AccountChanged(String reason, List<Change> balances, long time) implements UserEvent {
    public AccountChanged {
      balances = List.copyOf(balances);
    }

    /** {@code change}: zero where the frame only says the new balance. */
    public record Change(String asset, BigDecimal balance, BigDecimal change) {}
  }

  record ListenKeyExpired() implements UserEvent {}

  static Optional<UserEvent> read(Leg leg, JsonNode node) {
    return switch (node.path("e").asString("")) {
      case "ORDER_TRADE_UPDATE" ->
          Optional.of(OrderFrames.read(leg, node.path("o"), Json.wholeOrZero(node, "E")));
      case "executionReport" ->
          Optional.of(OrderFrames.read(leg, node, Json.wholeOrZero(node, "E")));
      case "ACCOUNT_UPDATE" -> Optional.of(futures(node));
      case "outboundAccountPosition" -> Optional.of(spot(node));
      case "listenKeyExpired" -> Optional.of(new ListenKeyExpired());
      default -> Optional.empty();
    };
  }

  private static AccountChanged futures(JsonNode node) {
    JsonNode update = node.path("a");
    return new AccountChanged(
        Json.optionalText(update, "m").orElse(""),
        Json.list(
            update.path("B"),
            row ->
                new AccountChanged.Change(
                    Json.text(row, "a"), Json.decimal(row, "wb"), Json.decimalOrZero(row, "bc"))),
        Json.wholeOrZero(node, "T"));
  }

  private static AccountChanged spot(JsonNode node) {
    return new AccountChanged(
        Json.optionalText(node, "m").orElse(""),
        Json.list(
            node.path("B"),
            row ->
                new AccountChanged.Change(
                    Json.text(row, "a"),
                    Json.decimal(row, "f").add(Json.decimalOrZero(row, "l")),
                    BigDecimal.ZERO)),
        Json.wholeOrZero(node, "T"));
  }

  static ObjectNode listenKeyExpired(long time) {
    return Json.object().put("e", "listenKeyExpired").put("E", time);
  }

  static ObjectNode spotPosition(List<SpotAccount.Balance> balances, long time) {
    ObjectNode node =
        Json.object()
            .put("e", "outboundAccountPosition")
            .put("E", time)
            .put("T", time)
            .put("u", time)
            .put("m", "ORDER");
    node.set(
        "B",
        Json.array(
            balances,
            each ->
                Json.object()
                    .put("a", each.asset())
                    .put("f", Json.plain(each.free()))
                    .put("l", Json.plain(each.locked()))));
    return node;
  }

  static ObjectNode accountUpdate(
      String reason, BigDecimal wallet, BigDecimal change, List<PositionRow> positions, long time) {
    ObjectNode inner = Json.object().put("m", reason);
    inner.set(
        "B",
        Json.array(
            List.of("USDT"),
            asset ->
                Json.object()
                    .put("a", asset)
                    .put("wb", Json.plain(wallet))
                    .put("cw", Json.plain(wallet))
                    .put("bc", Json.plain(change))));
    inner.set(
        "P",
        Json.array(
            positions,
            each ->
                Json.object()
                    .put("s", each.symbol())
                    .put("pa", Json.plain(each.amount()))
                    .put("ep", Json.plain(each.entryPrice()))
                    .put("up", Json.plain(each.unrealised()))
                    .put("mt", each.cross() ? "cross" : "isolated")
                    .put("iw", "0")
                    .put("ps", each.positionSide())));
    ObjectNode node = Json.object().put("e", "ACCOUNT_UPDATE").put("E", time).put("T", time);
    node.set("a", inner);
    return node;
  }
}
