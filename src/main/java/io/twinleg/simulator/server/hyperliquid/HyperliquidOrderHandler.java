package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.Request;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Rejected;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Status;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.PlaceOrders.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Places orders: what is wrong with one of a batch in itself refuses all, the rest is judged alone.
 */
final class HyperliquidOrderHandler {
  static final String TYPE = "order";

  private final ServerContext context;
  private final Exchange exchange;
  private final Universe universe;
  private final HyperliquidOrderLog log;
  private final Triggers triggers;
  private final HyperliquidOrderValidator checks;

  HyperliquidOrderHandler(ServerContext context, Triggers triggers) {
    this.context = context;
    exchange = context.exchange();
    universe = context.universe();
    log = context.orders();
    this.triggers = triggers;
    checks = new HyperliquidOrderValidator(exchange);
  }

  ExchangeResponse place(AccountId account, PlaceOrders action) {
    if (action.orders().isEmpty()) {
      return rejected("Orders are empty.");
    }
    for (OrderWire order : action.orders()) {
      if (universe.byAsset(order.asset()).isEmpty()) {
        return unknown(order.asset());
      }
    }
    Optional<String> objection =
        action.orders().stream().flatMap(order -> objection(order).stream()).findFirst();
    if (objection.isPresent()) {
      return rejected(objection.get());
    }
    if (action.grouping() instanceof Grouping.Named named && named != Grouping.Named.NONE) {
      return rejected("Unexpected number of trigger orders");
    }
    if (action
        .builder()
        .filter(who ->
            context.history(account).builderFee(HyperliquidAccountRegistry.lower(who.address()))
                < who.fee())
        .isPresent()) {
      return rejected("Builder fee has not been approved.");
    }
    List<Status> statuses = new ArrayList<>();
    action.orders().forEach(order -> statuses.add(place(account, order)));
    return new Accepted(TYPE, statuses);
  }

  private static ExchangeResponse unknown(long asset) {
    return Universe.isSpot(asset)
        ? new Refused("Invalid spot")
        : rejected("Invalid perp asset. asset=" + asset);
  }

  private static ExchangeResponse rejected(String text) {
    return new Accepted(TYPE, List.of(new Rejected(text)));
  }

  /** What is wrong with the order in itself. */
  Optional<String> objection(OrderWire order) {
    return universe
        .byAsset(order.asset())
        .map(instrument -> checks.objection(instrument, order))
        .orElse(Optional.of("Invalid perp asset. asset=" + order.asset()));
  }

  /** As one that came alone would be, once its form is known to be right. */
  Status place(AccountId account, OrderWire order) {
    Instrument instrument = universe.byAsset(order.asset()).orElseThrow();
    context.pool(account, instrument.leg());
    boolean full = log.open(account).size() >= context.history(account).budget().openOrdersMax();
    boolean twice = order.cloid().filter(name -> isLive(account, name)).isPresent();
    HyperliquidOrderRecord placed =
        log.open(account, instrument, order, exchange.now().toEpochMilli());
    if (full || twice) {
      String text = full ? "Too many open orders." : "Duplicate client order id.";
      return reject(placed, new RejectText(text + " asset=" + order.asset(), "rejected"));
    }
    return switch (order.kind()) {
      case OrderKind.Limit limit -> submit(placed, limit.tif());
      case OrderKind.Trigger trigger -> wait(placed, trigger);
    };
  }

  private boolean isLive(AccountId account, String cloid) {
    return log.find(account, new OrderRef.ByCloid(cloid))
        .filter(HyperliquidOrderRecord::isOpen)
        .isPresent();
  }

  private Status wait(HyperliquidOrderRecord placed, OrderKind.Trigger trigger) {
    if (!triggers.take(placed, trigger)) {
      String text = "Invalid TP/SL price. asset=" + placed.instrument().assetId();
      return reject(placed, new RejectText(text, "badTriggerPxRejected"));
    }
    context.history(placed.account()).opened(placed);
    return placed.answer();
  }

  /** Hands the order to the exchange at once; what it fills is booked before this returns. */
  Status submit(HyperliquidOrderRecord placed, Tif tif) {
    Request.Place request =
        new Request.Place(
            Optional.of(placed.name()),
            placed.instrument().id(),
            placed.wire().isBuy() ? Side.BUY : Side.SELL,
            Price.of(placed.wire().price()),
            new Quantity(placed.remaining()),
            timeInForce(tif),
            placed.wire().reduceOnly(),
            Optional.empty());
    for (ExecutionReport report : exchange.admin().executeManually(placed.account(), request)) {
      if (report instanceof ExecutionReport.Rejected rejected) {
        return reject(placed, RejectText.of(placed.instrument(), rejected));
      }
    }
    context.history(placed.account()).opened(placed);
    return placed.answer();
  }

  private Status reject(HyperliquidOrderRecord placed, RejectText why) {
    context.history(placed.account()).ended(placed, why.status());
    return new Rejected(why.text());
  }

  private static TimeInForce timeInForce(Tif tif) {
    return switch (tif) {
      case ALO -> TimeInForce.ALO;
      case IOC -> TimeInForce.IOC;
      case GTC -> TimeInForce.GTC;
    };
  }

  /**
   * The venue's words for why an order was rejected when it was judged, and the status it keeps.
   */
  record RejectText(String text, String status) {
    static RejectText of(Instrument instrument, ExecutionReport.Rejected rejected) {
      RejectText plain = plain(instrument, rejected);
      return new RejectText(plain.text + " asset=" + instrument.assetId(), plain.status);
    }

    private static RejectText plain(Instrument instrument, ExecutionReport.Rejected rejected) {
      boolean perp = instrument.leg() == Leg.PERP;
      RejectReason reason = rejected.reason();
      return switch (reason) {
        case TICK -> new RejectText("Price must be divisible by tick size.", "tickRejected");
        case MIN_NOTIONAL ->
            new RejectText(
                "Order must have minimum value of " + (perp ? "$10." : "10 USDC."),
                "minTradeNtlRejected");
        case INSUFFICIENT_MARGIN ->
            new RejectText("Insufficient margin to place order.", "perpMarginRejected");
        case INSUFFICIENT_SPOT_BALANCE ->
            new RejectText("Insufficient spot balance", "insufficientSpotBalanceRejected");
        case REDUCE_ONLY ->
            new RejectText("Reduce only order would increase position.", "reduceOnlyRejected");
        case BAD_ALO_PRICE -> new RejectText(rejected.text(), "badAloPxRejected");
        case IOC_CANCEL ->
            new RejectText(
                "Order could not immediately match against any resting orders.",
                "iocCancelRejected");
        case OPEN_INTEREST_CAP ->
            new RejectText(
                "Order would increase open interest while open interest is capped",
                "positionIncreaseAtOpenInterestCapRejected");
        case DELISTED -> new RejectText("Asset is being delisted.", "rejected");
        case HALTED -> new RejectText("Trading is halted.", "rejected");
        case ORACLE_BAND,
            POSITION_LIMIT,
            RATE_LIMIT,
            SIGNER_UNKNOWN,
            EXPIRED,
            MISSING_ORDER,
            OTHER ->
            new RejectText(rejected.text(), "rejected");
      };
    }
  }
}
