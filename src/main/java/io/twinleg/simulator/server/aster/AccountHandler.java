package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.Request;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterSpotAccount;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.Commission;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.IncomeRow;
import io.twinleg.wire.aster.PositionRow;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What an account may read of itself, and set. */
final class AccountHandler {
  private static final int USUAL_ROWS = 500;
  private static final int MOST_ROWS = 1000;

  /** Trades and payments of one account, the newest. */
  private static final int KEPT = 10_000;

  private final Exchange exchange;
  private final Map<AccountId, List<AsterTradeRow>> trades = new TreeMap<>();
  private final Map<AccountId, List<IncomeRow>> incomes = new TreeMap<>();
  private final Map<String, Boolean> crossed = new TreeMap<>();
  private final Set<String> transferIds = new TreeSet<>();
  private long lastIncome;

  AccountHandler(Exchange exchange) {
    this.exchange = exchange;
  }

  // ---- what happened to it

  void traded(AccountId account, AsterTradeRow row) {
    addNewest(trades.computeIfAbsent(account, each -> new ArrayList<>()), row);
  }

  void earned(AccountId account, String symbol, String type, BigDecimal amount, long time) {
    String id = Long.toString(++lastIncome);
    addNewest(
        incomes.computeIfAbsent(account, each -> new ArrayList<>()),
        new IncomeRow(symbol, type, amount, AsterInstruments.QUOTE, time, id));
  }

  private static <T> void addNewest(List<T> rows, T newest) {
    rows.add(newest);
    if (rows.size() > KEPT) {
      rows.removeFirst();
    }
  }

  AsterReply trades(AccountId account, Leg leg, Params params) {
    String symbol = ApiError.listing(leg, params).symbol();
    long from = params.get("fromId").map(Long::parseLong).orElse(0L);
    List<AsterTradeRow> rows =
        trades.getOrDefault(account, List.of()).stream()
            .filter(row -> row.leg() == leg && row.symbol().equals(symbol))
            .filter(row -> row.id() >= from && isWithin(params, row.time()))
            .toList();
    return AsterReply.of(AsterJson.array(page(params, rows, USUAL_ROWS), AsterTradeRow::json));
  }

  AsterReply incomes(AccountId account, Params params) {
    List<IncomeRow> rows =
        incomes.getOrDefault(account, List.of()).stream()
            .filter(row -> matches(params, "symbol", row.symbol()))
            .filter(row -> matches(params, "incomeType", row.type()))
            .filter(row -> isWithin(params, row.time()))
            .toList();
    return AsterReply.of(AsterJson.array(page(params, rows, 100), IncomeRow::json));
  }

  private static boolean matches(Params params, String name, String value) {
    return params.get(name).filter(requested -> !requested.equals(value)).isEmpty();
  }

  static boolean isWithin(Params params, long time) {
    boolean before =
        params.get("startTime").filter(start -> time < Long.parseLong(start)).isPresent();
    boolean after = params.get("endTime").filter(end -> time > Long.parseLong(end)).isPresent();
    return !before && !after;
  }

  /** With a start the earliest rows, without one the latest; always oldest first. */
  static <T> List<T> page(Params params, List<T> rows, int usual) {
    int limit = params.get("limit").map(Integer::parseInt).orElse(usual);
    int count = Math.min(rows.size(), Math.min(limit, MOST_ROWS));
    boolean fromStart = params.get("startTime").isPresent() || params.get("fromId").isPresent();
    return fromStart ? rows.subList(0, count) : rows.subList(rows.size() - count, rows.size());
  }

  // ---- what it has

  AsterReply spot(AccountId account) {
    return AsterReply.of(spotAccount(account).json(now() * 1_000_000));
  }

