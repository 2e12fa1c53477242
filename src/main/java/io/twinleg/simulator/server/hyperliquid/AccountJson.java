package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Exchange.LeverageSetting;
import io.twinleg.simulator.server.hyperliquid.HyperliquidAccountRegistry.Abstraction;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.ActiveAsset;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.PerpAccount.Leverage;
import io.twinleg.wire.hyperliquid.account.PerpAccount.MarginSummary;
import io.twinleg.wire.hyperliquid.account.PerpAccount.PaidFunding;
import io.twinleg.wire.hyperliquid.account.PerpAccount.Position;
import io.twinleg.wire.hyperliquid.account.UserFees;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An account in the venue's shapes. An unknown address has nothing. */
final class AccountJson {
  private static final BigDecimal NONE = BigDecimal.ZERO;
  private static final int DECIMALS = 8;

  /** Also what a pooled account shows, whose collateral is in its spot state. */
  private static final MarginSummary EMPTY = new MarginSummary(NONE, NONE, NONE, NONE);

  private final Exchange exchange;
  private final Universe universe;
  private final ServerContext context;

  AccountJson(ServerContext context) {
    this.context = context;
    exchange = context.exchange();
    universe = context.universe();
  }

  // ---- perps

  PerpAccount perps(String user) {
    return context
        .accounts()
        .find(user)
        .map(this::perps)
        .orElseGet(() ->
            new PerpAccount(EMPTY, EMPTY, NONE, NONE, List.of(), exchange.now().toEpochMilli()));
  }

  private PerpAccount perps(AccountId account) {
    AccountState state = exchange.account(account);
    BigDecimal value = state.perpEquity().value();
    List<Position> positions =
        state.positions().stream().map(held -> position(account, state, held)).toList();
    BigDecimal notional = sum(positions.stream().map(Position::value).toList());
    BigDecimal signed =
        sum(
            positions.stream()
                .map(each -> each.value().multiply(BigDecimal.valueOf(each.size().signum())))
                .toList());
    BigDecimal used = sum(positions.stream().map(Position::marginUsed).toList());
    MarginSummary summary = new MarginSummary(value, notional, value.subtract(signed), used);
    boolean isPooled = context.accounts().abstraction(account.name()).isPooled();
    return new PerpAccount(
        isPooled ? EMPTY : summary,
        isPooled ? EMPTY : cross(summary, positions),
        state.maintenanceMargin().value(),
        isPooled ? NONE : state.freeForPerp().value(),
        positions,
        exchange.now().toEpochMilli());
  }

  /** Without isolated positions and what backs them. */
  private static MarginSummary cross(MarginSummary all, List<Position> positions) {
    List<Position> isolated =
        positions.stream().filter(position -> !position.leverage().isCross()).toList();
    BigDecimal margin = sum(isolated.stream().map(Position::marginUsed).toList());
    return new MarginSummary(
        all.accountValue().subtract(margin),
        all.notional().subtract(sum(isolated.stream().map(Position::value).toList())),
        all.rawUsd(),
        all.marginUsed().subtract(margin));
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(NONE, BigDecimal::add);
  }

  private Position position(AccountId account, AccountState state, PerpPosition held) {
    Instrument perp = universe.get(held.instrument());
    BigDecimal size = held.size().value();
    BigDecimal mark = exchange.mark(perp.id()).map(Price::value).orElse(NONE);
    BigDecimal value = size.abs().multiply(mark);
    BigDecimal entry = held.entryNotional().value();
    BigDecimal won = value.subtract(entry).multiply(BigDecimal.valueOf(size.signum()));
    BigDecimal margin =
        value.divide(BigDecimal.valueOf(held.leverage()), DECIMALS, RoundingMode.CEILING);
    BigDecimal initial =
        entry.divide(BigDecimal.valueOf(held.leverage()), DECIMALS, RoundingMode.CEILING);
    return new Position(
        perp.wireName(),
        size,
        leverage(exchange.leverage(account, perp.id())),
        Optional.of(entry.divide(size.abs(), DECIMALS, RoundingMode.HALF_EVEN)),
        value,
        won,
        initial.signum() == 0 ? NONE : won.divide(initial, DECIMALS, RoundingMode.HALF_EVEN),
        liquidation(state, perp, size, mark),
        margin,
        perp.maxLeverage(),
        paid(account, perp));
  }

  private static Leverage leverage(LeverageSetting setting) {
    return setting.isCross()
        ? new Leverage(true, setting.value(), Optional.empty())
        : new Leverage(false, setting.value(), Optional.of(NONE));
  }

  /** Where equity would meet maintenance margin, were this the only price that moved. */
  private static Optional<BigDecimal> liquidation(
      AccountState state, Instrument perp, BigDecimal size, BigDecimal mark) {
    BigDecimal side = BigDecimal.valueOf(size.signum());
    BigDecimal available = state.perpEquity().minus(state.maintenanceMargin()).value();
    BigDecimal rate =
        BigDecimal.ONE.divide(
            BigDecimal.valueOf(2L * perp.maxLeverage()), DECIMALS, RoundingMode.HALF_EVEN);
    BigDecimal distance =
        side.multiply(available)
            .divide(size.abs(), DECIMALS, RoundingMode.HALF_EVEN)
            .divide(BigDecimal.ONE.subtract(rate.multiply(side)), DECIMALS, RoundingMode.HALF_EVEN);
    return Optional.of(mark.subtract(distance)).filter(price -> price.signum() > 0);
  }

