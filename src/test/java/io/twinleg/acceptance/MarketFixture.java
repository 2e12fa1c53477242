package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.NetworkModel;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.ScriptedFaults;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The market of fixture F0 (specification 3) and the account's owner, both moved by the test.
 * Everything happens at the exchange's present instant unless a delay is named.
 */
final class MarketFixture {
  static final Instant T0 = FixtureF0.T0;
  static final VenueId ASTER = new VenueId("aster");

  /** Not what lies at the first venue. */
  private static final Usd ASTER_SPOT = Usd.of("700");

  private static final Usd ASTER_PERP = Usd.of("600");

  private final ScriptedWorld world;
  private final List<Instrument> instruments = new ArrayList<>(FixtureF0.instruments());
  private final ScriptedFaults faults = new ScriptedFaults();
  private FeeSchedule fees = FixtureF0.FEES;
  private Usd spotWallet = FixtureF0.BALANCE;
  private Usd perpWallet = FixtureF0.BALANCE;
  private final Map<VenueId, AccountId> accounts = new TreeMap<>(Map.of(VenueId.FIRST, ACCOUNT));
  private Exchange exchange;
  private boolean ownerTrades;
  private boolean disputed;

  private MarketFixture(ScriptedWorld world) {
    this.world = world;
  }

  static MarketFixture f0() {
    return new MarketFixture(FixtureF0.world());
  }

  // ---- before the exchange opens

  /** Another coin beside HYPE; its books are whatever the test quotes. */
  MarketFixture listing(Instrument spot, Instrument perp) {
    instruments.add(spot);
    instruments.add(perp);
    return this;
  }

  /** A second venue over the same exchange, with a coin, wallets and fees of its own. */
  MarketFixture listingAtAster(Instrument spot, Instrument perp) {
    accounts.put(ASTER, new AccountId("aster"));
    return listing(spot, perp);
  }

  /** What a run connects with: each venue's account. */
  List<SimulatedVenue.Branch> branches() {
    return accounts.entrySet().stream()
        .map(each ->
            new SimulatedVenue.Branch(
                each.getKey(), each.getValue(), SimulatedVenueSettings.STANDARD))
        .toList();
  }

  MarketFixture wallets(String spotUsd, String perpUsd) {
    spotWallet = Usd.of(spotUsd);
    perpWallet = Usd.of(perpUsd);
    return this;
  }

  MarketFixture fees(String spotMaker, String spotTaker, String perpMaker, String perpTaker) {
    fees =
        new FeeSchedule(
            new BigDecimal(spotMaker),
            new BigDecimal(spotTaker),
            new BigDecimal(perpMaker),
            new BigDecimal(perpTaker));
    return this;
  }

  /** Every hour before the start settled at this rate. */
  MarketFixture settledBefore(String hourlyRate, int hours) {
    world.settledBefore(Rate.hourly(hourlyRate), hours);
    return this;
  }

  /** The same of one coin alone. */
  MarketFixture settledBefore(Instrument perp, String hourlyRate, int hours) {
    Instant newest = T0.truncatedTo(ChronoUnit.HOURS);
    List<FundingHour> past = new ArrayList<>();
    for (int ago = hours - 1; ago >= 0; ago--) {
      past.add(new FundingHour(newest.minus(Duration.ofHours(ago)), Rate.hourly(hourlyRate)));
    }
    world.history(perp.id(), past);
    return this;
  }

  /** Opens at the first call. */
  Exchange exchange() {
    if (exchange == null) {
      exchange = new Exchange(instruments, fees, world, NetworkModel.Latency.STANDARD, faults);
      exchange.admin().open(ACCOUNT, spotWallet, perpWallet);
      if (accounts.containsKey(ASTER)) {
        exchange
            .admin()
            .open(accounts.get(ASTER), ASTER_SPOT, ASTER_PERP, AsterInstruments.FEES, null);
      }
    }
    return exchange;
  }

  List<Instrument> instruments() {
    return List.copyOf(instruments);
  }

  Instant now() {
    return exchange == null ? T0 : exchange.now();
  }

  // ---- the market

  MarketFixture change(Consumer<WorldGateway> move) {
    world.at(now(), move);
    return this;
  }

  MarketFixture inMillis(long delay, Consumer<WorldGateway> move) {
    world.at(now().plusMillis(delay), move);
    return this;
  }

  /** 500 at the touch and at each of the next two levels. */
  MarketFixture spotQuotes(String bid, String ask) {
    return change(world -> world.quote(SPOT, FixtureF0.book(bid, ask)));
  }

