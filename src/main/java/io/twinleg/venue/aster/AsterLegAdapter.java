package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.BookTicker;
import io.twinleg.wire.aster.Commission;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.Filters;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.SymbolRules;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.NewOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One leg's host: what spot and futures have in common. */
abstract sealed class AsterLegAdapter permits AsterSpotAdapter, AsterPerpAdapter {
  private static final int LEVELS = 20;
  private static final int PAGE = 1000;

  private final Leg leg;
  private final RestClient rest;
  private final AsterSettings settings;
  private final Commissions commissions;
  private @Nullable ExchangeInfo info;

  AsterLegAdapter(Leg leg, RestClient rest, AsterSettings settings, Commissions commissions) {
    this.leg = leg;
    this.rest = rest;
    this.settings = settings;
    this.commissions = commissions;
  }

  final Leg leg() {
    return leg;
  }

  /** The body of a successful response; throws a sentence for the operator otherwise. */
  final JsonNode require(ApiRequest call) {
    return Responses.body(rest.call(call), settings);
  }

  final ApiResult call(ApiRequest call) {
    return rest.call(call);
  }

  final ApiResult call(ApiRequest call, Duration timeout) {
    return rest.call(call, timeout);
  }

  // ---- the market

  /** The rules of a symbol that may be traded; the configuration's tick and step win. */
  final SymbolRules rules(String symbol) {
    SymbolRules found = info().find(symbol).orElseThrow(() -> unknown(symbol));
    if (found.isInternalTest()) {
      throw failure(symbol, "is a market of Aster's own tests: name another");
    }
    if (!found.isTrading()) {
      throw failure(symbol, "is " + found.status() + " and cannot be traded: name another");
    }
    AsterSettings.Grid grid = settings.grid(leg);
    Filters filters = found.filters();
    return found.withFilters(
        filters.withGrid(grid.tick().orElse(filters.tick()), grid.step().orElse(filters.step())));
  }

  /** Requested once: the response is large and its limit low. */
  private ExchangeInfo info() {
    ExchangeInfo known =
        info != null ? info : ExchangeInfo.read(leg, require(ApiRequests.exchangeInfo(leg)));
    info = known;
    return known;
  }

  private VenueException unknown(String symbol) {
    return failure(symbol, "is not listed: check the name (ASTERUSDT is one)");
  }

  private VenueException failure(String symbol, String what) {
    String word = leg == Leg.SPOT ? "spot symbol " : "futures symbol ";
    return new VenueException("Aster's " + word + symbol + " " + what, false);
  }

  final DepthReply depth(String symbol) {
    return DepthReply.read(require(ApiRequests.depth(leg, symbol, LEVELS)));
  }

  final BookTicker top(String symbol) {
    return BookTicker.read(require(ApiRequests.bookTicker(leg, symbol)));
  }

  // ---- the account

  final Commission commission(String symbol) {
    return Commission.read(require(ApiRequests.commission(leg, symbol)));
  }

  final List<OrderReply> openOrders(String symbol) {
    return AsterJson.list(
        require(ApiRequests.openOrders(leg, symbol)), row -> OrderReply.read(leg, row));
  }

  /** Every trade since then, oldest first, over all pages. */
  final List<AsterTradeRow> trades(String symbol, Instant since) {
    List<AsterTradeRow> all = new ArrayList<>(rows(ApiRequests.trades(leg, symbol, since, PAGE)));
    int last = all.size();
    while (last == PAGE) {
      List<AsterTradeRow> more =
          rows(ApiRequests.tradesFrom(leg, symbol, all.getLast().id() + 1, PAGE));
      all.addAll(more);
      last = more.size();
    }
    return all;
  }

  private List<AsterTradeRow> rows(ApiRequest call) {
    return AsterJson.list(require(call), row -> commissions.valued(AsterTradeRow.read(leg, row)));
  }

  // ---- orders

  final ApiResult place(NewOrder order, Duration timeout) {
    return rest.call(ApiRequests.place(order), timeout);
  }

  final ApiResult cancel(String symbol, String clientOrderId) {
    return rest.call(ApiRequests.cancel(leg, symbol, clientOrderId));
  }

  final ApiResult query(String symbol, String clientOrderId) {
    return rest.call(ApiRequests.query(leg, symbol, clientOrderId));
  }

  final ApiResult queryById(String symbol, long orderId) {
    return rest.call(ApiRequests.queryById(leg, symbol, orderId));
  }

  // ---- the user stream

  /**
   * {@code wss://fstream…/ws/NAME}; a venue without such hosts serves its streams under its URL.
   */
  final String streamUrl(String name) {
    String url = settings.url(leg).replaceFirst("^http", "ws");
    String host = leg == Leg.SPOT ? "://sapi" : "://fapi";
    if (url.contains(host)) {
      return url.replaceFirst(host + "[0-9]*", leg == Leg.SPOT ? "://sstream" : "://fstream")
          + "/ws/"
          + name;
    }
    return url + (leg == Leg.SPOT ? "/api/ws/" : "/fapi/ws/") + name;
  }

  final AsterUserEvent.OrderUpdate valued(AsterUserEvent.OrderUpdate update) {
    return commissions.valued(update);
  }

  final String openStream() {
    return require(ApiRequests.openStream(leg)).path("listenKey").asString();
  }

  final ApiResult keepStream(String listenKey) {
    return rest.call(ApiRequests.keepStream(leg, listenKey));
  }
}
