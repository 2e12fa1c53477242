package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.Filters;
import io.twinleg.wire.aster.SymbolRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The markets that this face lists, with the filters of the venue's {@code exchangeInfo} of January
 * 2026. The prices are where a synthetic world begins.
 */
public enum AsterInstruments {
  ASTER("0.7", 4, 20, 2, "0.00001 0.00001 1000", 2, "0.0001 0.0001 200", "15 1.05 0.95 0.05"),
  BTC("95000", 8, 100, 5, "0.01 0.01 10000000", 3, "0.1 1 1000000", "5 1.02 0.98 0.02"),
  ETH("3200", 8, 100, 4, "0.01 0.01 1000000", 3, "0.1 39.9 1000000", "5 1.02 0.98 0.02"),
  BNB("900", 8, 50, 3, "0.01 0.01 100000", 2, "0.1 6.6 100000", "5 1.02 0.98 0.02");

  /** The base tier, as documented; a spot buy pays it in the coin. */
  public static final FeeSchedule FEES =
      new FeeSchedule(
          new BigDecimal("0.00005"),
          new BigDecimal("0.0004"),
          new BigDecimal("0.0001"),
          new BigDecimal("0.00035"));

  static final String QUOTE = "USDT";

  /** The venue names its symbols, and numbers none. */
  private static final int NO_NUMBER = 0;

  private static final String TRADING = "TRADING";
  private static final List<String> TIFS = List.of("GTC", "IOC", "FOK", "GTX", "HIDDEN");

  /**
   * What all symbols share. A class of its own, since an enum's constants come before its statics.
   */
  private static final class Shared {
    static final BigDecimal LEAST_VALUE = BigDecimal.valueOf(5);
    static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
    static final BigDecimal MOST_AT_MARKET = BigDecimal.valueOf(100_000);
    static final BigDecimal SPOT_BAND_DOWN = new BigDecimal("0.2");
  }

  private final Price price;
  private final int fundingHours;
  private final int maxLeverage;
  private final int spotDecimals;
  private final int perpDecimals;
  private final Filters spot;
  private final Filters perp;
  private final BigDecimal takeBound;

  /**
   * @param spotPrices and {@code perpPrices}: tick, least and highest price
   * @param bands spot's upper band, the perp's upper and lower band, the bound of market orders
   */
  AsterInstruments(
      String price,
      int fundingHours,
      int maxLeverage,
      int spotDecimals,
      String spotPrices,
      int perpDecimals,
      String perpPrices,
      String bands) {
    this.price = Price.of(price);
    this.fundingHours = fundingHours;
    this.maxLeverage = maxLeverage;
    this.spotDecimals = spotDecimals;
    this.perpDecimals = perpDecimals;
    List<BigDecimal> band = numbers(bands);
    spot = filters(numbers(spotPrices), spotDecimals, band.get(0), Shared.SPOT_BAND_DOWN);
    perp = filters(numbers(perpPrices), perpDecimals, band.get(1), band.get(2));
    takeBound = band.get(3);
  }

