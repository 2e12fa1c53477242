package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.Request;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Executes the actions of an account, each kind by its handler. */
final class ActionHandler {
  private final HyperliquidOrderHandler orders;
  private final CancelReplaceHandler cancels;
  private final LeverageHandler leverages;
  private final ScheduledCancel timer;
  private final TransferHandler transfers;
  private final AgentHandler agents;

  ActionHandler(
      ServerContext context, HyperliquidOrderHandler orders, CancelReplaceHandler cancels) {
    this.orders = orders;
    this.cancels = cancels;
    leverages = new LeverageHandler(context);
    timer = new ScheduledCancel(context, cancels);
    transfers = new TransferHandler(context);
    agents = new AgentHandler(context);
  }

  ExchangeResponse execute(AccountId account, Action action) {
    return switch (action) {
      case PlaceOrders place -> orders.place(account, place);
      case CancelOrders cancel -> cancels.cancel(account, cancel);
      case CancelByCloid cancel -> cancels.cancel(account, cancel);
      case ModifyOrder modify -> cancels.modify(account, modify);
      case BatchModify modify -> cancels.modify(account, modify);
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

  /** Sets how much a coin may be borrowed against. */
  static final class LeverageHandler {
    private final ServerContext context;

    LeverageHandler(ServerContext context) {
      this.context = context;
    }

    ExchangeResponse set(AccountId account, UpdateLeverage action) {
      Optional<Instrument> perp = perp(action.asset());
      if (perp.isEmpty()) {
        return new Refused("Unknown asset.");
      }
      int leverage = (int) Math.min(action.leverage(), Integer.MAX_VALUE);
      Request request = new Request.SetLeverage(perp.get().id(), leverage, action.isCross());
      return context.exchange().admin().executeManually(account, request).stream()
          .filter(ExecutionReport.LeverageResult.class::isInstance)
          .map(ExecutionReport.LeverageResult.class::cast)
          .filter(answered -> !answered.accepted())
          .map(answered -> (ExchangeResponse) new Refused(answered.response()))
          .findFirst()
          .orElse(Accepted.byDefault());
    }

    /**
     * An account stands or falls as a whole here, so an isolated position has no margin of its own
     * that could be added to: better refused than taken for nothing.
     */
    ExchangeResponse addMargin(AccountId account, UpdateIsolatedMargin action) {
      boolean isolated =
          perp(action.asset())
              .map(perp -> !context.exchange().leverage(account, perp.id()).isCross())
              .orElse(false);
      return new Refused(
          isolated
              ? "Margin of isolated positions is not kept apart on this exchange."
              : "Position does not use isolated margin.");
    }

    private Optional<Instrument> perp(long asset) {
      return context.universe().byAsset(asset).filter(each -> each.leg() == Leg.PERP);
    }
  }

  /** The dead man's switch: cancels all that is open at a time, unless the time is moved on. */
  static final class ScheduledCancel {
    private static final BigDecimal LEAST_VOLUME = BigDecimal.valueOf(1_000_000);
    private static final Duration LEAST_NOTICE = Duration.ofSeconds(5);
    private static final int MOST_A_DAY = 10;

    private record Fired(LocalDate day, int times) {}

    private final ServerContext context;
    private final CancelReplaceHandler cancels;
    private final Map<AccountId, Instant> due = new TreeMap<>();
    private final Map<AccountId, Fired> fired = new TreeMap<>();

    ScheduledCancel(ServerContext context, CancelReplaceHandler cancels) {
      this.context = context;
      this.cancels = cancels;
    }

    ExchangeResponse set(AccountId account, ScheduleCancel action) {
      Optional<String> objection =
          volume(account).or(() -> notice(action)).or(() -> often(account, action));
      if (objection.isPresent()) {
        return new Refused(objection.get());
      }
      due.remove(account);
      action.time().ifPresent(time -> schedule(account, Instant.ofEpochMilli(time)));
      return Accepted.byDefault();
    }

    /** Also for one who only wants to be rid of it (measured). */
    private Optional<String> volume(AccountId account) {
      BigDecimal traded = context.history(account).budget().volume();
      return traded.compareTo(LEAST_VOLUME) >= 0
          ? Optional.empty()
          : Optional.of(
              "Cannot set scheduled cancel time until enough volume traded. Required: $%s. Traded: $%s."
                  .formatted(LEAST_VOLUME, traded.setScale(2, RoundingMode.DOWN)));
    }

    private Optional<String> notice(ScheduleCancel action) {
      long earliest = context.exchange().now().plus(LEAST_NOTICE).toEpochMilli();
      boolean early = action.time().isPresent() && action.time().getAsLong() < earliest;
      return early
          ? Optional.of("Scheduled cancel time too early, must be at least 5 seconds from now.")
          : Optional.empty();
    }

    private Optional<String> often(AccountId account, ScheduleCancel action) {
      boolean tooOften = action.time().isPresent() && timesToday(account) >= MOST_A_DAY;
      return tooOften
          ? Optional.of("Too many scheduled cancels triggered for the day. Limit is 10.")
          : Optional.empty();
    }

    private int timesToday(AccountId account) {
      return Optional.ofNullable(fired.get(account))
          .filter(last -> last.day().equals(today()))
          .map(Fired::times)
          .orElse(0);
    }

    private LocalDate today() {
      return LocalDate.ofInstant(context.exchange().now(), ZoneOffset.UTC);
    }

    private void schedule(AccountId account, Instant time) {
      due.put(account, time);
      context.exchange().at(time, () -> fire(account, time));
    }

    private void fire(AccountId account, Instant time) {
      if (due.remove(account, time)) {
        fired.put(account, new Fired(today(), timesToday(account) + 1));
        cancels.cancelAll(account, "scheduledCancel");
      }
    }
  }
}
