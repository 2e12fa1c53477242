package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.BookTicker;
import io.hypercarry.protocol.aster.Call;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.Commission;
import io.hypercarry.protocol.aster.DepthReply;
import io.hypercarry.protocol.aster.ExchangeInfo;
import io.hypercarry.protocol.aster.Filters;
import io.hypercarry.protocol.aster.Json;
import io.hypercarry.protocol.aster.NewOrder;
import io.hypercarry.protocol.aster.OrderReply;
import io.hypercarry.protocol.aster.SymbolRules;
import io.hypercarry.protocol.aster.TradeRow;
import io.hypercarry.protocol.aster.UserEvent;
import io.hypercarry.venue.VenueFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One leg's host: what spot and futures do alike. */
abstract sealed class LegAdapter permits AsterSpotAdapter, AsterPerpAdapter {
  private static final int LEVELS = 20;
  private static final int PAGE = 1000;

  private final Leg leg;
  private final Rest rest;
  private final AsterSettings settings;
  private final Commissions commissions;
  private Optional<ExchangeInfo> info = Optional.empty();

  LegAdapter(Leg leg, Rest rest, AsterSettings settings, Commissions commissions) {
    this.leg = leg;
    this.rest = rest;
    this.settings = settings;
    this.commissions = commissions;
  }

  final Leg leg() {
    return leg;
  }

  /** For who waits for it at the start: throws where it is not told. */
  final JsonNode told(Call call) {
    return Told.body(rest.call(call), settings);
  }

  final Answer ask(Call call) {
    return rest.call(call);
  }

  final Answer ask(Call call, Duration patience) {
    return rest.call(call, patience);
  }

  // ---- the market

  /** The rules of a symbol that may be traded; the configuration's tick and step win. */
  final SymbolRules rules(String symbol) {
    SymbolRules found = info().find(symbol).orElseThrow(() -> unknown(symbol));
    if (found.isInternalTest()) {
      throw fault(symbol, "is a market of Aster's own tests: name another");
    }
    if (!found.isTrading()) {
      throw fault(symbol, "is " + found.status() + " and cannot be traded: name another");
    }
    AsterSettings.Grid grid = settings.grid(leg);
    Filters filters = found.filters();
    return found.withFilters(
        filters.withGrid(grid.tick().orElse(filters.tick()), grid.step().orElse(filters.step())));
  }

  /** It is large and throttled hard: asked for once. */
  private ExchangeInfo info() {
    if (info.isEmpty()) {
      info = Optional.of(ExchangeInfo.read(leg, told(Calls.exchangeInfo(leg))));
    }
    return info.get();
  }

  private VenueFault unknown(String symbol) {
    return fault(symbol, "is listed nowhere there: check the name (ASTERUSDT is one)");
  }

  private VenueFault fault(String symbol, String what) {
    String word = leg == Leg.SPOT ? "spot symbol " : "futures symbol ";
    return new VenueFault("Aster's " + word + symbol + " " + what, false);
  }

  final DepthReply depth(String symbol) {
    return DepthReply.read(told(Calls.depth(leg, symbol, LEVELS)));
  }

  final BookTicker top(String symbol) {
    return BookTicker.read(told(Calls.bookTicker(leg, symbol)));
  }

  // ---- the account

  final Commission commission(String symbol) {
    return Commission.read(told(Calls.commission(leg, symbol)));
  }

  final List<OrderReply> openOrders(String symbol) {
    return Json.list(told(Calls.openOrders(leg, symbol)), row -> OrderReply.read(leg, row));
  }

  /** Every trade since then, oldest first, however many pages they are. */
  final List<TradeRow> trades(String symbol, Instant since) {
    List<TradeRow> all = new ArrayList<>(rows(Calls.trades(leg, symbol, since, PAGE)));
    int last = all.size();
    while (last == PAGE) {
      List<TradeRow> more = rows(Calls.tradesFrom(leg, symbol, all.getLast().id() + 1, PAGE));
      all.addAll(more);
      last = more.size();
    }
    return all;
  }

  private List<TradeRow> rows(Call call) {
    return Json.list(told(call), row -> commissions.valued(TradeRow.read(leg, row)));
  }

  // ---- orders

  final Answer place(NewOrder order, Duration patience) {
    return rest.call(Calls.place(order), patience);
  }

  final Answer cancel(String symbol, String clientOrderId) {
    return rest.call(Calls.cancel(leg, symbol, clientOrderId));
  }

  final Answer query(String symbol, String clientOrderId) {
    return rest.call(Calls.query(leg, symbol, clientOrderId));
  }

  final Answer queryById(String symbol, long orderId) {
    return rest.call(Calls.queryById(leg, symbol, orderId));
  }

  // ---- the user stream

  /** {@code wss://fstream…/ws/NAME}; a venue without such hosts has its streams under its URL. */
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

  final UserEvent.OrderUpdate valued(UserEvent.OrderUpdate update) {
    return commissions.valued(update);
  }

  final String openStream() {
    return told(Calls.openStream(leg)).path("listenKey").asString();
  }

  final Answer keepStream(String listenKey) {
    return rest.call(Calls.keepStream(leg, listenKey));
  }
}
