package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.protocol.aster.BookTicker;
import io.hypercarry.protocol.aster.DepthReply;
import io.hypercarry.protocol.aster.ExchangeInfo;
import io.hypercarry.protocol.aster.FundingInfo;
import io.hypercarry.protocol.aster.FundingRow;
import io.hypercarry.protocol.aster.Json;
import io.hypercarry.protocol.aster.Params;
import io.hypercarry.protocol.aster.PremiumIndex;
import io.hypercarry.protocol.aster.SymbolRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What anybody may see. */
final class MarketDesk {
  private static final List<Integer> DEPTHS = List.of(5, 10, 20, 50, 100, 500, 1000);
  private static final int HISTORY_HOURS = 2000;

  private final Exchange exchange;
  private final List<AsterListing> listed;

  /** Of symbols that are not TRADING. */
  private final Map<InstrumentId, String> statuses = new LinkedHashMap<>();

  MarketDesk(Exchange exchange) {
    this.exchange = exchange;
    listed = AsterListing.tradedOn(exchange);
  }

  void setStatus(InstrumentId instrument, boolean delisted, boolean halted) {
    statuses.remove(instrument);
    if (delisted || halted) {
      statuses.put(instrument, delisted ? "SETTLING" : "CLOSE");
    }
  }

  /** Whether what it asks about is traded here; what names no symbol asks about everything. */
  boolean knows(Params params) {
    return params
        .get("symbol")
        .filter(symbol -> listed.stream().noneMatch(each -> each.symbol().equals(symbol)))
        .isEmpty();
  }

  Reply info(Leg leg) {
    ExchangeInfo info = AsterListing.info(leg, listed);
    List<SymbolRules> symbols = info.symbols().stream().map(this::withStatus).toList();
    return Reply.of(new ExchangeInfo(leg, info.limits(), symbols).json(now()));
  }

  private SymbolRules withStatus(SymbolRules rules) {
    return AsterListing.find(rules.symbol())
        .map(listing -> statuses.get(listing.id(rules.leg())))
        .map(rules::withStatus)
        .orElse(rules);
  }

  Reply depth(Leg leg, Params params) {
    AsterListing listing = Objection.listing(leg, params);
    int limit = params.get("limit").map(Integer::parseInt).orElse(leg == Leg.SPOT ? 100 : 500);
    if (!DEPTHS.contains(limit)) {
      return Reply.error(-4021, "Illegal depth level.");
    }
    return Reply.of(depth(listing, leg).json(limit));
  }

  DepthReply depth(AsterListing listing, Leg leg) {
    InstrumentId id = listing.id(leg);
    return new DepthReply(exchange.bookVersion(id) + 1, now(), exchange.book(id));
  }

  Reply bookTicker(Leg leg, Params params) {
    return oneOrMany(leg, params, listing -> ticker(listing, leg).json());
  }

  BookTicker ticker(AsterListing listing, Leg leg) {
    Book book = exchange.book(listing.id(leg));
    return new BookTicker(
        listing.symbol(),
        price(book, Side.BUY),
        quantity(book, Side.BUY),
        price(book, Side.SELL),
        quantity(book, Side.SELL),
        now());
  }

  private static BigDecimal price(Book book, Side side) {
    return book.best(side).map(Price::plain).orElse(BigDecimal.ZERO);
  }

  private static BigDecimal quantity(Book book, Side side) {
    List<Level> levels = book.side(side);
    return levels.isEmpty() ? BigDecimal.ZERO : levels.get(0).quantity().value();
  }

  Reply price(Leg leg, Params params) {
    return oneOrMany(
        leg,
        params,
        listing ->
            Json.object()
                .put("symbol", listing.symbol())
                .put("price", Json.plain(price(exchange.book(listing.id(leg)), Side.BUY)))
                .put("time", now()));
  }

  Reply premium(Params params) {
    return oneOrMany(Leg.PERP, params, listing -> premium(listing).json());
  }

  PremiumIndex premium(AsterListing listing) {
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

  Reply fundingInfo(Params params) {
    List<FundingInfo> rows =
        asked(Leg.PERP, params).stream()
            .map(listing ->
                new FundingInfo(listing.symbol(), exchange.fundingHours(listing.id(Leg.PERP))))
            .toList();
    return Reply.of(Json.array(rows, row -> row.json(now())));
  }

  Reply fundingRates(Params params) {
    AsterListing listing = Objection.listing(Leg.PERP, params);
    List<FundingRow> rows =
        exchange.fundingHistory(listing.id(Leg.PERP), HISTORY_HOURS).stream()
            .map(hour -> row(listing, hour))
            .filter(row -> AccountDesk.isWithin(params, row.time()))
            .toList();
    return Reply.of(Json.array(AccountDesk.page(params, rows, 100), FundingRow::json));
  }

  private static FundingRow row(AsterListing listing, FundingHour hour) {
    return new FundingRow(listing.symbol(), hour.hour().toEpochMilli(), hour.rate().value());
  }

  private Reply oneOrMany(Leg leg, Params params, Function<AsterListing, JsonNode> written) {
    if (params.get("symbol").isPresent()) {
      return Reply.of(written.apply(Objection.listing(leg, params)));
    }
    return Reply.of(Json.array(listed, written));
  }

  private List<AsterListing> asked(Leg leg, Params params) {
    return params.get("symbol").isPresent() ? List.of(Objection.listing(leg, params)) : listed;
  }

  private long now() {
    return exchange.now().toEpochMilli();
  }
}
