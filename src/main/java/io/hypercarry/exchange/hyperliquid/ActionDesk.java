package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Report;
import io.hypercarry.exchange.Request;
import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.AgentSendAsset;
import io.hypercarry.protocol.hyperliquid.BatchModify;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Refused;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Taken;
import io.hypercarry.protocol.hyperliquid.ModifyOrder;
import io.hypercarry.protocol.hyperliquid.Noop;
import io.hypercarry.protocol.hyperliquid.OtherL1Action;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;
import io.hypercarry.protocol.hyperliquid.ReserveRequestWeight;
import io.hypercarry.protocol.hyperliquid.ScheduleCancel;
import io.hypercarry.protocol.hyperliquid.UpdateIsolatedMargin;
import io.hypercarry.protocol.hyperliquid.UpdateLeverage;
import io.hypercarry.protocol.hyperliquid.UserSigned;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out an action of an account, each kind at the desk that knows it. */
final class ActionDesk {
  private static final long VOLUME_TO_SCHEDULE = 1_000_000;
  private static final long AHEAD_MS = 5000;
  private static final ExchangeAnswer DONE = Taken.byDefault();

  private final Exchange exchange;
  private final Universe universe;
  private final Books books;
  private final OrderDesk orders;
  private final CancelDesk cancels;
  private final ModifyDesk modifies;
  private final WalletDesk wallets;
  private final Map<AccountId, Long> scheduled = new TreeMap<>();

  ActionDesk(
      Exchange exchange,
      Universe universe,
      Books books,
      OrderDesk orders,
      CancelDesk cancels,
      ModifyDesk modifies,
      WalletDesk wallets) {
    this.exchange = exchange;
    this.universe = universe;
    this.books = books;
    this.orders = orders;
    this.cancels = cancels;
    this.modifies = modifies;
    this.wallets = wallets;
  }

  ExchangeAnswer execute(AccountId account, Action action) {
    return switch (action) {
      case PlaceOrders place -> orders.place(account, place);
      case CancelOrders cancel -> cancels.cancel(account, cancel);
      case CancelByCloid cancel -> cancels.cancel(account, cancel);
      case ModifyOrder modify -> modifies.modify(account, modify);
      case BatchModify modify -> modifies.modify(account, modify);
      case UpdateLeverage leverage -> setLeverage(account, leverage);
      case UpdateIsolatedMargin margin -> new Refused("Position does not use isolated margin.");
      case ScheduleCancel schedule -> schedule(account, schedule);
      case Noop noop -> DONE;
      case ReserveRequestWeight reserve -> reserve(account, reserve);
      case AgentSendAsset send -> wallets.send(account, send);
      case OtherL1Action other -> new Refused("Our exchange does not offer " + other.type());
      case UserSigned signed -> wallets.execute(account, signed);
    };
  }

  private ExchangeAnswer setLeverage(AccountId account, UpdateLeverage wanted) {
    Optional<Instrument> perp =
        universe.byAsset(wanted.asset()).filter(found -> found.leg() == Leg.PERP);
    if (perp.isEmpty()) {
      return new Refused("Unknown coin " + wanted.asset());
    }
    if (wanted.leverage() < 1 || wanted.leverage() > perp.get().maxLeverage()) {
      return new Refused("Invalid leverage value");
    }
    Request.SetLeverage request =
        new Request.SetLeverage(perp.get().id(), (int) wanted.leverage(), wanted.isCross());
    for (Report report : exchange.backOffice().byHand(account, request)) {
      if (report instanceof Report.LeverageAnswered answered && !answered.accepted()) {
        return new Refused(leverageText(answered.response()));
      }
    }
    books.of(account).setLeverage(perp.get(), (int) wanted.leverage());
    return DONE;
  }

  private static String leverageText(String response) {
    return response.startsWith("Insufficient margin")
        ? "Cross position does not have sufficient margin available to decrease leverage."
            + " To decrease leverage, deposit more collateral."
        : response;
  }

  private ExchangeAnswer reserve(AccountId account, ReserveRequestWeight reserve) {
    books.of(account).budget().reserve(reserve.weight());
    return DONE;
  }

  // ---- the dead-man switch

  private ExchangeAnswer schedule(AccountId account, ScheduleCancel action) {
    BigDecimal volume = books.of(account).budget().volume();
    if (volume.compareTo(BigDecimal.valueOf(VOLUME_TO_SCHEDULE)) < 0) {
      return new Refused(
          "Cannot set scheduled cancel time until enough volume traded. Required: $1000000."
              + " Traded: $"
              + volume.setScale(2, RoundingMode.HALF_UP)
              + ".");
    }
    if (action.time().isEmpty()) {
      scheduled.remove(account);
      return DONE;
    }
    long time = action.time().getAsLong();
    if (time < exchange.now().toEpochMilli() + AHEAD_MS) {
      return new Refused("Scheduled cancel time too early, must be at least 5 seconds from now.");
    }
    scheduled.put(account, time);
    exchange.at(Instant.ofEpochMilli(time), () -> strike(account, time));
    return DONE;
  }

  /** Unless it was set anew or taken back since. */
  private void strike(AccountId account, long time) {
    if (scheduled.remove(account, time)) {
      cancels.cancelAll(account, "scheduledCancel");
    }
  }
}
