package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterJson.RowList;
import io.twinleg.wire.aster.AsterSpotAccount;
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
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One leg's host: what spot and futures have in common. */
abstract sealed class AsterLegAdapter permits AsterLegAdapter.AsterSpotAdapter, AsterPerpAdapter {
  /** Spot: fees are taken from what is received; there is no countdown. */
  static final class AsterSpotAdapter extends AsterLegAdapter {
    AsterSpotAdapter(
        RestClient rest,
        AsterSettings settings,
        Commissions commissions,
        VenueExecutor.Trouble trouble) {
      super(Leg.SPOT, rest, settings, commissions, trouble);
    }

    AsterSpotAccount account(Predicate<String> assets) {
      return AsterSpotAccount.read(require(ApiRequests.account(Leg.SPOT)), assets);
    }
  }

  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(3);
  private static final int LEVELS = 20;
  private static final int PAGE = 1000;

  private final Leg leg;
  private final RestClient rest;
  private final AsterSettings settings;
  private final Commissions commissions;
  private final VenueExecutor.Trouble trouble;
  private @Nullable ExchangeInfo info;

  /**
   * @param trouble receives what of the account could not be read
   */
  AsterLegAdapter(
      Leg leg,
      RestClient rest,
      AsterSettings settings,
      Commissions commissions,
      VenueExecutor.Trouble trouble) {
    this.trouble = trouble;
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
    return rest.require(call);
  }

  final ApiResult call(ApiRequest call) {
    return rest.call(call);
  }

  /** Under this nonce and no other: of it at most one request is executed. */
  final ApiResult call(ApiRequest call, OrderNonce nonce) {
    return rest.call(call, SETTLE_TIMEOUT, nonce);
  }

  // ---- the market

  /** The rules of a symbol; the configuration's tick and step win. */
  final SymbolRules rules(String symbol) {
    SymbolRules found = info().find(symbol).orElseThrow(() -> unknown(symbol));
    if (found.isInternalTest()) {
      throw failure(symbol, "is a market of Aster's own tests: name another");
    }
    AsterSettings.Grid grid = settings.grid(leg);
    Filters filters = found.filters();
    return found.withFilters(
        filters.withGrid(grid.tick().orElse(filters.tick()), grid.step().orElse(filters.step())));
  }

  /** Requested once: the response is large and its limit low. */
  private ExchangeInfo info() {
    ExchangeInfo known = info != null ? info : currentInfo();
    info = known;
    return known;
  }

  /** Requested each time. */
  final ExchangeInfo currentInfo() {
    return ExchangeInfo.read(leg, require(ApiRequests.exchangeInfo(leg)));
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
    Commission rates = Commission.read(require(ApiRequests.commission(leg, symbol)));
    commissions.rates(leg, rates);
    return rates;
  }

  final List<OrderReply> openOrders(String symbol) {
    return OrderReply.openOrders(
        leg,
        require(ApiRequests.openOrders(leg, symbol)),
        id -> FillMapper.clientOrderId(id).isPresent());
  }

  /** Every trade since then, oldest first, over all pages; what is unreadable is reported. */
  final RowList<AsterTradeRow> trades(String symbol, Instant since) {
    List<AsterTradeRow> all = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    ApiRequest next = ApiRequests.trades(leg, symbol, since, PAGE);
    long before = -1;
    int last;
    do {
      RowList<AsterTradeRow> rows =
          AsterJson.rows(require(next), row -> true, row -> AsterTradeRow.read(leg, row));
      rows.readable().stream().map(commissions::valued).forEach(all::add);
      unreadable.addAll(rows.unreadable());
      last = rows.readable().size() + rows.unreadable().size();
      long newest = all.isEmpty() ? before : all.getLast().id();
      requireProgress(last < PAGE || newest > before);
      before = newest;
      next = all.isEmpty() ? next : ApiRequests.tradesFrom(leg, symbol, newest + 1, PAGE);
    } while (last == PAGE && !all.isEmpty());
    report("aster userTrades", unreadable);
    return new RowList<>(all, unreadable);
  }

  /**
   * @throws MalformedMessage where a page does not go on from the one before: there would be no end
   */
  static void requireProgress(boolean goesOn) {
    if (!goesOn) {
      throw MalformedMessage.schema("a page that does not go on from the one before");
    }
  }

  final void report(String where, List<String> unreadable) {
    unreadable.forEach(detail -> trouble.report(where, detail));
  }

  // ---- orders

  final ApiResult place(NewOrder order, Duration timeout, @Nullable OrderNonce nonce) {
    ApiRequest request = ApiRequests.place(order);
    return nonce == null ? rest.call(request, timeout) : rest.call(request, timeout, nonce);
  }

  /** Success: what bears this nonce and has not been taken never will be. */
  final ApiResult noop(OrderNonce nonce) {
    return call(ApiRequests.noop(leg), nonce);
  }

  /** By the order's own nonce where the venue takes such a cancel, so that none overtakes it. */
  final ApiResult cancelGuarded(String symbol, AsterWorkingOrder order) {
    String id = order.id().hex();
    if (leg == Leg.PERP && order.nonce().isPresent()) {
      ApiResult guarded = call(ApiRequests.guardedCancel(symbol, id), order.nonce().get());
      if (guarded instanceof ApiResult.Success) {
        return guarded;
      }
    }
    return cancel(symbol, id);
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

  /** Symbols are not all ASCII; the {@code @} of a name is not encoded by any client seen. */
  final String marketStreamUrl(String name) {
    return streamUrl(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%40", "@"));
  }

  final AsterUserEvent.OrderUpdate valued(AsterUserEvent.OrderUpdate update) {
    return commissions.valued(update);
  }

  final String openStream() {
    return AsterJson.text(require(ApiRequests.openStream(leg)), "listenKey");
  }

  final ApiResult keepStream(String listenKey) {
    return rest.call(ApiRequests.keepStream(leg, listenKey));
  }
}
