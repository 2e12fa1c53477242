package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.hyperliquid.RestEndpoint.InfoRequest;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.AgentRow;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import io.twinleg.wire.hyperliquid.account.UserRole;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.ExchangeStatus;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidTradeRow;
import io.twinleg.wire.hyperliquid.market.PredictedFunding;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Answers {@code POST /info}, on the exchange's thread. What it does not know it does not answer.
 */
final class InfoHandler {
  private static final int FILLS_MAX = 2000;
  private static final int ROWS_MAX = 500;

  private final ExchangeLoop paced;
  private final Exchange exchange;
  private final Universe universe;
  private final ServerContext context;
  private final HyperliquidOrderLog log;
  private final MarketHistory tape;
  private final MarketJson market;
  private final AccountJson accounts;

  InfoHandler(ExchangeLoop paced, ServerContext context, MarketHistory tape) {
    this.paced = paced;
    this.context = context;
    exchange = context.exchange();
    universe = context.universe();
    log = context.orders();
    this.tape = tape;
    market = new MarketJson(exchange, universe, tape);
    accounts = new AccountJson(context);
  }

  MarketJson market() {
    return market;
  }

  AccountJson accounts() {
    return accounts;
  }

  /** Empty for a type that this face does not know. */
  Optional<JsonNode> answer(InfoRequest request) {
    return ofMarkets(request).or(() -> ofAccounts(request)).or(() -> ofOrders(request));
  }

  // ---- markets

  private Optional<JsonNode> ofMarkets(InfoRequest request) {
    return Optional.ofNullable(
        switch (request.type()) {
          case "meta" -> universe.perpMeta().json();
          case "metaAndAssetCtxs" -> market.perps().json();
          case "allPerpMetas" -> HyperliquidJson.array().add(universe.perpMeta().json());
          case "spotMeta" -> universe.spotMeta().json();
          case "spotMetaAndAssetCtxs" -> market.spots().json();
          case "allMids" -> market.mids().json();
          case "l2Book" -> book(request);
          case "candleSnapshot" -> candles(request.inner("req"));
          case "recentTrades" -> rows(tape.trades(request.text("coin")), HyperliquidTradeRow::json);
          case "fundingHistory" -> fundingHistory(request);
          case "predictedFundings" -> rows(market.predicted(), PredictedFunding::json);
          case "perpDexs" -> HyperliquidJson.array().add(NullNode.getInstance());
          case "perpsAtOpenInterestCap", "gossipRootIps" -> HyperliquidJson.array();
          case "exchangeStatus" -> status().json();
          default -> null;
        });
  }

  private ExchangeStatus status() {
    Optional<Long> speed =
        paced.isRealTime() ? Optional.empty() : Optional.of(paced.speed().longValue());
    return new ExchangeStatus(exchange.now().toEpochMilli(), Optional.empty(), speed);
  }

  private JsonNode book(InfoRequest request) {
    Optional<MarketJson.Aggregation> by =
        request.number("nSigFigs").stream()
            .mapToObj(figures -> aggregation(request, figures))
            .findFirst();
    return universe
        .byCoin(request.text("coin"))
        .<JsonNode>map(instrument -> market.book(instrument, by).json())
        .orElse(NullNode.getInstance());
  }

  private static MarketJson.Aggregation aggregation(InfoRequest request, long figures) {
    long mantissa = request.number("mantissa").orElse(1);
    boolean known =
        figures >= 2 && figures <= 5 && (mantissa == 1 || mantissa == 2 || mantissa == 5);
    if (!known) {
      throw request.malformed();
    }
    return new MarketJson.Aggregation((int) figures, (int) mantissa);
  }

  private JsonNode candles(InfoRequest request) {
    String interval = request.text("interval");
    if (!MarketHistory.isInterval(interval)) {
      throw request.malformed();
    }
    long to = request.number("endTime").orElse(exchange.now().toEpochMilli());
    return rows(
        tape.candles(request.text("coin"), interval, request.since("startTime"), to),
        CandleRow::json);
  }

  private JsonNode fundingHistory(InfoRequest request) {
    Optional<Instrument> perp =
        universe.byCoin(request.text("coin")).filter(instrument -> instrument.leg() == Leg.PERP);
    long to = request.number("endTime").orElse(Long.MAX_VALUE);
    return rows(
        perp.map(found -> market.fundingHistory(found, request.since("startTime"), to))
            .orElse(List.of()),
        HyperliquidFundingRow::json);
  }

  // ---- accounts

