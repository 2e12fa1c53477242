package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.Hex;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.WireNumber;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/** The ledger rows of transfers: the sender's and the receiver's are the same. */
final class TransferRows {
  private final ServerContext context;

  TransferRows(ServerContext context) {
    this.context = context;
  }

  void betweenWallets(AccountId account, Usd amount, boolean toPerp) {
    context
        .history(account)
        .moved(
            HyperliquidJson.object()
                .put("type", "accountClassTransfer")
                .put("usdc", text(amount.value()))
                .put("toPerp", toPerp));
  }

  void withdrawn(AccountId account, Usd amount, Usd fee, long nonce) {
    context
        .history(account)
        .moved(
            HyperliquidJson.object()
                .put("type", "withdraw")
                .put("usdc", text(amount.value()))
                .put("nonce", nonce)
                .put("fee", text(fee.value())));
  }

  void sentCoins(TransferRequest transfer, AccountId receiver, Instrument spot, Quantity quantity) {
    BigDecimal worth =
        Universe.InstrumentValuation.mark(context.exchange(), spot.id())
            .map(price -> price.times(quantity).value())
            .orElse(BigDecimal.ZERO);
    sent(transfer, receiver, Universe.baseName(spot), quantity.value(), worth, Usd.ZERO);
  }

  void sent(
      TransferRequest transfer,
      AccountId receiver,
      String token,
      BigDecimal amount,
      BigDecimal worth,
      Usd gas) {
    ObjectNode delta =
        transfer.action().equals("usdSend")
            ? internal(transfer, amount, gas)
            : ofToken(transfer, token, amount, worth, gas);
    context.history(transfer.sender()).moved(delta);
    context.history(receiver).moved(delta);
  }

  private static ObjectNode internal(TransferRequest transfer, BigDecimal amount, Usd gas) {
    return HyperliquidJson.object()
        .put("type", "internalTransfer")
        .put("usdc", text(amount))
        .put("user", transfer.sender().name())
        .put("destination", transfer.destination())
        .put("fee", text(gas.value()));
  }

  private static ObjectNode ofToken(
      TransferRequest transfer, String token, BigDecimal amount, BigDecimal worth, Usd gas) {
    boolean spot = transfer.action().equals("spotSend");
    ObjectNode delta = HyperliquidJson.object().put("type", spot ? "spotTransfer" : "send");
    delta.put("user", transfer.sender().name()).put("destination", transfer.destination());
    if (!spot) {
      delta.put("sourceDex", dex(transfer.from())).put("destinationDex", dex(transfer.into()));
    }
    return delta
        .put("token", token)
        .put("amount", text(amount))
        .put("usdcValue", text(worth))
        .put("fee", text(gas.value()))
        .put("nativeTokenFee", "0.0")
        .putNull("nonce")
        .put("feeToken", Universe.QUOTE);
  }

  private static String dex(Leg wallet) {
    return wallet == Leg.PERP ? "" : "spot";
  }

  private static String text(BigDecimal amount) {
    return WireNumber.formatAnswer(amount);
  }

  /** From a wallet of the sender into a wallet of the destination. */
  record TransferRequest(AccountId sender, Leg from, String destination, Leg into, String action) {
    TransferRequest {
      destination = HyperliquidAccountRegistry.lower(destination);
    }

    boolean isToItself() {
      return destination.equals(sender.name());
    }

    boolean isInvalid() {
      return isToItself() || !Hex.isAddress(destination);
    }
  }
}
