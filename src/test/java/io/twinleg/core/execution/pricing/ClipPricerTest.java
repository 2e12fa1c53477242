package io.twinleg.core.execution.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.6 and 2.3: prices and sizes of a clip of 200 on F0's books. */
class ClipPricerTest {
  private static final BigDecimal MAKER = new BigDecimal("0.0004");

  /** A clip in the making; every setter changes one thing. */
  private static final class Clip {
    private final MarketDataCache markets = new MarketDataCache(1);
    private WorkingOrders orders = WorkingOrders.NONE;
    private LegSequence sequence = LegSequence.SPOT_FIRST;
    private TimeInForce tif = TimeInForce.ALO;
    private int offset = 1;
    private int postOnlyRejects;
    private String slippageBps = "20";
    private String residual = "0";
    private String clip = "200";
    private String maxClip = "203";
    private long events;

    Clip() {
      apply(new Event.InstrumentsResolved(FixtureF0.HYPE, 3, FixtureF0.SPOT, FixtureF0.PERP));
      book(Leg.SPOT, FixtureF0.book("40.000", "40.010"));
      book(Leg.PERP, FixtureF0.book("40.020", "40.030"));
    }

    private void apply(Event event) {
      events++;
      markets.apply(new SequencedEvent(events, FixtureF0.T0, FixtureF0.T0, event));
    }

    Clip book(Leg leg, BookSnapshot book) {
      apply(new Event.BookUpdated((leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP).id(), book));
      return this;
    }

    Clip sequence(LegSequence other) {
      sequence = other;
      return this;
    }

    Clip tif(TimeInForce other) {
      tif = other;
      return this;
    }

    Clip offset(int ticks) {
      offset = ticks;
      return this;
    }

    Clip postOnlyRejects(int inARow) {
      postOnlyRejects = inARow;
      return this;
    }

    Clip slippage(String bps) {
      slippageBps = bps;
      return this;
    }

    Clip residual(String perpUnits) {
      residual = perpUnits;
      return this;
    }

    Clip clip(String usd) {
      clip = usd;
      return this;
    }

    Clip maxClip(String usd) {
      maxClip = usd;
      return this;
    }

    Clip ownBid(String price, String size) {
      ClientOrderId id =
          ClientOrderId.of(new OrderIdTag("0000beef"), 3, Leg.SPOT, OrderPurpose.ENTRY, 9, 0);
      PlaceOrder order =
          new PlaceOrder(
              id,
              FixtureF0.SPOT.id(),
              Side.BUY,
              Price.of(price),
              Quantity.of(size),
              TimeInForce.ALO,
              false,
              OrderPurpose.ENTRY);
      orders =
          orders
              .sent(order, FixtureF0.T0)
              .apply(
                  new SequencedEvent(
                      1, FixtureF0.T0, FixtureF0.T0, new Event.OrderAccepted(id, 61)))
              .orders();
      return this;
    }

    String text() {
      ExecutionSettings settings =
          new ExecutionSettings(
              offset,
              tif,
              Duration.ofMillis(800),
              Duration.ofSeconds(30),
              Duration.ofSeconds(5),
              Duration.ofMillis(1500),
              2,
              true,
              Duration.ofSeconds(300),
              new BigDecimal(slippageBps),
              LegMode.SPOT_FIRST,
              Usd.of(maxClip),
              BigDecimal.ONE);
      ClipPricer pricer =
          new ClipPricer(
              markets.market(FixtureF0.HYPE).orElseThrow(),
              orders,
              settings,
              sequence,
              postOnlyRejects);
      Optional<EntryClip> plan = pricer.plan(Usd.of(clip), Quantity.of(residual), MAKER);
      return plan.map(Clip::text).orElse("none");
    }

    private static String text(EntryClip plan) {
      return "buy %s at %s, sell %s at %s, needs %s, orders %d"
          .formatted(
              plan.spot(),
              plan.spotPrice(),
              plan.perp(),
              plan.perpPrice(),
              plan.mustTake(),
              plan.orders());
    }
  }

