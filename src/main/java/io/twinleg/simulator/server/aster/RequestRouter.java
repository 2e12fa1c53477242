package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.ServerTime;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Routes each request to its handler, and the exchange's reports to handlers and streams. */
final class RequestRouter implements MarketListener {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Exchange exchange;
  private final MarketHandler market;
  private final AccountHandler accounts;
  private final AsterOrderHandler trading;
  private final UserFrames frames;
  private final StreamHub streams;
  private final Set<AccountId> connected = new TreeSet<>();

  RequestRouter(Exchange exchange, LongSupplier names, HttpFaults faults) {
    this.exchange = exchange;
    market = new MarketHandler(exchange);
    accounts = new AccountHandler(exchange);
    streams = new StreamHub(exchange, market, names, faults);
    frames = new UserFrames(streams);
    trading = new AsterOrderHandler(exchange, new AsterOrderLog(), frames);
    exchange.subscribe(this);
    tick();
  }

  StreamHub streams() {
    return streams;
  }

  private void tick() {
    streams.everySecond();
    exchange.at(exchange.now().plus(SECOND), this::tick);
  }

  /** Its reports come here from now on. */
  void connect(AccountId account) {
    if (connected.add(account)) {
      exchange.connect(account, delivery -> onReport(account, delivery));
    }
  }

  // ---- requests

  AsterReply open(AsterRequest request) {
    Leg leg = request.leg();
    Params params = request.params();
    requireListed(params);
    return switch (request.resource()) {
      case "exchangeInfo" -> market.info(leg);
      case "depth" -> market.depth(leg, params);
      case "ticker/bookTicker" -> market.bookTicker(leg, params);
      case "ticker/price" -> market.price(leg, params);
      case "premiumIndex" -> market.premium(params);
      case "fundingInfo" -> market.fundingInfo(params);
      case "fundingRate" -> market.fundingRates(params);
      default -> throw new ApiError(-1000, "Unknown path " + request.resource() + ".");
    };
  }

  private void requireListed(Params params) {
    if (!market.knows(params)) {
      throw new ApiError(ErrorReply.UNKNOWN_SYMBOL, "Invalid symbol.");
    }
  }

  AsterReply stream(AsterRequest request, AccountId account) {
    return switch (request.method()) {
      case "POST" -> streams.open(account, request.leg());
      case "PUT" -> streams.keep(account, request.leg());
      case "DELETE" -> streams.close(account, request.leg());
      default -> throw new ApiError(-1000, "A listen key is not read.");
    };
  }

  AsterReply signed(AsterRequest request, AccountId account) {
    Leg leg = request.leg();
    Params params = request.params();
    requireListed(params);
    return switch (request.route()) {
      case "POST order" -> trading.place(account, leg, params);
      case "POST order/test" -> trading.test(account, leg, params);
      case "DELETE order" -> trading.cancel(account, leg, params);
      case "POST noop" -> noop(request);
      case "GET order" -> trading.query(account, leg, params);
      case "GET openOrder" -> trading.open(account, leg, params);
      case "GET openOrders" -> trading.list(account, leg, params, true);
      case "GET allOrders" -> trading.list(account, leg, params, false);
      case "DELETE allOpenOrders" -> trading.cancelAll(account, leg, params);
      case "GET userTrades" -> accounts.trades(account, leg, params);
      case "GET commissionRate" -> accounts.commission(account, leg, params);
      case "POST asset/wallet/transfer" -> accounts.transfer(account, params);
      default -> leg == Leg.SPOT ? spot(request, account) : futures(request, account);
    };
  }

  /** Its nonce is used up by now: that is all it does. */
  private static AsterReply noop(AsterRequest request) {
    if (request.generation() == ApiVersion.V1) {
      throw unknown(request);
    }
    return AsterReply.of(AsterJson.object().put("code", 200).put("msg", "success"));
  }

  private AsterReply spot(AsterRequest request, AccountId account) {
    return switch (request.route()) {
      case "GET account" -> accounts.spot(account);
      default -> throw unknown(request);
    };
  }

