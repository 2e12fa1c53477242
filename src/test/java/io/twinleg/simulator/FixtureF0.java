package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.NetworkModel.FaultModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixture F0 of specification 3: the market, its books, fees and rate, and the standard account.
 */
public final class FixtureF0 {
  public static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");
  public static final MarketId HYPE = new MarketId("HYPE");
  public static final Instrument SPOT = spot(HYPE, "HYPE/USDC", 107);
  public static final Instrument PERP = perp(HYPE, "HYPE", 159, 10);
  public static final FeeSchedule FEES =
      new FeeSchedule(
          new BigDecimal("0.0004"),
          new BigDecimal("0.0007"),
          new BigDecimal("0.00015"),
          new BigDecimal("0.00045"));
  public static final Rate FUNDING = Rate.hourly("0.00003");
  public static final Usd BALANCE = Usd.of("1000");
  public static final AccountId ACCOUNT = new AccountId("twinleg");

  /**
   * Not said by the fixture: the oracle follows the spot market, so it stands at the spot's mid.
   */
  public static final String ORACLE = "40.005";

  private static final String SIZE = "500";
  private static final int LEVELS = 3;

  private FixtureF0() {}

  /** Another market's legs, where a test needs two. */
  public static Instrument spot(MarketId market, String symbol, int index) {
    return new Instrument(
        InstrumentId.spot(market),
        symbol,
        "@" + index,
        10_000 + index,
        2,
        new PriceRule.SignificantFigures(8 - 2),
        Usd.of("10"),
        BigDecimal.ONE,
        1,
        false);
  }

  public static Instrument perp(MarketId market, String symbol, int asset, int maxLeverage) {
    return new Instrument(
        InstrumentId.perp(market),
        symbol,
        symbol,
        asset,
        2,
        new PriceRule.SignificantFigures(6 - 2),
        Usd.of("10"),
        BigDecimal.ONE,
        maxLeverage,
        false);
  }

  public static List<Instrument> instruments() {
    return List.of(SPOT, PERP);
  }

  /** Quotes at T0 and nothing after; the rate stands, and stood for 24 hours before. */
  public static ScriptedWorld world() {
    return ScriptedWorld.startingAt(T0)
        .at(Duration.ZERO, FixtureF0::open)
        .fundingRate(T0, FUNDING)
        .settledBefore(FUNDING, 24);
  }

  /** Quotes as the fixture says. */
  public static void open(WorldGateway gateway) {
    gateway.oracle(PERP, Price.of(ORACLE));
    gateway.quote(SPOT, book("40.000", "40.010"));
    gateway.quote(PERP, book("40.020", "40.030"));
  }

  /** 500 at the touch and at each of the next two levels, 0.010 apart. */
  public static BookSnapshot book(String bid, String ask) {
    return book(bid, ask, SIZE);
  }

  public static BookSnapshot book(String bid, String ask, String size) {
    return new BookSnapshot(side(Side.BUY, bid, size), side(Side.SELL, ask, size));
  }

  private static List<PriceLevel> side(Side side, String touch, String size) {
    List<PriceLevel> levels = new ArrayList<>();
    BigDecimal step = new BigDecimal("0.010").multiply(BigDecimal.valueOf(-side.sign()));
    for (int i = 0; i < LEVELS; i++) {
      BigDecimal price = new BigDecimal(touch).add(step.multiply(BigDecimal.valueOf(i)));
      levels.add(new PriceLevel(Price.of(price), Quantity.of(size)));
    }
    return levels;
  }

  /** One level each side, for a test that draws its own book; an empty text leaves the side out. */
  public static BookSnapshot touch(String bid, String bidSize, String ask, String askSize) {
    return new BookSnapshot(level(bid, bidSize), level(ask, askSize));
  }

  private static List<PriceLevel> level(String price, String size) {
    return price.isEmpty()
        ? List.of()
        : List.of(new PriceLevel(Price.of(price), Quantity.of(size)));
  }

  public static Exchange exchange(MarketModel world) {
    return exchange(world, FaultModel.NONE);
  }

  /** With the standard account: 1000 USDC in each wallet. */
  public static Exchange exchange(MarketModel world, FaultModel faults) {
    Exchange exchange =
        new Exchange(instruments(), FEES, world, NetworkModel.Latency.STANDARD, faults);
    exchange.admin().open(ACCOUNT, BALANCE, BALANCE);
    return exchange;
  }
}