  AsterSpotAccount spotAccount(AccountId account) {
    AccountState state = exchange.account(account);
    List<AsterSpotAccount.Balance> balances = new ArrayList<>();
    Usd held = state.quoteBalance().minus(state.freeForSpot());
    balances.add(
        new AsterSpotAccount.Balance(
            AsterInstruments.QUOTE, state.freeForSpot().value(), held.value()));
    for (AccountState.SpotBalance each : state.balances()) {
      Quantity free = each.total().minus(each.hold());
      balances.add(
          new AsterSpotAccount.Balance(
              each.instrument().market().name(), free.value(), each.hold().value()));
    }
    return new AsterSpotAccount(
        true, balances.stream().filter(each -> each.total().signum() != 0).toList());
  }

  AsterReply futures(AccountId account) {
    return AsterReply.of(futuresAccount(account).json(positionRows(account)));
  }

  FuturesAccount futuresAccount(AccountId account) {
    AccountState state = exchange.account(account);
    AuditSnapshot books = exchange.audit(account);
    Usd bound = state.perpEquity().minus(state.freeForPerp()).max(Usd.ZERO);
    return new FuturesAccount(
        true,
        books.perpQuote().value(),
        state.perpEquity().value(),
        state.maintenanceMargin().value(),
        bound.value(),
        state.freeForPerp().value(),
        List.of(
            new FuturesAccount.Asset(
                AsterInstruments.QUOTE, books.perpQuote().value(), state.freeForPerp().value())),
        List.of());
  }

  AsterReply balance(AccountId account) {
    FuturesAccount futures = futuresAccount(account);
    return AsterReply.of(
        AsterJson.array(
            futures.assets(),
            each ->
                AsterJson.object()
                    .put("accountAlias", "self")
                    .put("asset", each.asset())
                    .put("balance", AsterJson.plain(each.wallet()))
                    .put("crossWalletBalance", AsterJson.plain(each.wallet()))
                    .put("availableBalance", AsterJson.plain(each.available()))
                    .put("maxWithdrawAmount", AsterJson.plain(each.available()))
                    .put("marginAvailable", true)
                    .put("updateTime", now())));
  }

  AsterReply positions(AccountId account, Params params) {
    params.get("symbol").ifPresent(symbol -> ApiError.listing(Leg.PERP, params));
    List<PositionRow> rows =
        positionRows(account).stream()
            .filter(row -> matches(params, "symbol", row.symbol()))
            .toList();
    return AsterReply.of(AsterJson.array(rows, row -> row.json(now())));
  }

  /** Flat symbols are left out, as the venue's testnet does. */
  List<PositionRow> positionRows(AccountId account) {
    return exchange.account(account).positions().stream().map(each -> row(account, each)).toList();
  }

  private PositionRow row(AccountId account, AccountState.PerpPosition held) {
    AsterInstruments listing = AsterInstruments.of(held.instrument());
    BigDecimal size = held.size().value();
    BigDecimal entry = held.entryNotional().value().divide(size.abs(), MathContext.DECIMAL64);
    BigDecimal mark = exchange.mark(held.instrument()).map(it -> it.plain()).orElse(entry);
    return new PositionRow(
        listing.symbol(),
        size,
        entry,
        mark,
        mark.subtract(entry).multiply(size),
        BigDecimal.ZERO,
        held.leverage(),
        crossed.getOrDefault(key(account, listing.symbol()), true),
        "BOTH");
  }

  AsterReply commission(AccountId account, Leg leg, Params params) {
    String symbol = ApiError.listing(leg, params).symbol();
    FeeSchedule fees = exchange.fees(account);
    return AsterReply.of(new Commission(symbol, fees.maker(leg), fees.taker(leg)).json());
  }

  AsterReply positionMode() {
    return AsterReply.of(AsterJson.object().put("dualSidePosition", false));
  }

  AsterReply multiAssetMode() {
    return AsterReply.of(AsterJson.object().put("multiAssetsMargin", false));
  }

  // ---- what it sets