  private AsterReply futures(AsterRequest request, AccountId account) {
    Params params = request.params();
    return switch (request.route()) {
      case "GET account", "GET accountWithJoinMargin" -> accounts.futures(account);
      case "GET balance" -> accounts.balance(account);
      case "GET positionRisk" -> accounts.positions(account, params);
      case "GET income" -> accounts.incomes(account, params);
      case "GET positionSide/dual" -> accounts.positionMode();
      case "GET multiAssetsMargin" -> accounts.multiAssetMode();
      case "GET leverageBracket" -> accounts.brackets(params);
      case "POST leverage" -> accounts.leverage(account, params);
      case "POST marginType" -> accounts.marginType(account, params);
      case "DELETE guardedCancelOrder" -> trading.cancelGuarded(account, params);
      case "POST countdownCancelAll" -> trading.countdown(account, params);
      default -> throw unknown(request);
    };
  }

  private static ApiError unknown(AsterRequest request) {
    return new ApiError(-1000, "Unknown path " + request.route() + ".");
  }

  // ---- reports

  private void onReport(AccountId account, ExecutionReport.Delivery delivery) {
    switch (delivery.report()) {
      case ExecutionReport.Filled report -> filled(account, report);
      case ExecutionReport.Closed report -> closed(report);
      case ExecutionReport.FundingPaid report -> paid(account, report.payment());
      case ExecutionReport.AccountReported report -> changed(account, "ORDER", BigDecimal.ZERO);
      case ExecutionReport.CashTransfer report -> changed(account, "DEPOSIT", report.usd().value());
      case ExecutionReport.Accepted report -> {}
      case ExecutionReport.Rejected report -> {}
      case ExecutionReport.CancelRejected report -> {}
      case ExecutionReport.NotFound report -> {}
      case ExecutionReport.NonceInvalidated report -> {}
      case ExecutionReport.LeverageResult report -> {}
      case ExecutionReport.TransferResult report -> {}
    }
  }

  private void filled(AccountId account, ExecutionReport.Filled report) {
    var placed = report.fill().clientOrderId().flatMap(trading::find);
    placed.ifPresent(order -> frames.filled(order, report.fill()));
    InstrumentId id = report.fill().instrument();
    String symbol = AsterInstruments.of(id).symbol();
    long orderId = placed.map(AsterOrderRecord::id).orElse(report.fill().orderId());
    AsterTradeRow row = AsterOrderRecord.row(id.leg(), symbol, orderId, report.fill());
    accounts.traded(account, row);
    streams.publishTrade(id.leg(), row);
    if (id.leg() == Leg.PERP) {
      accounts.earned(account, symbol, "COMMISSION", row.commission().negate(), row.time());
    }
  }

  private void closed(ExecutionReport.Closed report) {
    report
        .order()
        .flatMap(trading::find)
        .filter(AsterOrderRecord::isOpen)
        .ifPresent(placed -> {
          boolean cancelled = report.reason().equals("canceled");
          placed.end(
              cancelled ? OrderStatus.CANCELED : OrderStatus.EXPIRED,
              exchange.now().toEpochMilli());
          frames.publish(placed, cancelled ? "CANCELED" : "EXPIRED", Optional.empty());
        });
  }

  private void paid(AccountId account, FundingPayment payment) {
    String symbol = AsterInstruments.of(payment.instrument()).symbol();
    BigDecimal amount = payment.amount().value();
    accounts.earned(account, symbol, "FUNDING_FEE", amount, payment.time().toEpochMilli());
    frames.push(
        account,
        Leg.PERP,
        AsterUserEvent.accountUpdate(
            "FUNDING_FEE",
            accounts.futuresAccount(account).walletBalance(),
            amount,
            List.of(),
            exchange.now().toEpochMilli()));
  }

  private void changed(AccountId account, String reason, BigDecimal change) {
    long now = exchange.now().toEpochMilli();
    frames.push(
        account,
        Leg.PERP,
        AsterUserEvent.accountUpdate(
            reason,
            accounts.futuresAccount(account).walletBalance(),
            change,
            accounts.positionRows(account),
            now));
    frames.push(
        account,
        Leg.SPOT,
        AsterUserEvent.spotPosition(accounts.spotAccount(account).balances(), now));
  }

  // ---- the market

  @Override
  public void turnEnded(Instant now) {
    streams.turned();
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {
    if (AsterInstruments.find(instrument).isPresent()) {
      market.setStatus(instrument, delisted, halted);
    }
  }

  AsterReply time(BigDecimal speed) {
    return AsterReply.of(new ServerTime(exchange.now().toEpochMilli(), speed).json());
  }
}