  private static List<BigDecimal> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(BigDecimal::new).toList();
  }

  private static Filters filters(
      List<BigDecimal> prices, int decimals, BigDecimal up, BigDecimal down) {
    BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
    return new Filters(
        prices.get(0),
        prices.get(1),
        prices.get(2),
        step,
        step,
        Shared.MOST,
        Shared.MOST_AT_MARKET,
        Shared.LEAST_VALUE,
        up,
        down);
  }

  /** The name of both its legs. */
  public String symbol() {
    return name() + QUOTE;
  }

  public MarketId market() {
    return new MarketId(name());
  }

  static Optional<AsterInstruments> find(String symbol) {
    return Arrays.stream(values()).filter(each -> each.symbol().equals(symbol)).findFirst();
  }

  static Optional<AsterInstruments> find(InstrumentId id) {
    return Arrays.stream(values()).filter(each -> each.market().equals(id.market())).findFirst();
  }

  /** By the names that a configuration gives its legs: {@code BTC/USDT} and {@code BTCUSDT}. */
  public static Optional<AsterInstruments> find(String spot, String perp) {
    return Arrays.stream(values())
        .filter(each -> each.spotName().equals(spot) && each.symbol().equals(perp))
        .findFirst();
  }

  /** Of all coins, for the message about an unknown one. */
  public static List<String> names() {
    return Arrays.stream(values()).map(each -> each.spotName() + " with " + each.symbol()).toList();
  }

  private String spotName() {
    return name() + "/" + QUOTE;
  }

  /** One leg as a run has it that trades it without this face: with the least value of an order. */
  public Instrument instrument(InstrumentId id) {
    Instrument listed = instrument(id.leg());
    return new Instrument(
        id,
        id.leg() == Leg.SPOT ? spotName() : symbol(),
        listed.wireName(),
        listed.assetId(),
        listed.sizeDecimals(),
        listed.prices(),
        new Usd(Shared.LEAST_VALUE),
        listed.unitMultiplier(),
        listed.maxLeverage(),
        listed.onlyIsolated());
  }

  /** Of the perp, when a synthetic world begins. */
  public Price price() {
    return price;
  }

  /** How many hours the venue pays at once. */
  public int fundingHours() {
    return fundingHours;
  }

  /** Those of which an exchange trades both legs. */
  static List<AsterInstruments> tradedOn(Exchange exchange) {
    List<InstrumentId> traded = exchange.instruments().stream().map(Instrument::id).toList();
    return Arrays.stream(values())
        .filter(each -> traded.contains(each.id(Leg.SPOT)) && traded.contains(each.id(Leg.PERP)))
        .toList();
  }

  static AsterInstruments of(InstrumentId id) {
    return valueOf(id.market().name());
  }

  InstrumentId id(Leg leg) {
    return new InstrumentId(market(), leg);
  }

  Filters filters(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  int maxLeverage() {
    return maxLeverage;
  }

  BigDecimal takeBound() {
    return takeBound;
  }

  /** The face looks at the least value of an order itself: it exempts what reduces, at any size. */
  private Instrument instrument(Leg leg) {
    return new Instrument(
        id(leg),
        symbol(),
        symbol(),
        NO_NUMBER,
        leg == Leg.SPOT ? spotDecimals : perpDecimals,
        new PriceRule.FixedTick(Price.of(filters(leg).tick())),
        Usd.ZERO,
        BigDecimal.ONE,
        leg == Leg.SPOT ? 1 : maxLeverage,
        false);
  }

  /** All that is traded, for the exchange. */
  public static List<Instrument> instruments() {
    List<Instrument> all = new ArrayList<>();
    for (AsterInstruments each : values()) {
      all.add(each.instrument(Leg.SPOT));
      all.add(each.instrument(Leg.PERP));
    }
    return all;
  }

  /** All that is traded, for a synthetic world. */
  public static List<SyntheticWorld.Market> markets() {
    return Arrays.stream(values())
        .map(each ->
            new SyntheticWorld.Market(
                each.instrument(Leg.SPOT), each.instrument(Leg.PERP), each.price))
        .toList();
  }

  /** Of what another venue does not list. */
  public static List<SyntheticWorld.Market> marketsBeside(List<Instrument> others) {
    return markets().stream()
        .filter(each -> others.stream().noneMatch(other -> other.id().equals(each.perp().id())))
        .toList();
  }

  /** How many hours the venue pays at once. */
  public static int fundingHours(InstrumentId perp) {
    return of(perp).fundingHours();
  }

  /**
   * Another venue's instrument as an exchange of both trades it: of a coin that is listed here too,
   * by the finer tick, which is this one's, and the finer lot.
   */
  public static Instrument onBothGrids(Instrument theirs) {
    return find(theirs.id()).map(each -> each.onBothGrids(theirs, theirs.leg())).orElse(theirs);
  }

  private Instrument onBothGrids(Instrument theirs, Leg leg) {
    Instrument ours = instrument(leg);
    return new Instrument(
        theirs.id(),
        theirs.symbol(),
        theirs.wireName(),
        theirs.assetId(),
        Math.max(ours.sizeDecimals(), theirs.sizeDecimals()),
        ours.prices(),
        theirs.minNotional(),
        theirs.unitMultiplier(),
        theirs.maxLeverage(),
        theirs.onlyIsolated());
  }

  private SymbolRules rules(Leg leg) {
    return new SymbolRules(
        leg,
        symbol(),
        TRADING,
        name(),
        QUOTE,
        8,
        leg == Leg.SPOT
            ? BigDecimal.ZERO
            : new BigDecimal(100).divide(BigDecimal.valueOf(maxLeverage)),
        leg == Leg.SPOT ? BigDecimal.ZERO : takeBound,
        filters(leg),
        TIFS);
  }

  /** The venue's own test symbol: listed, without a book, not for trading. */
  private static SymbolRules internalTest() {
    return new SymbolRules(
        Leg.SPOT,
        "TESTUSDT",
        TRADING,
        "TEST",
        QUOTE,
        8,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        ASTER.spot,
        TIFS);
  }

  static ExchangeInfo info(Leg leg, List<AsterInstruments> listed) {
    List<SymbolRules> symbols = new ArrayList<>();
    listed.stream().map(each -> each.rules(leg)).forEach(symbols::add);
    if (leg == Leg.SPOT) {
      symbols.add(internalTest());
    }
    return new ExchangeInfo(leg, leg == Leg.SPOT ? SPOT_LIMITS : FUTURES_LIMITS, symbols);
  }

  private static final List<ExchangeInfo.RateLimit> SPOT_LIMITS =
      List.of(
          new ExchangeInfo.RateLimit("REQUEST_WEIGHT", "MINUTE", 1, 6000),
          new ExchangeInfo.RateLimit("ORDERS", "MINUTE", 1, 6000),
          new ExchangeInfo.RateLimit("ORDERS", "SECOND", 10, 1000));

  private static final List<ExchangeInfo.RateLimit> FUTURES_LIMITS =
      List.of(
          new ExchangeInfo.RateLimit("REQUEST_WEIGHT", "MINUTE", 1, 2400),
          new ExchangeInfo.RateLimit("ORDERS", "MINUTE", 1, 1200),
          new ExchangeInfo.RateLimit("ORDERS", "SECOND", 10, 300));
}