  MarketFixture perpQuotes(String bid, String ask) {
    return change(world -> world.quote(PERP, FixtureF0.book(bid, ask)));
  }

  MarketFixture quotes(Instrument instrument, BookSnapshot book) {
    return change(world -> world.quote(instrument, book));
  }

  MarketFixture oracle(String price) {
    return change(world -> world.oracle(PERP, Price.of(price)));
  }

  /** The rate of every perp from now on, an hour. */
  MarketFixture funding(String hourlyRate) {
    world.fundingRate(now(), Rate.hourly(hourlyRate));
    return this;
  }

  /** The rate of one perp from now on. */
  MarketFixture funding(Instrument perp, String hourlyRate) {
    world.fundingRate(perp.id(), now(), Rate.hourly(hourlyRate));
    return this;
  }

  MarketFixture fundingAt(Duration afterStart, String hourlyRate) {
    world.fundingRate(afterStart, Rate.hourly(hourlyRate));
    return this;
  }

  /** A taker sells spot into the bids, ours first where it is the best. */
  MarketFixture takerSellsSpot(String quantity) {
    return takerTrades(SPOT, Side.SELL, "39.000", quantity);
  }

  MarketFixture takerBuysPerp(String upTo, String quantity) {
    return takerTrades(PERP, Side.BUY, upTo, quantity);
  }

  MarketFixture takerTrades(Instrument instrument, Side side, String limit, String quantity) {
    return change(world -> world.trade(instrument, side, Price.of(limit), Quantity.of(quantity)));
  }

  // ---- what goes wrong

  ScriptedFaults faults() {
    return faults;
  }

  /** The venue rejects the next order of this leg of HYPE. */
  MarketFixture rejectsNext(Leg leg, RejectReason reason, String text) {
    faults.rejectNext(new InstrumentId(FixtureF0.HYPE, leg), reason, text);
    return this;
  }

  // ---- the account's owner

  List<ExecutionReport> byHand(Request request) {
    ownerTrades = true;
    return exchange().admin().executeManually(ACCOUNT, request);
  }

  List<ExecutionReport> byHand(
      Instrument instrument, Side side, String price, String quantity, TimeInForce timeInForce) {
    return byHand(Request.Place.manual(instrument.id(), side, price, quantity, timeInForce));
  }

  /** The venue closes so much of the short in the book. */
  MarketFixture liquidates(String quantity) {
    exchange().admin().liquidate(ACCOUNT, PERP.id(), Quantity.of(quantity));
    return this;
  }

  /** The venue closes so much of the short at the mark, outside the book. */
  MarketFixture deleverages(String quantity) {
    exchange().admin().deleverage(ACCOUNT, PERP.id(), Quantity.of(quantity));
    return this;
  }

  MarketFixture givesCoins(String quantity) {
    ownerTrades = true;
    exchange().admin().depositCoins(ACCOUNT, SPOT.id(), Quantity.of(quantity));
    return this;
  }

  MarketFixture moves(String usd, Leg from) {
    exchange().admin().move(ACCOUNT, Usd.of(usd), from);
    return this;
  }

  MarketFixture withdraws(String usd, Leg from) {
    if (!exchange().admin().withdraw(ACCOUNT, Usd.of(usd), from)) {
      throw new AssertionError("not free in " + from + ": " + usd);
    }
    return this;
  }

  MarketFixture status(Instrument instrument, boolean delisted, boolean halted) {
    exchange().admin().setStatus(instrument.id(), delisted, halted);
    return this;
  }

  /**
   * From here on the fills do not show what is whose: our coins were sold by hand, or a carry made
   * by hand is adopted. The scenario itself states what the ledger must be.
   */
  MarketFixture disputed() {
    disputed = true;
    return this;
  }

  boolean isDisputed() {
    return disputed;
  }

  /** Whether anything on the account may be the owner's own. */
  boolean ownerTrades() {
    return ownerTrades;
  }

  AuditSnapshot account() {
    return account(VenueId.FIRST);
  }

  AuditSnapshot account(VenueId venue) {
    return exchange().audit(accounts.get(venue));
  }

  Set<VenueId> venues() {
    return accounts.keySet();
  }

  /** Nothing reaches the venue any more, and nothing comes from it. */
  void away(VenueId venue) {
    faults.away(accounts.get(venue));
  }

  void back(VenueId venue) {
    faults.back(accounts.get(venue));
  }
}
