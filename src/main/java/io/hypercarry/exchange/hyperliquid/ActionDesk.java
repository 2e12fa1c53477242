package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.hyperliquid.AgentSendAsset;
import io.hypercarry.protocol.hyperliquid.BatchModify;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Refused;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Taken;
import io.hypercarry.protocol.hyperliquid.L1Action;
import io.hypercarry.protocol.hyperliquid.ModifyOrder;
import io.hypercarry.protocol.hyperliquid.Noop;
import io.hypercarry.protocol.hyperliquid.OtherL1Action;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;
import io.hypercarry.protocol.hyperliquid.ReserveRequestWeight;
import io.hypercarry.protocol.hyperliquid.ScheduleCancel;
import io.hypercarry.protocol.hyperliquid.UpdateIsolatedMargin;
import io.hypercarry.protocol.hyperliquid.UpdateLeverage;
import io.hypercarry.protocol.hyperliquid.UserSigned;
import java.time.InstantSource;

/** Every request to {@code /exchange}: let in or turned away, then carried to whom it concerns. */
final class ActionDesk {
  private final Floor floor;
  private final Admission admission;
  private final ModifyDesk modifies;
  private final LeverageDesk leverages;
  private final CancelTimer timer;
  private final TransferDesk transfers;
  private final AgentDesk agents;

  ActionDesk(Floor floor, InstantSource wall) {
    this.floor = floor;
    admission = new Admission(floor, wall);
    modifies = new ModifyDesk(floor.orders(), floor.orderDesk(), floor.cancelDesk());
    leverages = new LeverageDesk(floor);
    timer = new CancelTimer(floor);
    transfers = new TransferDesk(floor);
    agents = new AgentDesk(floor);
  }

  ExchangeAnswer execute(Signed signed) {
    return switch (admission.judge(signed)) {
      case Admission.Verdict.Turned turned -> new Refused(turned.text());
      case Admission.Verdict.Admitted admitted ->
          switch (signed.action()) {
            case L1Action trading -> trade(admitted.account(), trading);
            case UserSigned moving -> move(admitted.account(), moving);
          };
    };
  }

  private ExchangeAnswer trade(AccountId account, L1Action action) {
    return switch (action) {
      case PlaceOrders place -> floor.orderDesk().place(account, place);
      case CancelOrders cancel -> floor.cancelDesk().cancel(account, cancel);
      case CancelByCloid cancel -> floor.cancelDesk().cancel(account, cancel);
      case ModifyOrder modify -> modifies.modify(account, modify);
      case BatchModify modify -> modifies.modify(account, modify);
      case ScheduleCancel schedule -> timer.set(account, schedule);
      case UpdateLeverage leverage -> leverages.set(account, leverage);
      case UpdateIsolatedMargin margin -> leverages.addMargin(account, margin);
      case Noop noop -> Taken.byDefault();
      case AgentSendAsset send -> transfers.within(account, send);
      case ReserveRequestWeight reserve -> transfers.reserve(account, reserve);
      case OtherL1Action other -> notOffered(other.type());
    };
  }

  private ExchangeAnswer move(AccountId account, UserSigned action) {
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
  private static ExchangeAnswer notOffered(String type) {
    return new Refused("This exchange does not offer " + type + ".");
  }
}
