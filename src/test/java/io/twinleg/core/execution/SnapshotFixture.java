package io.twinleg.core.execution;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.EntryAssessment.Verdict;
import io.twinleg.core.execution.orders.OrderOutcome;
import io.twinleg.core.execution.orders.RejectPolicy;
import io.twinleg.core.execution.orders.UnknownOrder;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.TargetPosition.Stance;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of F0's market at 12:10:00: flat, no order working, funding positive, every entry
 * check passed. No two fields have the same value. Every setter changes one thing; durations are
 * counted from the snapshot's own instant.
 */
final class SnapshotFixture {
  static final Instant NOW = FixtureF0.T0;

  /** Spot 4.99 at 40.001 against perp 4.98 at 40.029. */
  private static final EntryClip CLIP =
      new EntryClip(
          Usd.of("199.8"),
          Quantity.of("4.99"),
          Price.of("40.001"),
          Quantity.of("4.98"),
          Price.of("40.029"),
          List.of(Side.SELL),
          1);

  private final MarketDataCache markets = new MarketDataCache(1);
  private final Portfolio portfolio = new Portfolio();
  private Instant now = NOW;
  private long sequence = 1000;

  private Verdict nextClip = new Verdict.Allowed(CLIP);
  private @Nullable Denial interruption;
  private @Nullable Denial full;
  private boolean rateLeft = true;
  private boolean quotaSpent;
  private boolean gapTooWide;

  private WorkingOrders orders = WorkingOrders.NONE;
  private final List<OrderOutcome> ended = new ArrayList<>();
  private PairHistory history = PairHistory.NONE;
  private RejectPolicy rejects = RejectPolicy.NONE;
  private Stance stance = Stance.ENTER;
  private boolean worthFinishing = true;
  private RiskDirective directive = RiskDirective.NONE;
  private LegMode legMode = LegMode.SPOT_FIRST;
  private boolean batchAcrossLegs = true;
  private boolean stopping;
  private BigDecimal hedgeRatio = BigDecimal.ONE;

  SnapshotFixture() {
    apply(new Event.InstrumentsResolved(FixtureF0.HYPE, 3, FixtureF0.SPOT, FixtureF0.PERP));
    apply(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    apply(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("40.400"), Price.of("40.300")));
    fundingRate("0.00003");
  }

  private SnapshotFixture apply(Event event) {
    sequence++;
    markets.apply(new SequencedEvent(sequence, now, now, event));
    return this;
  }

  // ---- time and market

  /** Of 5 January 2026, UTC. */
  SnapshotFixture at(String time) {
    now = Instant.parse("2026-01-05T" + time + "Z");
    return this;
  }

  SnapshotFixture fundingRate(String hourly) {
    return apply(new Event.FundingRateUpdated(FixtureF0.PERP.id(), Rate.hourly(hourly)));
  }

  /** One level each side; an empty text leaves the side out. */
  SnapshotFixture book(Leg leg, String bid, String bidSize, String ask, String askSize) {
    return apply(
        new Event.BookUpdated(instrument(leg).id(), FixtureF0.touch(bid, bidSize, ask, askSize)));
  }

  /** Only the perp's mark is left to price by. */
  SnapshotFixture emptyBooks() {
    return book(Leg.SPOT, "", "1", "", "1").book(Leg.PERP, "", "1", "", "1");
  }

  SnapshotFixture tradingHalted() {
    return apply(new Event.TradingHalted(FixtureF0.PERP.id(), false, true));
  }

