package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.FillParser.decimal;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.Leg;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Whether a row of the ledger is a certain transfer between the wallets of one account. */
final class TransferRow {
  private TransferRow() {}

  static boolean is(Command.TransferCollateral command, JsonNode delta) {
    boolean toPerp = command.from() == Leg.SPOT;
    return switch (delta.path("type").asString("")) {
      case "accountClassTransfer" ->
          is(command, decimal(delta, "usdc")) && delta.path("toPerp").asBoolean() == toPerp;
      case "send" ->
          is(command, decimal(delta, "amount"))
              && delta.path("destinationDex").asString("").equals(toPerp ? "" : "spot")
              && delta.path("sourceDex").asString("").equals(toPerp ? "spot" : "");
      default -> false;
    };
  }

  private static boolean is(Command.TransferCollateral command, BigDecimal amount) {
    return amount.compareTo(command.amount().value()) == 0;
  }
}