  AsterReply transfer(AccountId account, Params params) {
    BigDecimal amount = new BigDecimal(ApiError.required(params, "amount"));
    Leg from =
        switch (ApiError.required(params, "kindType")) {
          case "SPOT_FUTURE" -> Leg.SPOT;
          case "FUTURE_SPOT" -> Leg.PERP;
          default -> throw new ApiError(-1102, "Mandatory parameter 'kindType' was malformed.");
        };
    if (!ApiError.required(params, "asset").equals(AsterInstruments.QUOTE)) {
      throw new ApiError(-2018, "Balance is insufficient.");
    }
    if (!transferIds.add(account + " " + ApiError.required(params, "clientTranId"))) {
      throw new ApiError(ErrorReply.DUPLICATE_TRANSFER, "Duplicate clientTranId.");
    }
    long id = transferIds.size();
    boolean moved =
        exchange
            .admin()
            .executeManually(account, new Request.TransferCollateral(id, new Usd(amount), from))
            .stream()
            .anyMatch(report ->
                report instanceof ExecutionReport.TransferResult result
                    && result.outcome() == ExecutionReport.TransferResult.Outcome.DONE);
    if (!moved) {
      throw new ApiError(-2018, "Balance is insufficient.");
    }
    BigDecimal income = from == Leg.SPOT ? amount : amount.negate();
    earned(account, "", IncomeRow.TRANSFER, income, now());
    return AsterReply.of(AsterJson.object().put("tranId", id).put("status", "SUCCESS"));
  }

  AsterReply leverage(AccountId account, Params params) {
    AsterInstruments listing = ApiError.listing(Leg.PERP, params);
    int leverage = Integer.parseInt(ApiError.required(params, "leverage"));
    InstrumentId perp = listing.id(Leg.PERP);
    boolean cross = crossed.getOrDefault(key(account, listing.symbol()), true);
    Optional<ExecutionReport.LeverageResult> answer =
        exchange
            .admin()
            .executeManually(account, new Request.SetLeverage(perp, leverage, cross))
            .stream()
            .filter(ExecutionReport.LeverageResult.class::isInstance)
            .map(ExecutionReport.LeverageResult.class::cast)
            .findFirst();
    if (answer.filter(ExecutionReport.LeverageResult::accepted).isEmpty()) {
      return AsterReply.error(-4028, "Leverage " + leverage + " is not valid.");
    }
    return AsterReply.of(
        AsterJson.object()
            .put("symbol", listing.symbol())
            .put("leverage", leverage)
            .put("maxNotionalValue", "5000000"));
  }

  AsterReply brackets(Params params) {
    AsterInstruments listing = ApiError.listing(Leg.PERP, params);
    ObjectNode node = AsterJson.object().put("symbol", listing.symbol());
    node.set(
        "brackets",
        AsterJson.array(
            List.of(listing.maxLeverage()),
            most -> AsterJson.object().put("bracket", 1).put("initialLeverage", most)));
    return AsterReply.of(node);
  }

  /** Only a change is a success: what is so already is an error of its own. */
  AsterReply marginType(AccountId account, Params params) {
    String symbol = ApiError.listing(Leg.PERP, params).symbol();
    boolean cross =
        switch (ApiError.required(params, "marginType")) {
          case "CROSSED" -> true;
          case "ISOLATED" -> false;
          default -> throw new ApiError(-1102, "Mandatory parameter 'marginType' was malformed.");
        };
    if (crossed.getOrDefault(key(account, symbol), true) == cross) {
      return AsterReply.error(ErrorReply.MARGIN_TYPE_IS_SO, "No need to change margin type.");
    }
    crossed.put(key(account, symbol), cross);
    return AsterReply.of(AsterJson.object().put("code", 200).put("msg", "success"));
  }

  private static String key(AccountId account, String symbol) {
    return account + " " + symbol;
  }

  private long now() {
    return exchange.now().toEpochMilli();
  }
}