  private static Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
  }

  // ---- what is held

  SnapshotFixture held(String ownedSpot, String shortPerp) {
    return heldAt(ownedSpot, "40.500", shortPerp, "40.600");
  }

  /** With what a coin was bought and a perp unit sold at. */
  SnapshotFixture heldAt(String ownedSpot, String bought, String shortPerp, String sold) {
    portfolio.correct(
        new PositionAdjustment(
            FixtureF0.HYPE,
            "adopted",
            Quantity.of(shortPerp),
            Quantity.ZERO,
            Quantity.of(ownedSpot),
            Price.of(sold),
            Price.of(bought)));
    return this;
  }

  // ---- entry checks, target and risk

  SnapshotFixture denied(EntryCheck check, String reason) {
    nextClip = new Verdict.Denied(Denial.blocked(check, reason, "0.05", "0.10"));
    return this;
  }

  /** The next clip's perp order is worth less than the venue takes. */
  SnapshotFixture clipBelowMinimum() {
    nextClip =
        new Verdict.Allowed(
            new EntryClip(
                Usd.of("10.05"),
                Quantity.of("0.251"),
                Price.of("40.001"),
                Quantity.of("0.25"),
                Price.of("40.029"),
                List.of(Side.SELL),
                1));
    return this;
  }

  SnapshotFixture notEvaluated() {
    nextClip = EntryAssessment.NOT_EVALUATED;
    return this;
  }

  SnapshotFixture interrupted() {
    interruption = Denial.blocked(EntryCheck.DATA_FRESH, "stale_data", "perp_book", "fresh");
    return this;
  }

  SnapshotFixture full() {
    full = Denial.blocked(EntryCheck.TARGET_REACHED, "target_reached", "299", "300");
    return this;
  }

  SnapshotFixture noOrderRateLeft() {
    rateLeft = false;
    return this;
  }

  SnapshotFixture noQuotaLeft() {
    quotaSpent = true;
    return this;
  }

  SnapshotFixture booksApart() {
    gapTooWide = true;
    return this;
  }

  SnapshotFixture stance(Stance other) {
    stance = other;
    return this;
  }

  SnapshotFixture rateFellFarBelowEntry() {
    worthFinishing = false;
    return this;
  }

  SnapshotFixture directive(RiskDirective.Strength strength, String share) {
    directive = new RiskDirective(strength, "margin", new BigDecimal(share));
    return this;
  }

  SnapshotFixture stopping() {
    stopping = true;
    return this;
  }

  // ---- settings

  SnapshotFixture legMode(LegMode other) {
    legMode = other;
    return this;
  }

  SnapshotFixture noBatchAcrossLegs() {
    batchAcrossLegs = false;
    return this;
  }

  SnapshotFixture hedgeRatio(String other) {
    hedgeRatio = new BigDecimal(other);
    return this;
  }

  // ---- history

  SnapshotFixture history(UnaryOperator<PairHistory> change) {
    history = change.apply(history);
    return this;
  }

  SnapshotFixture rejects(RejectPolicy other) {
    rejects = other;
    return this;
  }

  /** The round has bought and sold this much so far. */
  SnapshotFixture roundFilled(String spot, String perp) {
    history = history.filled(fill(Leg.SPOT, Side.BUY, "40.001", spot, 71));
    history = history.filled(fill(Leg.PERP, Side.SELL, "40.020", perp, 72));
    return this;
  }

  private static Fill fill(Leg leg, Side side, String price, String size, long orderId) {
    return new Fill(
        Optional.of(id(leg, OrderPurpose.ENTRY, orderId)),
        instrument(leg).id(),
        side,
        Price.of(price),
        Quantity.of(size),
        new Fee(new BigDecimal("0.002"), Fee.Token.QUOTE),
        true,
        orderId,
        orderId + 10,
        NOW);
  }

  // ---- orders

  private static ClientOrderId id(Leg leg, OrderPurpose purpose, long number) {
    return ClientOrderId.of(new OrderIdTag("0000beef"), 3, leg, purpose, number, 0);
  }

  /** Sent; an order that may rest is accepted too. The number is the one of its name. */
  SnapshotFixture order(
      long number,
      OrderPurpose purpose,
      Leg leg,
      Side side,
      String size,
      String price,
      TimeInForce tif,
      Duration age) {
    PlaceOrder order = placed(number, purpose, leg, side, size, price, tif);
    orders = orders.sent(order, now.minus(age));
    if (tif != TimeInForce.IOC) {
      orders =
          orders
              .apply(at(now.minus(age), new Event.OrderAccepted(order.order(), number + 500)))
              .orders();
    }
    return this;
  }

  private SequencedEvent at(Instant when, Event event) {
    sequence++;
    return new SequencedEvent(sequence, when, when, event);
  }

  private static PlaceOrder placed(
      long number,
      OrderPurpose purpose,
      Leg leg,
      Side side,
      String size,
      String price,
      TimeInForce tif) {
    return new PlaceOrder(
        id(leg, purpose, number),
        instrument(leg).id(),
        side,
        Price.of(price),
        Quantity.of(size),
        tif,
        leg == Leg.PERP && side == Side.BUY,
        purpose);
  }

  /** A spot bid of ours of 2.50, resting for so long. */
  SnapshotFixture bid(long number, String price, Duration age) {
    return order(
        number, OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, "2.50", price, TimeInForce.ALO, age);
  }

  SnapshotFixture take(long number, OrderPurpose purpose, Leg leg, Side side, String size) {
    String price = side == Side.BUY ? "40.085" : "39.945";
    return order(number, purpose, leg, side, size, price, TimeInForce.IOC, Duration.ofMillis(50));
  }

  SnapshotFixture cancelling(long number) {
    orders = orders.cancelSent(working(number), now.minusMillis(60));
    return this;
  }

  private ClientOrderId working(long number) {
    return orders.all().stream()
        .filter(order -> TransitionText.number(order.id()) == number)
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** The outcome of the order is unknown for so long; nothing was queried yet. */
  SnapshotFixture unknown(long number, Duration age) {
    return unknown(number, UnknownOrder.since(now.minus(age)));
  }

  SnapshotFixture unknown(long number, UnknownOrder how) {
    orders = orders.markUnknown(working(number), how);
    return this;
  }

  /** Ended with this event, rejected. */
  SnapshotFixture rejected(OrderPurpose purpose, Leg leg, Side side, RejectReason reason) {
    PlaceOrder order = placed(90, purpose, leg, side, "2.00", "40.000", TimeInForce.IOC);
    ended.add(
        WorkingOrders.NONE
            .sent(order, now)
            .reject(order.order(), reason, "no")
            .ended()
            .orElseThrow());
    return this;
  }

  /** Ended with this event, with so much of 2.00 filled. */
  SnapshotFixture filledInPart(OrderPurpose purpose, Leg leg, Side side, String size) {
    PlaceOrder order = placed(91, purpose, leg, side, "2.00", "40.000", TimeInForce.IOC);
    WorkingOrders sent = WorkingOrders.NONE.sent(order, now);
    if (Quantity.of(size).isPositive()) {
      Fill fill =
          new Fill(
              Optional.of(order.order()),
              order.instrument(),
              side,
              order.price(),
              Quantity.of(size),
              new Fee(new BigDecimal("0.003"), Fee.Token.QUOTE),
              false,
              83,
              84,
              now);
      sent = sent.apply(at(now, new Event.OrderFilled(fill))).orders();
    }
    ended.add(
        sent.apply(at(now, new Event.OrderEnded(order.order(), Quantity.of(size), "canceled")))
            .ended()
            .orElseThrow());
    return this;
  }

  // ---- the snapshot

  Instant now() {
    return now;
  }

  PairSnapshot build() {
    PairMarketData market = markets.market(FixtureF0.HYPE).orElseThrow();
    Price price = market.perpValue().orElseThrow();
    ExecutionSettings settings = settings();
    return new PairSnapshot(
        new PairSnapshot.Inputs(
            market,
            portfolio.ledger(FixtureF0.HYPE),
            price,
            new TargetPosition(
                stance,
                Usd.of("300"),
                worthFinishing,
                TargetPosition.Edge.UNKNOWN,
                Optional.empty()),
            directive,
            FixtureF0.FEES,
            new VenueCapabilities(batchAcrossLegs, true, false, false, true, AccountMode.CLASSIC),
            stopping,
            now),
        new EntryAssessment(nextClip, interruption, full, rateLeft, quotaSpent, gapTooWide, false),
        HedgeImbalance.of(
            portfolio.ledger(FixtureF0.HYPE).ownedSpot(),
            portfolio.ledger(FixtureF0.HYPE).shortPerp(),
            settings.hedgeRatio(),
            FixtureF0.SPOT,
            FixtureF0.PERP,
            price),
        orders,
        ended,
        history,
        rejects,
        settings,
        Duration.ofSeconds(240));
  }

  private ExecutionSettings settings() {
    return new ExecutionSettings(
        1,
        TimeInForce.ALO,
        Duration.ofMillis(800),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofMillis(1500),
        2,
        true,
        Duration.ofSeconds(300),
        new BigDecimal("20"),
        legMode,
        Usd.of("202"),
        hedgeRatio);
  }
}
