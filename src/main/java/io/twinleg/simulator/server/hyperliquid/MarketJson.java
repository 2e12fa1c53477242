package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.market.AllMids;
import io.twinleg.wire.hyperliquid.market.BestPrices;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMeta;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.PredictedFunding;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Public market data in the venue's shapes. */
final class MarketJson {
  private static final int LEVELS = 20;
  private static final int FUNDING_ROWS_MAX = 500;
  private static final int FUNDING_HOURS_KEPT = 3000;
  private static final int FUNDING_DELAY_MS = 42;
  private static final BigDecimal SUPPLY = new BigDecimal("1000000000");

  private final Exchange exchange;
  private final Universe universe;
  private final MarketHistory tape;

  MarketJson(Exchange exchange, Universe universe, MarketHistory tape) {
    this.exchange = exchange;
    this.universe = universe;
    this.tape = tape;
  }

  // ---- perps

  PerpMetaAndContexts perps() {
    PerpMeta meta = universe.perpMeta();
    return new PerpMetaAndContexts(
        meta, meta.universe().stream().map(asset -> perpContext(asset.name())).toList());
  }

  PerpContext perpContext(String coin) {
    return universe
        .byCoin(coin)
        .filter(instrument -> instrument.leg() == Leg.PERP)
        .map(this::perpContext)
        .orElseGet(MarketJson::delisted);
  }

  private PerpContext perpContext(Instrument perp) {
    BookSnapshot book = exchange.book(perp.id());
    BigDecimal mark = exchange.mark(perp.id()).map(Price::value).orElse(BigDecimal.ZERO);
    BigDecimal oracle = exchange.oracle(perp.id()).map(Price::value).orElse(mark);
    BigDecimal volume = tape.dayVolume(perp.wireName(), exchange.now());
    return new PerpContext(
        exchange.fundingRate(perp.id()).map(Rate::perHour).orElse(BigDecimal.ZERO),
        BigDecimal.ZERO,
        tape.dayAgo(perp.wireName(), exchange.now()).orElse(mark),
        volume.multiply(mark),
        premium(mark, oracle),
        oracle,
        mark,
        Universe.InstrumentValuation.mid(book).map(Price::value),
        impact(book),
        volume);
  }

  private static Optional<BigDecimal> premium(BigDecimal mark, BigDecimal oracle) {
    return oracle.signum() == 0
        ? Optional.empty()
        : Optional.of(mark.subtract(oracle).divide(oracle, 10, RoundingMode.HALF_EVEN));
  }

  private static List<BigDecimal> impact(BookSnapshot book) {
    Optional<Price> bid = book.best(Side.BUY);
    Optional<Price> ask = book.best(Side.SELL);
    return bid.isPresent() && ask.isPresent()
        ? List.of(bid.get().value(), ask.get().value())
        : List.of();
  }

  private static PerpContext delisted() {
    BigDecimal none = BigDecimal.ZERO;
    return new PerpContext(
        none, none, none, none, Optional.empty(), none, none, Optional.empty(), List.of(), none);
  }

  List<HyperliquidFundingRow> fundingHistory(Instrument perp, long from, long to) {
    return exchange.fundingHistory(perp.id(), FUNDING_HOURS_KEPT).stream()
        .map(hour -> fundingRow(perp.wireName(), hour))
        .filter(row -> row.time() >= from && row.time() <= to)
        .limit(FUNDING_ROWS_MAX)
        .toList();
  }

  /** The venue's hours settle some milliseconds after the hour. */
  private static HyperliquidFundingRow fundingRow(String coin, FundingHour hour) {
    return new HyperliquidFundingRow(
        coin,
        hour.rate().perHour(),
        Optional.of(BigDecimal.ZERO),
        hour.hour().toEpochMilli() + FUNDING_DELAY_MS);
  }

  List<PredictedFunding> predicted() {
    long next =
        exchange.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)).toEpochMilli();
    return universe.of(Leg.PERP).stream()
        .map(perp ->
            new PredictedFunding(
                perp.wireName(),
                List.of(
                    new PredictedFunding.Venue(
                        "HlPerp",
                        exchange
                            .fundingRate(perp.id())
                            .map(rate ->
                                new PredictedFunding.Estimate(
                                    rate.perHour(), next, Optional.of(1L)))))))
        .toList();
  }

  // ---- spot

  SpotMetaAndContexts spots() {
    return new SpotMetaAndContexts(
        universe.spotMeta(), universe.of(Leg.SPOT).stream().map(this::spotContext).toList());
  }

  SpotMetaAndContexts.Context spotContext(Instrument spot) {
    Optional<BigDecimal> mid =
        Universe.InstrumentValuation.mid(exchange.book(spot.id())).map(Price::value);
    BigDecimal mark = mid.orElse(BigDecimal.ZERO);
    BigDecimal volume = tape.dayVolume(spot.wireName(), exchange.now());
    return new SpotMetaAndContexts.Context(
        spot.wireName(),
        tape.dayAgo(spot.wireName(), exchange.now()).orElse(mark),
        volume.multiply(mark),
        mark,
        mid,
        SUPPLY,
        SUPPLY,
        volume);
  }

  // ---- books

  AllMids mids() {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    for (Instrument instrument : universe.all()) {
      Universe.InstrumentValuation.mid(exchange.book(instrument.id()))
          .ifPresent(mid -> prices.put(instrument.wireName(), mid.value()));
    }
    return new AllMids(prices);
  }

  L2Book book(Instrument instrument, Optional<Aggregation> aggregation) {
    BookSnapshot book = exchange.book(instrument.id());
    return new L2Book(
        instrument.wireName(),
        exchange.now().toEpochMilli(),
        levels(book.bids(), aggregation, RoundingMode.FLOOR),
        levels(book.asks(), aggregation, RoundingMode.CEILING));
  }

  BestPrices best(Instrument instrument) {
    BookSnapshot book = exchange.book(instrument.id());
    return new BestPrices(
        instrument.wireName(),
        exchange.now().toEpochMilli(),
        levels(book.bids(), Optional.empty(), RoundingMode.FLOOR).stream().findFirst(),
        levels(book.asks(), Optional.empty(), RoundingMode.CEILING).stream().findFirst());
  }

  /** So many figures, and with five of them steps of two or five of the last. */
  record Aggregation(int figures, int mantissa) {
    BigDecimal round(BigDecimal price, RoundingMode away) {
      BigDecimal step =
          BigDecimal.ONE
              .scaleByPowerOfTen(price.precision() - price.scale() - figures)
              .multiply(BigDecimal.valueOf(mantissa));
      return price.divide(step, 0, away).multiply(step).round(new MathContext(figures + 1));
    }
  }

  private static List<L2Book.Level> levels(
      List<PriceLevel> side, Optional<Aggregation> aggregation, RoundingMode away) {
    Map<BigDecimal, L2Book.Level> joined = new LinkedHashMap<>();
    for (PriceLevel level : side) {
      BigDecimal own = level.price().plain();
      BigDecimal price = aggregation.map(by -> by.round(own, away)).orElse(own);
      joined.merge(
          price.stripTrailingZeros(),
          new L2Book.Level(price, level.quantity().value(), 1),
          (one, more) ->
              new L2Book.Level(
                  one.price(), one.size().add(more.size()), one.orders() + more.orders()));
    }
    List<L2Book.Level> levels = new ArrayList<>(joined.values());
    return levels.subList(0, Math.min(LEVELS, levels.size()));
  }
}