  /** From the user's side: above zero was paid. */
  private PaidFunding paid(AccountId account, Instrument perp) {
    BigDecimal all =
        context.history(account).fundings().stream()
            .filter(delta -> delta.coin().equals(perp.wireName()))
            .map(FundingDelta::usdc)
            .reduce(NONE, BigDecimal::add)
            .negate();
    return new PaidFunding(all, all, all);
  }

  Optional<ActiveAsset> active(String user, String coin) {
    return universe
        .byCoin(coin)
        .filter(instrument -> instrument.leg() == Leg.PERP)
        .map(perp -> active(user, perp));
  }

  private ActiveAsset active(String user, Instrument perp) {
    Optional<AccountId> account = context.accounts().find(user);
    int leverage = account.map(id -> context.history(id).leverage(perp)).orElse(perp.maxLeverage());
    BigDecimal free = account.map(id -> exchange.account(id).freeForPerp().value()).orElse(NONE);
    Optional<BigDecimal> mark = exchange.mark(perp.id()).map(Price::value);
    BigDecimal buys = free.multiply(BigDecimal.valueOf(leverage));
    BigDecimal most =
        mark.filter(price -> price.signum() > 0)
            .map(price -> buys.divide(price, perp.sizeDecimals(), RoundingMode.FLOOR))
            .orElse(NONE);
    return new ActiveAsset(
        HyperliquidAccountRegistry.lower(user),
        perp.wireName(),
        account
            .map(id -> leverage(exchange.leverage(id, perp.id())))
            .orElse(leverage(new LeverageSetting(leverage, !perp.onlyIsolated()))),
        List.of(most, most),
        List.of(free, free),
        mark);
  }

  // ---- spot

  HyperliquidSpotAccount spot(String user) {
    return context
        .accounts()
        .find(user)
        .map(this::spot)
        .orElseGet(() -> new HyperliquidSpotAccount(List.of()));
  }

  private HyperliquidSpotAccount spot(AccountId account) {
    AccountState state = exchange.account(account);
    List<HyperliquidSpotAccount.Balance> balances = new ArrayList<>();
    balances.add(quote(account, state));
    for (SpotBalance balance : state.balances()) {
      Instrument coin = universe.get(balance.instrument());
      balances.add(
          new HyperliquidSpotAccount.Balance(
              Universe.baseName(coin),
              Optional.of(Universe.tokenIndex(coin)),
              balance.total().value(),
              balance.hold().value(),
              context.history(account).spotCost(coin),
              null,
              null));
    }
    return new HyperliquidSpotAccount(balances);
  }

  private HyperliquidSpotAccount.Balance quote(AccountId account, AccountState state) {
    Abstraction abstraction = context.accounts().abstraction(account.name());
    BigDecimal quote = state.quoteBalance().value();
    BigDecimal free = state.freeForSpot().value();
    if (abstraction.isPooled()) {
      quote = quote.add(state.perpEquity().value()).subtract(unrealised(account, state));
      free = free.add(state.freeForPerp().value().max(NONE));
    }
    BigDecimal held = quote.subtract(free);
    return abstraction == Abstraction.PORTFOLIO_MARGIN
        ? new HyperliquidSpotAccount.Balance(
            Universe.QUOTE, Optional.of(0L), quote, NONE, NONE, held, NONE)
        : new HyperliquidSpotAccount.Balance(
            Universe.QUOTE, Optional.of(0L), quote, held, NONE, null, null);
  }

  private BigDecimal unrealised(AccountId account, AccountState state) {
    return sum(
        state.positions().stream()
            .map(held -> position(account, state, held).unrealizedPnl())
            .toList());
  }

  UserFees fees() {
    FeeSchedule fees = exchange.fees();
    return new UserFees(
        fees.perpTaker(), fees.perpMaker(), fees.spotTaker(), fees.spotMaker(), NONE);
  }

  // ---- frames of the whole state

  static boolean isState(Subscription subscription) {
    return switch (subscription.type()) {
      case "clearinghouseState", "spotState", "openOrders", "webData2" -> true;
      default -> false;
    };
  }

  /** A frame of the whole state, as a subscription to it gets it every time. */
  ServerFrame state(Subscription subscription, List<OpenOrder> open) {
    String user = subscription.user().orElse("");
    ObjectNode data = HyperliquidJson.object();
    switch (subscription.type()) {
      case "clearinghouseState" -> {
        data.put("dex", "").put("user", user);
        data.set("clearinghouseState", perps(user).json());
      }
      case "spotState" -> {
        data.put("user", user);
        data.set("spotState", spot(user).json());
      }
      case "openOrders" -> {
        data.put("dex", "").put("user", user);
        data.set("orders", ServerFrame.array(open, OpenOrder::json));
      }
      default -> {
        data.put("user", user).put("totalVaultEquity", "0.0");
        data.set("clearinghouseState", perps(user).json());
        data.set("spotState", spot(user).json());
        data.set("openOrders", ServerFrame.array(open, OpenOrder::json));
        data.putArray("leadingVaults");
        data.putNull("agentAddress").putNull("agentValidUntil");
        data.put("cumLedger", "0.0").put("isVault", false);
        data.put("serverTime", perps(user).time());
      }
    }
    return new ServerFrame(subscription.type(), data);
  }
}