  private Optional<JsonNode> ofAccounts(InfoRequest request) {
    return Optional.ofNullable(
        switch (request.type()) {
          case "clearinghouseState" -> accounts.perps(request.user()).json();
          case "allDexsClearinghouseState" -> allDexes(accounts.perps(request.user()));
          case "spotClearinghouseState" -> accounts.spot(request.user()).json();
          case "userAbstraction" ->
              StringNode.valueOf(context.accounts().abstraction(request.user()).wire());
          case "userDexAbstraction", "isVip" -> HyperliquidJson.parse("false");
          case "userFees" -> accounts.fees().json();
          case "userRateLimit" -> budget(request).json();
          case "activeAssetData" -> active(request);
          case "extraAgents" -> rows(agents(request), AgentRow::json);
          case "userRole" -> role(request).json();
          case "maxBuilderFee" -> HyperliquidJson.parse(Long.toString(builderFee(request)));
          case "subAccounts", "legalCheck", "referral" -> NullNode.getInstance();
          case "userVaultEquities",
              "delegations",
              "delegatorHistory",
              "delegatorRewards",
              "approvedBuilders",
              "portfolio",
              "twapHistory",
              "userTwapSliceFills" ->
              HyperliquidJson.array();
          default -> null;
        });
  }

  private static JsonNode allDexes(PerpAccount account) {
    ArrayNode dexes = HyperliquidJson.array();
    dexes.addArray().add("").add(account.json());
    return dexes;
  }

  private Optional<AccountId> account(InfoRequest request) {
    return context.accounts().find(request.user());
  }

  private UserRateLimit budget(InfoRequest request) {
    return account(request)
        .map(id -> context.history(id).budget())
        .orElseGet(SimulatedActionQuota::new)
        .body();
  }

  private JsonNode active(InfoRequest request) {
    return accounts
        .active(request.user(), request.text("coin"))
        .<JsonNode>map(asset -> asset.json())
        .orElse(NullNode.getInstance());
  }

  private List<AgentRow> agents(InfoRequest request) {
    return account(request).map(context.accounts()::named).orElse(List.of());
  }

  private UserRole role(InfoRequest request) {
    if (account(request).isPresent()) {
      return new UserRole("user", Optional.empty());
    }
    return context
        .accounts()
        .agent(request.user())
        .map(agent -> new UserRole("agent", Optional.of(agent.master().name())))
        .orElse(new UserRole("missing", Optional.empty()));
  }

  private long builderFee(InfoRequest request) {
    return account(request)
        .map(id ->
            context
                .history(id)
                .builderFee(HyperliquidAccountRegistry.lower(request.text("builder"))))
        .orElse(0L);
  }

  // ---- orders, fills, payments

  private Optional<JsonNode> ofOrders(InfoRequest request) {
    return Optional.ofNullable(
        switch (request.type()) {
          case "openOrders" -> rows(open(request), OpenOrder::shortJson);
          case "frontendOpenOrders" -> rows(open(request), OpenOrder::json);
          case "orderStatus" -> orderStatus(request);
          case "historicalOrders" -> rows(history(request), OrderState::json);
          case "userFills" -> rows(newest(fills(request)), FillRow::json);
          case "userFillsByTime" ->
              rows(between(request, fills(request), FillRow::time, FILLS_MAX), FillRow::json);
          case "userFunding" ->
              rows(
                  between(request, fundings(request), FundingDelta::time, ROWS_MAX),
                  FundingDelta::json);
          case "userNonFundingLedgerUpdates" ->
              rows(between(request, ledger(request), LedgerRow::time, ROWS_MAX), LedgerRow::json);
          default -> null;
        });
  }

  List<OpenOrder> open(AccountId account) {
    return log.open(account).stream().map(HyperliquidOrderRecord::open).toList();
  }

  private List<OpenOrder> open(InfoRequest request) {
    return account(request).map(this::open).orElse(List.of());
  }

  private JsonNode orderStatus(InfoRequest request) {
    OrderRef ref = request.order();
    Optional<OrderState> found =
        account(request).flatMap(id -> log.find(id, ref)).map(HyperliquidOrderRecord::state);
    return OrderState.lookupJson(found);
  }

  private List<OrderState> history(InfoRequest request) {
    return account(request).stream()
        .flatMap(id -> log.newestFirst(id).stream())
        .map(HyperliquidOrderRecord::state)
        .toList();
  }

  private List<FillRow> fills(InfoRequest request) {
    return account(request).map(id -> context.history(id).fills()).orElse(List.of());
  }

  private List<FundingDelta> fundings(InfoRequest request) {
    return account(request).map(id -> context.history(id).fundings()).orElse(List.of());
  }

  private List<LedgerRow> ledger(InfoRequest request) {
    return account(request).map(id -> context.history(id).ledger()).orElse(List.of());
  }

  static List<FillRow> newest(List<FillRow> fills) {
    return fills.reversed().stream().limit(FILLS_MAX).toList();
  }

  private static <T> List<T> between(
      InfoRequest request, List<T> rows, Function<T, Long> time, int most) {
    long from = request.number("startTime").orElse(0);
    long to = request.number("endTime").orElse(Long.MAX_VALUE);
    return rows.stream()
        .filter(row -> time.apply(row) >= from && time.apply(row) <= to)
        .limit(most)
        .toList();
  }

  static <T> ArrayNode rows(List<T> rows, Function<T, ? extends JsonNode> writer) {
    return ServerFrame.array(rows, writer);
  }
}
