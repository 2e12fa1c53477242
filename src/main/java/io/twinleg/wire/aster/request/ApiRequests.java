package io.twinleg.wire.aster.request;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.IncomeRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** The requests to the venue, each with its parameters in order and its weight. */
public final class ApiRequests {
  private static final String ORDER = "order";

  private ApiRequests() {}

  // ---- public

  public static ApiRequest time(Leg leg) {
    return ApiRequest.open(leg, "time", Params.NONE, 1);
  }

  public static ApiRequest exchangeInfo(Leg leg) {
    return ApiRequest.open(leg, "exchangeInfo", Params.NONE, 1);
  }

  public static ApiRequest depth(Leg leg, String symbol, int limit) {
    int weight = limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
    return ApiRequest.open(leg, "depth", of(symbol).with("limit", limit), weight);
  }

  public static ApiRequest bookTicker(Leg leg, String symbol) {
    return ApiRequest.open(leg, "ticker/bookTicker", of(symbol), 1);
  }

  public static ApiRequest premiumIndex(String symbol) {
    return ApiRequest.open(Leg.PERP, "premiumIndex", of(symbol), 1);
  }

  public static ApiRequest fundingInfo(String symbol) {
    return ApiRequest.open(Leg.PERP, "fundingInfo", of(symbol), 1);
  }

  /** Oldest first; from {@code start} the first {@code limit} of them. */
  public static ApiRequest fundingRate(String symbol, Instant start, int limit) {
    return ApiRequest.open(
        Leg.PERP,
        "fundingRate",
        of(symbol).with("startTime", start.toEpochMilli()).with("limit", limit),
        1);
  }

  // ---- account

  public static ApiRequest account(Leg leg) {
    return ApiRequest.read(leg, "account", Params.NONE, 5);
  }

  public static ApiRequest positions(String symbol) {
    return ApiRequest.read(Leg.PERP, "positionRisk", of(symbol), 5);
  }

  public static ApiRequest allPositions() {
    return ApiRequest.read(Leg.PERP, "positionRisk", Params.NONE, 5);
  }

  public static ApiRequest positionMode() {
    return ApiRequest.read(Leg.PERP, "positionSide/dual", Params.NONE, 30);
  }

  public static ApiRequest commission(Leg leg, String symbol) {
    return ApiRequest.read(leg, "commissionRate", of(symbol), 20);
  }

  public static ApiRequest openOrders(Leg leg, String symbol) {
    return ApiRequest.read(leg, "openOrders", of(symbol), 1);
  }

  /** From this instant; the venue looks back seven days at most. */
  public static ApiRequest trades(Leg leg, String symbol, Instant start, int limit) {
    return ApiRequest.read(
        leg,
        "userTrades",
        of(symbol).with("startTime", start.toEpochMilli()).with("limit", limit),
        5);
  }

  /** The trades from this id on, oldest first. */
  public static ApiRequest tradesFrom(Leg leg, String symbol, long id, int limit) {
    return ApiRequest.read(
        leg, "userTrades", of(symbol).with("fromId", id).with("limit", limit), 5);
  }

  public static ApiRequest fundingIncome(String symbol, Instant start, int limit) {
    return ApiRequest.read(
        Leg.PERP,
        "income",
        of(symbol)
            .with("incomeType", IncomeRow.FUNDING)
            .with("startTime", start.toEpochMilli())
            .with("limit", limit),
        30);
  }

  /** Transfers into the futures wallet (positive) and out of it, oldest first. */
  public static ApiRequest transferIncome(Instant start, int limit) {
    return ApiRequest.read(
        Leg.PERP,
        "income",
        Params.NONE
            .with("incomeType", IncomeRow.TRANSFER)
            .with("startTime", start.toEpochMilli())
            .with("limit", limit),
        30);
  }

  /**
   * Moves an asset between the wallets.
   *
   * @param id by which the venue executes it once: unique for seven days
   */
  public static ApiRequest transfer(String asset, BigDecimal amount, boolean toFutures, String id) {
    return ApiRequest.act(
        "POST",
        Leg.PERP,
        "asset/wallet/transfer",
        Params.NONE
            .with("amount", amount.toPlainString())
            .with("asset", asset)
            .with("clientTranId", id)
            .with("kindType", toFutures ? "SPOT_FUTURE" : "FUTURE_SPOT"),
        5);
  }

  /** Whether other coins than USDT are collateral. */
  public static ApiRequest multiAssetMode() {
    return ApiRequest.read(Leg.PERP, "multiAssetsMargin", Params.NONE, 30);
  }

  // ---- orders

  public static ApiRequest place(NewOrder order) {
    return ApiRequest.act("POST", order.leg(), ORDER, order.params(), 1).placing();
  }

  public static ApiRequest cancel(Leg leg, String symbol, String clientOrderId) {
    return ApiRequest.act("DELETE", leg, ORDER, named(symbol, clientOrderId), 1);
  }

  /**
   * V3 only: uses up the nonce of an order that may still be on its way. The venue promises no
   * success for an order that it has taken meanwhile.
   */
  public static ApiRequest noop(Leg leg) {
    return ApiRequest.act("POST", leg, "noop", Params.NONE, 1);
  }

  /** V3 futures only: a cancel that bears the order's own nonce, so that it cannot overtake it. */
  public static ApiRequest guardedCancel(String symbol, String clientOrderId) {
    return ApiRequest.act(
        "DELETE", Leg.PERP, "guardedCancelOrder", named(symbol, clientOrderId), 1);
  }

  public static ApiRequest query(Leg leg, String symbol, String clientOrderId) {
    return ApiRequest.read(leg, ORDER, named(symbol, clientOrderId), 1);
  }

  public static ApiRequest queryById(Leg leg, String symbol, long orderId) {
    return ApiRequest.read(leg, ORDER, of(symbol).with("orderId", orderId), 1);
  }

  /**
   * Futures only: unless it is repeated in time, the venue cancels all orders of the symbol. Zero
   * switches it off.
   */
  public static ApiRequest countdown(String symbol, Duration time) {
    return ApiRequest.act(
        "POST",
        Leg.PERP,
        "countdownCancelAll",
        of(symbol).with("countdownTime", time.toMillis()),
        10);
  }

  public static ApiRequest leverage(String symbol, int leverage) {
    return ApiRequest.act("POST", Leg.PERP, "leverage", of(symbol).with("leverage", leverage), 1);
  }

  public static ApiRequest leverageBracket(String symbol) {
    return ApiRequest.read(Leg.PERP, "leverageBracket", of(symbol), 1);
  }

  public static ApiRequest marginType(String symbol, boolean cross) {
    return ApiRequest.act(
        "POST",
        Leg.PERP,
        "marginType",
        of(symbol).with("marginType", cross ? "CROSSED" : "ISOLATED"),
        1);
  }

  // ---- user streams

  public static ApiRequest openStream(Leg leg) {
    return ApiRequest.stream("POST", leg, Params.NONE);
  }

  /** To be sent every 30 minutes: a key is valid for 60. Spot requires the key, futures know it. */
  public static ApiRequest keepStream(Leg leg, String listenKey) {
    boolean isSpot = leg == Leg.SPOT;
    return ApiRequest.stream(
        "PUT", leg, isSpot ? Params.NONE.with("listenKey", listenKey) : Params.NONE);
  }

  private static Params of(String symbol) {
    return Params.NONE.with("symbol", symbol);
  }

  private static Params named(String symbol, String clientOrderId) {
    return of(symbol).with("origClientOrderId", clientOrderId);
  }
}
