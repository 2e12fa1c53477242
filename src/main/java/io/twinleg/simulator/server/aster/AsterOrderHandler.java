package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.ClientOrderId;
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
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.Filters;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders as the venue takes them. A placement is answered NEW with nothing filled, whatever has
 * become of the order by then; what did not fill of an IOC, and a post-only order that would have
 * crossed, ends EXPIRED right after.
 */
final class AsterOrderHandler {
  private final Exchange exchange;
  private final AsterOrderLog log;
  private final UserFrames frames;
  private final Map<String, Long> countdowns = new TreeMap<>();

  AsterOrderHandler(Exchange exchange, AsterOrderLog log, UserFrames frames) {
    this.exchange = exchange;
    this.log = log;
    this.frames = frames;
  }

  AsterReply place(AccountId account, Leg leg, Params params) {
    NewOrder terms = terms(account, leg, params);
    return execute(account, terms, params.get("nonce").orElse(""));
  }

  /** Looks at everything and places nothing. */
  AsterReply test(AccountId account, Leg leg, Params params) {
    terms(account, leg, params);
    return AsterReply.of(AsterJson.object());
  }

  private NewOrder terms(AccountId account, Leg leg, Params params) {
    AsterInstruments listing = ApiError.listing(leg, params);
    NewOrder terms = OrderParser.read(leg, params, "web_" + exchange.now().toEpochMilli());
    refuse(objection(listing, terms));
    boolean twice =
        !log.all(account, each -> each.isOpen() && isNamed(terms.clientOrderId()).test(each))
            .isEmpty();
    refuse(twice ? Optional.of(new ErrorReply(-2010, "Duplicate order sent.")) : Optional.empty());
    return terms;
  }

  private Optional<ErrorReply> objection(AsterInstruments listing, NewOrder terms) {
    Filters filters = listing.filters(terms.leg());
    if (terms.price().isEmpty()) {
      return filters.quantityViolation(terms.quantity(), filters.marketMaxQuantity());
    }
    BigDecimal price = terms.price().get();
    boolean reduces = terms.reduceOnly() && terms.leg() == Leg.PERP;
    return filters
        .violation(terms.leg(), terms.side(), price, terms.quantity(), reduces)
        .or(() -> filters.bandViolation(terms.side(), price, reference(listing, terms.leg())));
  }

  private static void refuse(Optional<ErrorReply> objection) {
    objection.ifPresent(error -> {
      throw new ApiError(error.code(), error.text());
    });
  }

  /** Futures look at the mark, spot at the index. */
  private BigDecimal reference(AsterInstruments listing, Leg leg) {
    Optional<Price> price =
        leg == Leg.PERP
            ? exchange.mark(listing.id(Leg.PERP))
            : exchange.oracle(listing.id(Leg.PERP));
    return price.map(Price::value).orElseThrow(() -> new ApiError(-1000, "There is no price yet."));
  }

  private AsterReply execute(AccountId account, NewOrder terms, String nonce) {
    AsterOrderRecord placed = log.open(account, terms, nonce, now());
    frames.hold(placed);
    List<ExecutionReport> answers =
        terms.timeInForce().filter(tif -> tif == Tif.FOK).isPresent() && !fillsAtOnce(terms)
            ? List.of(
                new ExecutionReport.Rejected(
                    Optional.of(placed.name()), RejectReason.IOC_CANCEL, ""))
            : exchange.admin().executeManually(account, request(placed));
    Optional<ExecutionReport.Rejected> rejected = rejection(answers);
    if (rejected.isPresent() && !expires(rejected.get().reason())) {
      log.forget(placed);
      frames.drop();
      return AsterReply.of(
          ApiError.ErrorCodes.of(terms.leg(), rejected.get().reason(), rejected.get().text()));
    }
    frames.release(placed);
    if (rejected.isPresent()) {
      placed.end(OrderStatus.EXPIRED, now());
      frames.publish(placed, "EXPIRED", Optional.empty());
    }
    return AsterReply.of(placed.acknowledgement().json());
  }

  private static Optional<ExecutionReport.Rejected> rejection(List<ExecutionReport> answers) {
    return answers.stream()
        .filter(ExecutionReport.Rejected.class::isInstance)
        .map(ExecutionReport.Rejected.class::cast)
        .findFirst();
  }

  private static boolean expires(RejectReason reason) {
    return reason == RejectReason.IOC_CANCEL || reason == RejectReason.BAD_ALO_PRICE;
  }

  private boolean fillsAtOnce(NewOrder terms) {
    Price limit = limit(terms);
    BigDecimal there =
        exchange.book(listing(terms).id(terms.leg())).against(terms.side()).stream()
            .filter(level ->
                terms.side() == Side.BUY
                    ? !level.price().isAbove(limit)
                    : !level.price().isBelow(limit))
            .map(level -> level.quantity().value())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return there.compareTo(terms.quantity()) >= 0;
  }

  private Request.Place request(AsterOrderRecord placed) {
    NewOrder terms = placed.terms();
    return new Request.Place(
        Optional.of(placed.name()),
        listing(terms).id(terms.leg()),
        terms.side(),
        limit(terms),
        new Quantity(terms.quantity()),
        timeInForce(terms),
        terms.reduceOnly(),
        Optional.empty());
  }

  private static AsterInstruments listing(NewOrder terms) {
    return AsterInstruments.find(terms.symbol()).orElseThrow();
  }

