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

/** What the ledgers say of transfers: the sender's and the receiver's get the same row. */
final class TransferRows {
  private final ServerContext clients;

  TransferRows(ServerContext clients) {
    this.clients = clients;
  }

  void betweenWallets(AccountId account, Usd amount, boolean toPerp) {
    clients
        .books()
        .of(account)
        .moved(
            HyperliquidJson.object()
                .put("type", "accountClassTransfer")
                .put("usdc", text(amount.value()))
                .put("toPerp", toPerp));
  }

  void withdrawn(AccountId account, Usd amount, Usd fee, long nonce) {
    clients
        .books()
        .of(account)
        .moved(
            HyperliquidJson.object()
                .put("type", "withdraw")
                .put("usdc", text(amount.value()))
                .put("nonce", nonce)
                .put("fee", text(fee.value())));
  }

  void sentCoins(TransferRequest parcel, AccountId receiver, Instrument spot, Quantity quantity) {
    BigDecimal worth =
        Universe.InstrumentValuation.mark(clients.exchange(), spot.id())
            .map(price -> price.times(quantity).value())
            .orElse(BigDecimal.ZERO);
    sent(parcel, receiver, Universe.baseName(spot), quantity.value(), worth, Usd.ZERO);
  }

  void sent(
      TransferRequest parcel,
      AccountId receiver,
      String token,
      BigDecimal amount,
      BigDecimal worth,
      Usd gas) {
    ObjectNode delta =
        parcel.action().equals("usdSend")
            ? internal(parcel, amount, gas)
            : ofToken(parcel, token, amount, worth, gas);
    clients.books().of(parcel.sender()).moved(delta);
    clients.books().of(receiver).moved(delta);
  }

  private static ObjectNode internal(TransferRequest parcel, BigDecimal amount, Usd gas) {
    return HyperliquidJson.object()
        .put("type", "internalTransfer")
        .put("usdc", text(amount))
        .put("user", parcel.sender().name())
        .put("destination", parcel.destination())
        .put("fee", text(gas.value()));
  }

  private static ObjectNode ofToken(
      TransferRequest parcel, String token, BigDecimal amount, BigDecimal worth, Usd gas) {
    boolean spot = parcel.action().equals("spotSend");
    ObjectNode delta = HyperliquidJson.object().put("type", spot ? "spotTransfer" : "send");
    delta.put("user", parcel.sender().name()).put("destination", parcel.destination());
    if (!spot) {
      delta.put("sourceDex", dex(parcel.from())).put("destinationDex", dex(parcel.into()));
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

  /** Who sends out of which wallet, and to whom into which. */
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
