package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Connection;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Report;
import io.hypercarry.exchange.Watcher;
import io.hypercarry.exchange.server.WireFaults;
import io.hypercarry.protocol.aster.ErrorReply;
import io.hypercarry.protocol.aster.OrderStatus;
import io.hypercarry.protocol.aster.Params;
import io.hypercarry.protocol.aster.ServerTime;
import io.hypercarry.protocol.aster.TradeRow;
import io.hypercarry.protocol.aster.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Which desk serves a request; and the exchange's reports, on their way to desks and streams. */
final class Desks implements Watcher {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Exchange exchange;
  private final MarketDesk market;
  private final AccountDesk accounts;
  private final TradingDesk trading;
  private final UserFrames frames;
  private final Streams streams;
  private final Set<AccountId> connected = new TreeSet<>();

  Desks(Exchange exchange, LongSupplier names, WireFaults faults) {
    this.exchange = exchange;
    market = new MarketDesk(exchange);
    accounts = new AccountDesk(exchange);
    streams = new Streams(exchange, market, names, faults);
    frames = new UserFrames(streams);
    trading = new TradingDesk(exchange, new OrderLog(), frames);
    exchange.watch(this);
    tick();
  }

  Streams streams() {
    return streams;
  }

  private void tick() {
    streams.everySecond();
    exchange.at(exchange.now().plus(SECOND), this::tick);
  }

  /** Its reports come here from now on. */
  void connect(AccountId account) {
    if (connected.add(account)) {
      exchange.connect(account, delivery -> hear(account, delivery));
    }
  }

  // ---- requests

  Reply open(Incoming request) {
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
      default -> throw new Objection(-1000, "Unknown path " + request.resource() + ".");
    };
  }

  private void requireListed(Params params) {
    if (!market.knows(params)) {
      throw new Objection(ErrorReply.UNKNOWN_SYMBOL, "Invalid symbol.");
    }
  }

  Reply stream(Incoming request, AccountId account) {
    return switch (request.method()) {
      case "POST" -> streams.open(account, request.leg());
      case "PUT" -> streams.keep(account, request.leg());
      case "DELETE" -> streams.close(account, request.leg());
      default -> throw new Objection(-1000, "A listen key is not read.");
    };
  }

  Reply signed(Incoming request, AccountId account) {
    Leg leg = request.leg();
    Params params = request.params();
    requireListed(params);
    return switch (request.route()) {
      case "POST order" -> trading.place(account, leg, params);
      case "POST order/test" -> trading.test(account, leg, params);
      case "DELETE order" -> trading.cancel(account, leg, params);
      case "GET order" -> trading.query(account, leg, params);
      case "GET openOrder" -> trading.open(account, leg, params);
      case "GET openOrders" -> trading.list(account, leg, params, true);
      case "GET allOrders" -> trading.list(account, leg, params, false);
      case "DELETE allOpenOrders" -> trading.cancelAll(account, leg, params);
      case "GET userTrades" -> accounts.trades(account, leg, params);
      case "GET commissionRate" -> accounts.commission(account, leg, params);
      default -> leg == Leg.SPOT ? spot(request, account) : futures(request, account);
    };
  }

  private Reply spot(Incoming request, AccountId account) {
    return switch (request.route()) {
      case "GET account" -> accounts.spot(account);
      default -> throw unknown(request);
    };
  }

  private Reply futures(Incoming request, AccountId account) {
    Params params = request.params();
    return switch (request.route()) {
      case "GET account", "GET accountWithJoinMargin" -> accounts.futures(account);
      case "GET balance" -> accounts.balance(account);
      case "GET positionRisk" -> accounts.positions(account, params);
      case "GET income" -> accounts.incomes(account, params);
      case "GET positionSide/dual" -> accounts.positionMode();
      case "GET leverageBracket" -> accounts.brackets(params);
      case "POST leverage" -> accounts.leverage(account, params);
      case "POST marginType" -> accounts.marginType(account, params);
      case "POST countdownCancelAll" -> trading.countdown(account, params);
      default -> throw unknown(request);
    };
  }

  private static Objection unknown(Incoming request) {
    return new Objection(-1000, "Unknown path " + request.route() + ".");
  }

  // ---- reports

  private void hear(AccountId account, Connection.Delivery delivery) {
    switch (delivery.report()) {
      case Report.Filled told -> filled(account, told);
      case Report.Closed told -> closed(told);
      case Report.FundingPaid told -> paid(account, told.payment());
      case Report.AccountTold told -> changed(account, "ORDER", BigDecimal.ZERO);
      case Report.Transferred told -> changed(account, "DEPOSIT", told.usd().value());
      case Report.Accepted told -> {}
      case Report.Rejected told -> {}
      case Report.CancelRejected told -> {}
      case Report.NotFound told -> {}
      case Report.NonceBurnt told -> {}
      case Report.LeverageAnswered told -> {}
      case Report.TransferAnswered told -> {}
    }
  }

  private void filled(AccountId account, Report.Filled told) {
    var placed = told.fill().clientOrderId().flatMap(trading::find);
    placed.ifPresent(order -> frames.filled(order, told.fill()));
    InstrumentId id = told.fill().instrument();
    String symbol = AsterListing.of(id).symbol();
    long orderId = placed.map(Placed::id).orElse(told.fill().orderId());
    TradeRow row = Placed.row(id.leg(), symbol, orderId, told.fill());
    accounts.traded(account, row);
    if (id.leg() == Leg.PERP) {
      accounts.earned(account, symbol, "COMMISSION", row.commission().negate(), row.time());
    }
  }

  private void closed(Report.Closed told) {
    told.order()
        .flatMap(trading::find)
        .filter(Placed::isOpen)
        .ifPresent(placed -> {
          boolean cancelled = told.reason().equals("canceled");
          placed.end(
              cancelled ? OrderStatus.CANCELED : OrderStatus.EXPIRED,
              exchange.now().toEpochMilli());
          frames.tell(placed, cancelled ? "CANCELED" : "EXPIRED", Optional.empty());
        });
  }

  private void paid(AccountId account, FundingPayment payment) {
    String symbol = AsterListing.of(payment.instrument()).symbol();
    BigDecimal amount = payment.amount().value();
    accounts.earned(account, symbol, "FUNDING_FEE", amount, payment.time().toEpochMilli());
    frames.push(
        account,
        Leg.PERP,
        UserEvent.accountUpdate(
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
        UserEvent.accountUpdate(
            reason,
            accounts.futuresAccount(account).walletBalance(),
            change,
            accounts.positionRows(account),
            now));
    frames.push(
        account, Leg.SPOT, UserEvent.spotPosition(accounts.spotAccount(account).balances(), now));
  }

  // ---- the market

  @Override
  public void turned(Instant now) {
    streams.turned();
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {
    if (AsterListing.find(instrument).isPresent()) {
      market.setStatus(instrument, delisted, halted);
    }
  }

  Reply time(BigDecimal speed) {
    return Reply.of(new ServerTime(exchange.now().toEpochMilli(), speed).json());
  }
}