  private static TimeInForce timeInForce(NewOrder terms) {
    if (terms.timeInForce().isEmpty()) {
      return TimeInForce.IOC;
    }
    return switch (terms.timeInForce().get()) {
      case GTC -> TimeInForce.GTC;
      case IOC, FOK -> TimeInForce.IOC;
      case GTX -> TimeInForce.ALO;
    };
  }

  /** A market order goes as far from the mark as the venue lets it. */
  private Price limit(NewOrder terms) {
    if (terms.price().isPresent()) {
      return Price.of(terms.price().get());
    }
    AsterInstruments listing = listing(terms);
    BigDecimal bound = listing.takeBound();
    BigDecimal factor =
        terms.side() == Side.BUY ? BigDecimal.ONE.add(bound) : BigDecimal.ONE.subtract(bound);
    BigDecimal far = reference(listing, terms.leg()).multiply(factor);
    return Price.of(listing.filters(terms.leg()).roundPrice(terms.side(), far));
  }

  // ---- asking and cancelling

  AsterReply query(AccountId account, Leg leg, Params params) {
    return find(account, leg, params)
        .map(placed -> AsterReply.of(placed.reply().queryJson()))
        .orElseGet(() -> AsterReply.error(ErrorReply.NO_SUCH_ORDER, "Order does not exist."));
  }

  AsterReply open(AccountId account, Leg leg, Params params) {
    return find(account, leg, params)
        .filter(AsterOrderRecord::isOpen)
        .map(placed -> AsterReply.of(placed.reply().queryJson()))
        .orElseGet(() -> AsterReply.error(ErrorReply.NO_SUCH_ORDER, "Order does not exist."));
  }

  AsterReply list(AccountId account, Leg leg, Params params, boolean openOnly) {
    Optional<String> symbol = params.get("symbol");
    symbol.ifPresent(name -> ApiError.listing(leg, params));
    List<OrderReply> found =
        log
            .all(
                account,
                each ->
                    each.terms().leg() == leg
                        && symbol.filter(name -> !name.equals(each.terms().symbol())).isEmpty()
                        && (each.isOpen() || !openOnly))
            .stream()
            .map(AsterOrderRecord::reply)
            .toList();
    return AsterReply.of(AsterJson.array(found, OrderReply::queryJson));
  }

  AsterReply cancel(AccountId account, Leg leg, Params params) {
    Optional<AsterOrderRecord> found = find(account, leg, params).filter(AsterOrderRecord::isOpen);
    found.ifPresent(this::cancel);
    return found
        .map(placed -> AsterReply.of(placed.reply().json()))
        .orElseGet(() -> AsterReply.error(ErrorReply.CANCEL_REJECTED, "Unknown order sent."));
  }

  /** Bears the nonce that the order was placed with, and no other. */
  AsterReply cancelGuarded(AccountId account, Params params) {
    Optional<AsterOrderRecord> found = find(account, Leg.PERP, params);
    boolean another =
        found
            .filter(order -> !order.nonce().equals(ApiError.required(params, "nonce")))
            .isPresent();
    return another
        ? AsterReply.error(ErrorReply.NONCE, "Nonce is not that of the order.")
        : cancel(account, Leg.PERP, params);
  }

  private void cancel(AsterOrderRecord placed) {
    NewOrder terms = placed.terms();
    Request request = new Request.Cancel(placed.name(), listing(terms).id(terms.leg()));
    exchange.admin().executeManually(placed.account(), request);
  }

  AsterReply cancelAll(AccountId account, Leg leg, Params params) {
    cancelAll(account, leg, ApiError.listing(leg, params).symbol());
    ObjectNode done =
        AsterJson.object()
            .put("code", 200)
            .put("msg", "The operation of cancel all open order is done.");
    return AsterReply.of(done);
  }

  private void cancelAll(AccountId account, Leg leg, String symbol) {
    log.all(account, each -> each.isOpen() && each.isOf(leg, symbol)).forEach(this::cancel);
  }

  /** Said again, the earlier word counts no more. */
  AsterReply countdown(AccountId account, Params params) {
    String symbol = ApiError.listing(Leg.PERP, params).symbol();
    long time = Long.parseLong(ApiError.required(params, "countdownTime"));
    String key = account + " " + symbol;
    long turn = countdowns.merge(key, 1L, Long::sum);
    if (time > 0) {
      exchange.at(
          exchange.now().plusMillis(time),
          () -> {
            if (countdowns.getOrDefault(key, 0L) == turn) {
              cancelAll(account, Leg.PERP, symbol);
            }
          });
    }
    return AsterReply.of(
        AsterJson.object().put("symbol", symbol).put("countdownTime", Long.toString(time)));
  }

  private Optional<AsterOrderRecord> find(AccountId account, Leg leg, Params params) {
    String symbol = ApiError.listing(leg, params).symbol();
    Optional<String> id = params.get("orderId");
    Predicate<AsterOrderRecord> which =
        id.isPresent()
            ? each -> Long.toString(each.id()).equals(id.get())
            : isNamed(ApiError.required(params, "origClientOrderId"));
    return log.find(account, leg, symbol, which);
  }

  private static Predicate<AsterOrderRecord> isNamed(String clientOrderId) {
    return each -> each.terms().clientOrderId().equals(clientOrderId);
  }

  private long now() {
    return exchange.now().toEpochMilli();
  }

  /** The order that the exchange's reports name so. */
  Optional<AsterOrderRecord> find(ClientOrderId name) {
    return log.find(name);
  }
}
