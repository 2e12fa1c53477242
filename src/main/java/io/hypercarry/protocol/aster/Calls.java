package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;
import java.time.Duration;
import java.time.Instant;

/** Every request that is made of the venue, with its parameters in their order and its weight. */
public final class Calls {
  private static final String ORDER = "order";

  private Calls() {}

  // ---- anybody's

  public static Call time(Leg leg) {
    return Call.open(leg, "time", Params.NONE, 1);
  }

  public static Call exchangeInfo(Leg leg) {
    return Call.open(leg, "exchangeInfo", Params.NONE, 1);
  }

  public static Call depth(Leg leg, String symbol, int limit) {
    int weight = limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
    return Call.open(leg, "depth", of(symbol).with("limit", limit), weight);
  }

  public static Call bookTicker(Leg leg, String symbol) {
    return Call.open(leg, "ticker/bookTicker", of(symbol), 1);
  }

  public static Call premiumIndex(String symbol) {
    return Call.open(Leg.PERP, "premiumIndex", of(symbol), 1);
  }

  public static Call fundingInfo(String symbol) {
    return Call.open(Leg.PERP, "fundingInfo", of(symbol), 1);
  }

  /** Oldest first; from {@code start} the first {@code limit} of them. */
  public static Call fundingRate(String symbol, Instant start, int limit) {
    return Call.open(
        Leg.PERP,
        "fundingRate",
        of(symbol).with("startTime", start.toEpochMilli()).with("limit", limit),
        1);
  }

  // ---- our account's

  public static Call account(Leg leg) {
    return Call.read(leg, "account", Params.NONE, 5);
  }

  public static Call positions(String symbol) {
    return Call.read(Leg.PERP, "positionRisk", of(symbol), 5);
  }

  public static Call allPositions() {
    return Call.read(Leg.PERP, "positionRisk", Params.NONE, 5);
  }

  public static Call positionMode() {
    return Call.read(Leg.PERP, "positionSide/dual", Params.NONE, 30);
  }

  public static Call commission(Leg leg, String symbol) {
    return Call.read(leg, "commissionRate", of(symbol), 20);
  }

  public static Call openOrders(Leg leg, String symbol) {
    return Call.read(leg, "openOrders", of(symbol), 1);
  }

  /** From this instant; the venue looks back seven days at most. */
  public static Call trades(Leg leg, String symbol, Instant start, int limit) {
    return Call.read(
        leg,
        "userTrades",
        of(symbol).with("startTime", start.toEpochMilli()).with("limit", limit),
        5);
  }

  /** The trades from this id on, oldest first. */
  public static Call tradesFrom(Leg leg, String symbol, long id, int limit) {
    return Call.read(leg, "userTrades", of(symbol).with("fromId", id).with("limit", limit), 5);
  }

  public static Call fundingIncome(String symbol, Instant start, int limit) {
    return Call.read(
        Leg.PERP,
        "income",
        of(symbol)
            .with("incomeType", IncomeRow.FUNDING)
            .with("startTime", start.toEpochMilli())
            .with("limit", limit),
        30);
  }

  // ---- orders

  public static Call place(NewOrder order) {
    return Call.act("POST", order.leg(), ORDER, order.params(), 1).placing();
  }

  public static Call cancel(Leg leg, String symbol, String clientOrderId) {
    return Call.act("DELETE", leg, ORDER, named(symbol, clientOrderId), 1);
  }

  public static Call query(Leg leg, String symbol, String clientOrderId) {
    return Call.read(leg, ORDER, named(symbol, clientOrderId), 1);
  }

  public static Call queryById(Leg leg, String symbol, long orderId) {
    return Call.read(leg, ORDER, of(symbol).with("orderId", orderId), 1);
  }

  /** Of one symbol, whoever placed them: for an operator's hand, never for a loop. */
  public static Call cancelAll(Leg leg, String symbol) {
    return Call.act("DELETE", leg, "allOpenOrders", of(symbol), 1);
  }

  /**
   * Futures only: unless it is said again in time, the venue cancels all orders of the symbol. Zero
   * switches it off.
   */
  public static Call countdown(String symbol, Duration time) {
    return Call.act(
        "POST",
        Leg.PERP,
        "countdownCancelAll",
        of(symbol).with("countdownTime", time.toMillis()),
        10);
  }

  public static Call leverage(String symbol, int leverage) {
    return Call.act("POST", Leg.PERP, "leverage", of(symbol).with("leverage", leverage), 1);
  }

  public static Call leverageBracket(String symbol) {
    return Call.read(Leg.PERP, "leverageBracket", of(symbol), 1);
  }

  public static Call marginType(String symbol, boolean cross) {
    return Call.act(
        "POST",
        Leg.PERP,
        "marginType",
        of(symbol).with("marginType", cross ? "CROSSED" : "ISOLATED"),
        1);
  }

  // ---- user streams

  public static Call openStream(Leg leg) {
    return Call.stream("POST", leg, Params.NONE);
  }

  /** Every 30 minutes: a key lives for 60. Spot wants it named, futures know it. */
  public static Call keepStream(Leg leg, String listenKey) {
    return Call.stream("PUT", leg, naming(leg, listenKey));
  }

  public static Call closeStream(Leg leg, String listenKey) {
    return Call.stream("DELETE", leg, naming(leg, listenKey));
  }

  private static Params naming(Leg leg, String listenKey) {
    return leg == Leg.SPOT ? Params.NONE.with("listenKey", listenKey) : Params.NONE;
  }

  private static Params of(String symbol) {
    return Params.NONE.with("symbol", symbol);
  }

  private static Params named(String symbol, String clientOrderId) {
    return of(symbol).with("origClientOrderId", clientOrderId);
  }
}
