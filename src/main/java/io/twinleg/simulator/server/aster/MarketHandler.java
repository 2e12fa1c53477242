package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.BookTicker;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.FundingInfo;
import io.twinleg.wire.aster.PremiumIndex;
import io.twinleg.wire.aster.SymbolRules;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Public market data. */
final class MarketHandler {
  private static final List<Integer> DEPTHS = List.of(5, 10, 20, 50, 100, 500, 1000);
  private static final int HISTORY_HOURS = 2000;

  private final Exchange exchange;
  private final List<AsterInstruments> listed;

  /** Of symbols that are not TRADING. */
  private final Map<InstrumentId, String> statuses = new LinkedHashMap<>();

  MarketHandler(Exchange exchange) {
    this.exchange = exchange;
    listed = AsterInstruments.tradedOn(exchange);
  }

  void setStatus(InstrumentId instrument, boolean delisted, boolean halted) {
    statuses.remove(instrument);
    if (delisted || halted) {
      statuses.put(instrument, delisted ? "SETTLING" : "CLOSE");
    }
  }

  /** Whether the requested symbol is traded here; without one the request is for all. */
  boolean knows(Params params) {
    return params
        .get("symbol")
        .filter(symbol -> listed.stream().noneMatch(each -> each.symbol().equals(symbol)))
        .isEmpty();
  }

  AsterReply info(Leg leg) {
    ExchangeInfo info = AsterInstruments.info(leg, listed);
    List<SymbolRules> symbols = info.symbols().stream().map(this::withStatus).toList();
    return AsterReply.of(new ExchangeInfo(leg, info.limits(), symbols).json(now()));
  }

  private SymbolRules withStatus(SymbolRules rules) {
    return AsterInstruments.find(rules.symbol())
        .map(listing -> statuses.get(listing.id(rules.leg())))
        .map(rules::withStatus)
        .orElse(rules);
  }

  AsterReply depth(Leg leg, Params params) {
    AsterInstruments listing = ApiError.listing(leg, params);
    int limit = params.get("limit").map(Integer::parseInt).orElse(leg == Leg.SPOT ? 100 : 500);
    if (!DEPTHS.contains(limit)) {
      return AsterReply.error(-4021, "Illegal depth level.");
    }
    return AsterReply.of(depth(listing, leg).json(limit));
  }

  DepthReply depth(AsterInstruments listing, Leg leg) {
    InstrumentId id = listing.id(leg);
    return new DepthReply(exchange.bookVersion(id) + 1, now(), exchange.book(id));
  }

  AsterReply bookTicker(Leg leg, Params params) {
    return oneOrMany(leg, params, listing -> ticker(listing, leg).json());
  }

  BookTicker ticker(AsterInstruments listing, Leg leg) {
    BookSnapshot book = exchange.book(listing.id(leg));
    return new BookTicker(
        listing.symbol(),
        price(book, Side.BUY),
        quantity(book, Side.BUY),
        price(book, Side.SELL),
        quantity(book, Side.SELL),
        now());
  }

  private static BigDecimal price(BookSnapshot book, Side side) {
    return book.best(side).map(Price::plain).orElse(BigDecimal.ZERO);
  }

  private static BigDecimal quantity(BookSnapshot book, Side side) {
    List<PriceLevel> levels = book.side(side);
    return levels.isEmpty() ? BigDecimal.ZERO : levels.get(0).quantity().value();
  }

  AsterReply price(Leg leg, Params params) {
    return oneOrMany(
        leg,
        params,
        listing ->
            AsterJson.object()
                .put("symbol", listing.symbol())
                .put("price", AsterJson.plain(price(exchange.book(listing.id(leg)), Side.BUY)))
                .put("time", now()));
  }

  AsterReply premium(Params params) {
    return oneOrMany(Leg.PERP, params, listing -> premium(listing).json());
  }

  PremiumIndex premium(AsterInstruments listing) {
    InstrumentId perp = listing.id(Leg.PERP);
    return new PremiumIndex(
        listing.symbol(),
        exchange.mark(perp).map(Price::plain).orElse(BigDecimal.ZERO),
        exchange.oracle(perp).map(Price::plain).orElse(BigDecimal.ZERO),
        exchange.fundingRate(perp).map(Rate::value).orElse(BigDecimal.ZERO),
        nextFunding(exchange.fundingHours(perp)),
        now());
  }

  private long nextFunding(int hours) {
    long interval = Duration.ofHours(hours).toMillis();
    return (now() / interval + 1) * interval;
  }

  AsterReply fundingInfo(Params params) {
    List<FundingInfo> rows =
        requested(Leg.PERP, params).stream()
            .map(listing ->
                new FundingInfo(listing.symbol(), exchange.fundingHours(listing.id(Leg.PERP))))
            .toList();
    return AsterReply.of(AsterJson.array(rows, row -> row.json(now())));
  }

  AsterReply fundingRates(Params params) {
    AsterInstruments listing = ApiError.listing(Leg.PERP, params);
    List<AsterFundingRow> rows =
        exchange.fundingHistory(listing.id(Leg.PERP), HISTORY_HOURS).stream()
            .map(hour -> row(listing, hour))
            .filter(row -> AccountHandler.isWithin(params, row.time()))
            .toList();
    return AsterReply.of(
        AsterJson.array(AccountHandler.page(params, rows, 100), AsterFundingRow::json));
  }

  private static AsterFundingRow row(AsterInstruments listing, FundingHour hour) {
    return new AsterFundingRow(listing.symbol(), hour.hour().toEpochMilli(), hour.rate().value());
  }

  private AsterReply oneOrMany(
      Leg leg, Params params, Function<AsterInstruments, JsonNode> written) {
    if (params.get("symbol").isPresent()) {
      return AsterReply.of(written.apply(ApiError.listing(leg, params)));
    }
    return AsterReply.of(AsterJson.array(listed, written));
  }

  private List<AsterInstruments> requested(Leg leg, Params params) {
    return params.get("symbol").isPresent() ? List.of(ApiError.listing(leg, params)) : listed;
  }

  private long now() {
    return exchange.now().toEpochMilli();
  }
}
