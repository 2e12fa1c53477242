package io.twinleg.core.risk;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Exposure.LegRisk;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.util.List;

/**
 * An order of F0's market and all that it is checked against; at first a spot entry of 2.02 at 40
 * that breaks no limit. Every setter changes one thing.
 */
final class RiskFixture {
  private static final ClientOrderId ID =
      ClientOrderId.of(new OrderIdTag("0000beef"), 3, Leg.SPOT, OrderPurpose.ENTRY, 77, 0);

  private final PreTradeRisk risk = new PreTradeRisk(settings());
  private final MarketDataCache markets = new MarketDataCache(1);
  private final Portfolio portfolio = new Portfolio();
  private long sequence;

  private Leg leg = Leg.SPOT;
  private Side side = Side.BUY;
  private OrderPurpose purpose = OrderPurpose.ENTRY;
  private TimeInForce timeInForce = TimeInForce.ALO;
  private boolean reduceOnly;
  private Price price = Price.of("40");
  private Quantity quantity = Quantity.of("2.02");

  private LegRisk spot = LegRisk.NONE;
  private LegRisk perp = LegRisk.NONE;
  private Quantity delta = Quantity.ZERO;
  private Usd elsewhere = Usd.ZERO;
  private boolean pooled;
  private Usd quoteReserved = Usd.ZERO;
  private Usd marginReserved = Usd.ZERO;
  private Usd target = Usd.of("299");
  private boolean widerExit;
  private BigDecimal hedgeRatio = BigDecimal.ONE;
  private boolean feeInBase = true;
  private RiskDirective directive = RiskDirective.NONE;
  private boolean stopping;

  RiskFixture() {
    this("1");
  }