  private record Row(String name, UnaryOperator<Clip> clip, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, UnaryOperator<Clip> clip, String expected) {
    return new Row(name, clip, expected);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "spot_first: a bid one tick better, against the perp's bid",
            clip -> clip,
            "buy 4.99 at 40.001, sell 4.99 at 40.02, needs [SELL], orders 1"),
        row(
            "perp_first: an offer one tick better, against the spot's offer",
            clip -> clip.sequence(LegSequence.PERP_FIRST),
            "buy 4.99 at 40.01, sell 4.99 at 40.029, needs [BUY], orders 1"),
        row(
            "both: a quote on each leg",
            clip -> clip.sequence(LegSequence.BOTH),
            "buy 4.99 at 40.001, sell 4.99 at 40.029, needs [SELL, BUY], orders 2"),
        row(
            "batch: both at the best price of the other side",
            clip -> clip.sequence(LegSequence.BATCH),
            "buy 4.99 at 40.01, sell 4.99 at 40.02, needs [SELL, BUY], orders 2"),
        row(
            "batch: no more than every book gives within the cap",
            clip ->
                clip.sequence(LegSequence.BATCH)
                    .book(Leg.SPOT, FixtureF0.touch("40.000", "3.1", "40.010", "3")),
            "buy 3 at 40.01, sell 3 at 40.02, needs [SELL, BUY], orders 2"),
        row(
            "batch: what the books leave too small for an order stays whole, the depth check names"
                + " it",
            clip ->
                clip.sequence(LegSequence.BATCH)
                    .book(Leg.SPOT, FixtureF0.touch("40.000", "0.25", "40.010", "3")),
            "buy 4.99 at 40.01, sell 4.99 at 40.02, needs [SELL, BUY], orders 2"),
        row(
            "batch: at the slippage cap, too, it keeps within 1.01 x clip",
            clip -> clip.sequence(LegSequence.BATCH).slippage("200"),
            "buy 4.95 at 40.4009901, sell 4.95 at 40.02, needs [SELL, BUY], orders 2"),
        row(
            "a residual is a part of the clip",
            clip -> clip.residual("0.10"),
            "buy 4.97 at 40.001, sell 4.97 at 40.02, needs [SELL], orders 1"),
        row(
            "what target and caps leave is less than a clip",
            clip -> clip.clip("80"),
            "buy 1.99 at 40.001, sell 1.99 at 40.02, needs [SELL], orders 1"),
        row(
            "max_clip_usd is less than what target and caps leave",
            clip -> clip.maxClip("121"),
            "buy 3.02 at 40.001, sell 3.02 at 40.02, needs [SELL], orders 1"),
        row(
            "an improvement of five ticks never crosses",
            clip -> clip.offset(5).book(Leg.SPOT, FixtureF0.book("40.000", "40.001")),
            "buy 4.99 at 40, sell 4.99 at 40.02, needs [SELL], orders 1"),
        row(
            "two post-only rejects: two ticks further from the offer",
            clip -> clip.postOnlyRejects(2).book(Leg.SPOT, FixtureF0.book("40.000", "40.002")),
            "buy 4.99 at 39.999, sell 4.99 at 40.02, needs [SELL], orders 1"),
        row(
            "a tif of Ioc may cross, within the slippage bound",
            clip -> clip.tif(TimeInForce.IOC).offset(500),
            "buy 4.98 at 40.085, sell 4.98 at 40.02, needs [SELL], orders 1"),
        row(
            "an own bid at the touch is not improved on",
            clip ->
                clip.ownBid("40.001", "2.50")
                    .book(
                        Leg.SPOT,
                        new BookSnapshot(
                            FixtureF0.touch("40.001", "2.50", "", "1").bids(),
                            FixtureF0.book("40.000", "40.010").asks())),
            "none"),
        row(
            "no bid of others on spot: no quote",
            clip -> clip.book(Leg.SPOT, FixtureF0.touch("", "1", "40.010", "500")),
            "none"),
        row(
            "no bid on the perp: nothing to hedge with",
            clip -> clip.book(Leg.PERP, FixtureF0.touch("", "1", "40.030", "500")),
            "none"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    assertThat(row.clip().apply(new Clip()).text()).isEqualTo(row.expected());
  }

  @ParameterizedTest(name = "{0} perp as a taker: buys {1}, keeps {2}, delta {3}")
  @CsvSource({
    "4.99, 4.99, 4.986507, -0.003493",
    "499, 499.35, 499.000455, 0.000455",
  })
  void spotIsBoughtGrossOfTheTakerFee(String perp, String gross, String net, String delta) {
    BigDecimal taker = ClipSizer.feeInBase(true, FixtureF0.FEES, false);
    Quantity bought = ClipSizer.spotToBuy(Quantity.of(perp), FixtureF0.SPOT, BigDecimal.ONE, taker);
    Quantity owned = bought.times(BigDecimal.ONE.subtract(taker));
    HedgeImbalance gap =
        HedgeImbalance.of(
            owned,
            Quantity.of(perp),
            BigDecimal.ONE,
            FixtureF0.SPOT,
            FixtureF0.PERP,
            Price.of("40"));
    assertThat(bought).isEqualTo(Quantity.of(gross));
    assertThat(owned).isEqualTo(Quantity.of(net));
    assertThat(gap.value()).isEqualTo(Quantity.of(delta));
    assertThat(gap.isUnhedged()).isFalse();
  }

  @ParameterizedTest(name = "fee in base {0}, maker {1}: {2}")
  @CsvSource({"true, true, 0.0004", "true, false, 0.0007", "false, true, 0", "false, false, 0"})
  void feeInBase(boolean charged, boolean maker, String fee) {
    assertThat(ClipSizer.feeInBase(charged, FixtureF0.FEES, maker)).isEqualByComparingTo(fee);
  }

  @ParameterizedTest(name = "of {1} owned, {0} perp at a hedge ratio of {2}: sells {3}")
  @CsvSource({
    "4.99, 4.988004, 1, 4.98",
    "2.00, 4.988004, 1, 2",
    "5.00, 9.00, 1.25, 4",
  })
  void neverMoreSpotIsSoldThanIsOwned(String perp, String owned, BigDecimal ratio, String sold) {
    assertThat(ClipSizer.spotToSell(Quantity.of(perp), FixtureF0.SPOT, ratio, Quantity.of(owned)))
        .isEqualTo(Quantity.of(sold));
  }

  @ParameterizedTest(name = "{0} owned at {1}: {2} can be sold")
  @CsvSource({
    "0.22, 40, 0",
    "0.25, 40.1, 0",
    "0.25, 40.17, 0.25",
    "4.988004, 40, 4.98",
    "0.009, 5000, 0",
  })
  void lessThanTheMinimumAtTheWorstPriceIsDust(String owned, String price, String sellable) {
    assertThat(
            ClipSizer.sellableSpot(
                Quantity.of(owned), FixtureF0.SPOT, Price.of(price), new BigDecimal("20")))
        .isEqualTo(Quantity.of(sellable));
  }
}
