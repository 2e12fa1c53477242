package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.AgentSendAsset;
import io.hypercarry.protocol.hyperliquid.BatchModify;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.ExchangeResponse;
import io.hypercarry.protocol.hyperliquid.ExchangeResponse.Refused;
import io.hypercarry.protocol.hyperliquid.ExchangeResponse.Taken;
import io.hypercarry.protocol.hyperliquid.ModifyOrder;
import io.hypercarry.protocol.hyperliquid.Noop;
import io.hypercarry.protocol.hyperliquid.OpaqueL1Action;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;
import io.hypercarry.protocol.hyperliquid.ReserveRequestWeight;
import io.hypercarry.protocol.hyperliquid.ScheduleCancel;
import io.hypercarry.protocol.hyperliquid.UpdateIsolatedMargin;
import io.hypercarry.protocol.hyperliquid.UpdateLeverage;
import io.hypercarry.protocol.hyperliquid.UserSigned;

/** Carries out an action of an account, each kind at the desk that knows it. */
final class ActionHandler {
  private final HyperliquidOrderHandler orders;
  private final CancelHandler cancels;
  private final ModifyHandler modifies;
  private final LeverageHandler leverages;
  private final ScheduledCancel timer;
  private final TransferHandler transfers;
  private final AgentHandler agents;

  ActionHandler(ServerContext clients, HyperliquidOrderHandler orders, CancelHandler cancels, ModifyHandler modifies) {
    this.orders = orders;
    this.cancels = cancels;
    this.modifies = modifies;
    leverages = new LeverageHandler(clients);
    timer = new ScheduledCancel(clients, cancels);
    transfers = new TransferHandler(clients);
    agents = new AgentHandler(clients);
  }

  ExchangeResponse execute(AccountId account, Action action) {
    return switch (action) {
      case PlaceOrders place -> orders.place(account, place);
      case CancelOrders cancel -> cancels.cancel(account, cancel);
      case CancelByCloid cancel -> cancels.cancel(account, cancel);
      case ModifyOrder modify -> modifies.modify(account, modify);
      case BatchModify modify -> modifies.modify(account, modify);
      case UpdateLeverage leverage -> leverages.set(account, leverage);
      case UpdateIsolatedMargin margin -> leverages.addMargin(account, margin);
      case ScheduleCancel schedule -> timer.set(account, schedule);
      case Noop noop -> Taken.byDefault();
      case ReserveRequestWeight reserve -> transfers.reserve(account, reserve);
      case AgentSendAsset send -> transfers.within(account, send);
      case OpaqueL1Action other -> notOffered(other.type());
      case UserSigned signed -> move(account, signed);
    };
  }

  private ExchangeResponse move(AccountId account, UserSigned action) {
    return switch (action.kind()) {
      case USD_SEND -> transfers.usdSend(account, action);
      case WITHDRAW -> transfers.withdraw(account, action);
      case SPOT_SEND -> transfers.spotSend(account, action);
      case USD_CLASS_TRANSFER -> transfers.betweenWallets(account, action);
      case SEND_ASSET -> transfers.sendAsset(account, action);
      case APPROVE_AGENT -> agents.approve(account, action);
      case APPROVE_BUILDER_FEE -> agents.approveBuilder(account, action);
      case SET_ABSTRACTION,
          DEX_ABSTRACTION,
          PORTFOLIO_MARGIN,
          TOKEN_DELEGATE,
          STAKING_DEPOSIT,
          STAKING_WITHDRAW,
          CONVERT_TO_MULTI_SIG,
          LINK_STAKING ->
          notOffered(action.type());
    };
  }

  /** Said plainly, rather than taken for nothing. */
  private static ExchangeResponse notOffered(String type) {
    return new Refused("Our exchange does not offer " + type);
  }
}
