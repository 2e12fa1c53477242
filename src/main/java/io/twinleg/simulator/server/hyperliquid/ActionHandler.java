package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.L1Action.ReserveRequestWeight;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateIsolatedMargin;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.OpaqueL1Action;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.UserSigned;

/** Carries out an action of an account, each kind at the desk that knows it. */
final class ActionHandler {
  private final HyperliquidOrderHandler orders;
  private final CancelHandler cancels;
  private final ModifyHandler modifies;
  private final LeverageHandler leverages;
  private final ScheduledCancel timer;
  private final TransferHandler transfers;
  private final AgentHandler agents;

  ActionHandler(
      ServerContext clients,
      HyperliquidOrderHandler orders,
      CancelHandler cancels,
      ModifyHandler modifies) {
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
      case Noop noop -> Accepted.byDefault();
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