  /**
   * @param coins are one unit of the perp
   */
  RiskFixture(String coins) {
    apply(
        new Event.InstrumentsResolved(
            FixtureF0.HYPE, 3, of(FixtureF0.SPOT, coins), of(FixtureF0.PERP, coins)));
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("40.40"), Price.of("40.30")));
    apply(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    apply(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    balances("1000", "1001");
  }

  static RiskSettings settings() {
    return new RiskSettings(
        Usd.of("300"),
        Usd.of("450"),
        Usd.of("50"),
        RiskSettings.OnDrawdown.HALT,
        1,
        20,
        new BigDecimal("0.03"),
        new RiskSettings.MarginBands(
            BigDecimal.ONE,
            new BigDecimal("0.6"),
            new BigDecimal("0.45"),
            new BigDecimal("0.3"),
            new BigDecimal("0.25")));
  }

  private RiskFixture apply(Event event) {
    sequence++;
    SequencedEvent next = new SequencedEvent(sequence, FixtureF0.T0, FixtureF0.T0, event);
    markets.apply(next);
    portfolio.apply(next);
    return this;
  }

  // ---- the order

  RiskFixture entry(Leg ofLeg) {
    return order(OrderPurpose.ENTRY, ofLeg, true);
  }

  RiskFixture hedge(Leg ofLeg) {
    return order(OrderPurpose.HEDGE, ofLeg, true);
  }

  RiskFixture repair(Leg ofLeg) {
    return order(OrderPurpose.REPAIR, ofLeg, true);
  }

  /** Of what stands alone: five coins, or five of the short. */
  RiskFixture unwind(Leg ofLeg) {
    delta = Quantity.of(ofLeg == Leg.SPOT ? "5" : "-5");
    return order(OrderPurpose.UNWIND, ofLeg, false);
  }

  RiskFixture exit(Leg ofLeg) {
    return order(OrderPurpose.EXIT, ofLeg, false);
  }

  private RiskFixture order(OrderPurpose of, Leg ofLeg, boolean opens) {
    purpose = of;
    leg = ofLeg;
    side = (ofLeg == Leg.SPOT) == opens ? Side.BUY : Side.SELL;
    reduceOnly = ofLeg == Leg.PERP && side == Side.BUY;
    timeInForce = opens ? timeInForce : TimeInForce.IOC;
    return this;
  }

  RiskFixture side(Side other) {
    side = other;
    return this;
  }

  RiskFixture reduceOnly(boolean flag) {
    reduceOnly = flag;
    return this;
  }

  RiskFixture timeInForce(TimeInForce other) {
    timeInForce = other;
    return this;
  }

  RiskFixture price(String other) {
    price = Price.of(other);
    return this;
  }

  RiskFixture quantity(String other) {
    quantity = Quantity.of(other);
    return this;
  }

  // ---- what it is checked against

  RiskFixture spot(String held, String adding, String reducing) {
    spot = sizes(spot, held, adding, reducing);
    return this;
  }

  RiskFixture perp(String held, String adding, String reducing) {
    perp = sizes(perp, held, adding, reducing);
    return this;
  }

  private static LegRisk sizes(LegRisk before, String held, String adding, String reducing) {
    return new LegRisk(
        Quantity.of(held),
        Quantity.of(adding),
        Quantity.of(reducing),
        before.invested(),
        before.worst());
  }

  RiskFixture spotUsd(String invested, String worst) {
    spot =
        new LegRisk(spot.held(), spot.adding(), spot.reducing(), Usd.of(invested), Usd.of(worst));
    return this;
  }

  RiskFixture perpUsd(String invested, String worst) {
    perp =
        new LegRisk(perp.held(), perp.adding(), perp.reducing(), Usd.of(invested), Usd.of(worst));
    return this;
  }

  RiskFixture delta(String other) {
    delta = Quantity.of(other);
    return this;
  }

  RiskFixture elsewhere(String usd) {
    elsewhere = Usd.of(usd);
    return this;
  }

  /** Of the account, for entries under way in other markets. */
  RiskFixture reserved(String quote, String margin) {
    quoteReserved = Usd.of(quote);
    marginReserved = Usd.of(margin);
    return this;
  }

  /** Quote and collateral are the same money. */
  RiskFixture pool(String free) {
    pooled = true;
    return balances(free, free);
  }

  RiskFixture target(String usd) {
    target = Usd.of(usd);
    return this;
  }

  RiskFixture wider() {
    widerExit = true;
    return this;
  }

  RiskFixture feeInQuote() {
    feeInBase = false;
    return this;
  }

  RiskFixture stopping() {
    stopping = true;
    return this;
  }

  RiskFixture directive(RiskDirective other) {
    directive = other;
    return this;
  }

  RiskFixture balances(String forSpot, String forPerp) {
    return apply(
        new Event.AccountReported(
            new AccountState(
                pooled,
                Usd.of(forSpot),
                Usd.of(forPerp),
                Usd.of("1002"),
                Usd.of("3"),
                Usd.of("1004"),
                List.of(),
                List.of(),
                List.of())));
  }

  /** One level each side; an empty text leaves the side out. */
  RiskFixture spotBook(String bid, String ask) {
    BookSnapshot book = FixtureF0.touch(bid, "7", ask, "8");
    return apply(new Event.BookUpdated(FixtureF0.SPOT.id(), book));
  }

  RiskFixture perpBook(String bid, String ask) {
    BookSnapshot book = FixtureF0.touch(bid, "9", ask, "6");
    return apply(new Event.BookUpdated(FixtureF0.PERP.id(), book));
  }

  /** So much of the spot is hedged. */
  RiskFixture ratio(String of) {
    hedgeRatio = new BigDecimal(of);
    return this;
  }

  private static Instrument of(Instrument like, String coins) {
    return new Instrument(
        like.id(),
        like.symbol(),
        like.wireName(),
        like.assetId(),
        like.sizeDecimals(),
        like.prices(),
        like.minNotional(),
        new BigDecimal(coins),
        like.maxLeverage(),
        like.onlyIsolated());
  }

  RiskFixture trading(boolean delisted, boolean halted) {
    return apply(new Event.TradingHalted(FixtureF0.PERP.id(), delisted, halted));
  }

  RiskFixture quotaLeft(long actions) {
    risk.quotas().of(VenueId.FIRST).report(new Event.BudgetReported(10_000 - actions, 10_000));
    return this;
  }

  /** So many orders more within this minute. */
  RiskFixture sent(int orders) {
    RiskFixture other = this;
    for (int i = 0; i < orders; i++) {
      if (!(other.check() instanceof PreTradeRisk.Result.Approved)) {
        throw new IllegalStateException("the fixture's order is denied: " + other.reason());
      }
    }
    return this;
  }

  // ---- the check

  PreTradeRisk.Result check() {
    Instrument instrument = leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
    OrderIntent intent =
        new OrderIntent(instrument, side, price, quantity, timeInForce, reduceOnly, purpose);
    RiskContext context =
        new RiskContext(
            markets.market(FixtureF0.HYPE).orElseThrow(),
            new Exposure(FixtureF0.HYPE, spot, perp, delta, Quantity.of("0.01")),
            elsewhere,
            new Funds(portfolio.account(), quoteReserved, marginReserved),
            FixtureF0.FEES,
            new RiskContext.Limits(
                target, new BigDecimal("20"), widerExit, 2, 2, hedgeRatio, feeInBase),
            directive,
            stopping,
            FixtureF0.T0);
    return risk.check(intent, ID, context);
  }

  /** Of the denial, or {@code approved}. */
  String reason() {
    return check() instanceof PreTradeRisk.Result.Denied denied
        ? denied.denial().reason()
        : "approved";
  }

  PreTradeRisk risk() {
    return risk;
  }

  int ordersLeft() {
    return risk.ordersLeft(FixtureF0.T0);
  }
}
