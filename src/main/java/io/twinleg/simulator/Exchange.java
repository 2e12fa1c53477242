package io.twinleg.simulator;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our own exchange. Nothing happens in it but when it is advanced; then everything happens in one
 * order: by time, and at one instant the world first, then what was entered earlier. All that
 * happens at one instant is one turn; when it is over, liquidations are made and everybody is told.
 */
public final class Exchange {
  /** A world that never lets an instant end would hang the run: it is stopped instead. */
  private static final int MOVES_AT_ONE_INSTANT_MAX = 1_000_000;

  private final MarketModel world;
  private final EventQueue agenda = new EventQueue();
  private final Accounts accounts;
  private final List<MarketListener> watchers = new ArrayList<>();
  private final Listings listings;
  private final NetworkModel wire;
  private final AccountSnapshots statements;
  private final Liquidations liquidations;
  private final RequestHandler requests;
  private final FundingClock funding;
  private final WorldGateway street;
  private final ExchangeAdmin backOffice;
  private Instant now;
  private boolean stirred;

  public Exchange(List<Instrument> instruments, FeeSchedule fees, MarketModel world) {
    this(instruments, fees, world, FundingIntervals.HOURLY);
  }

  public Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      FundingIntervals intervals) {
    this(instruments, fees, world, intervals, NetworkLatency.STANDARD, FaultModel.NONE);
  }

  public Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      NetworkLatency latency,
      FaultModel faults) {
    this(instruments, fees, world, FundingIntervals.HOURLY, latency, faults);
  }

  private Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      FundingIntervals intervals,
      NetworkLatency latency,
      FaultModel faults) {
    this.world = world;
    accounts = new Accounts(FeeTerms.of(fees));
    now = world.start();
    listings = new Listings(instruments);
    wire = new NetworkModel(latency, faults, agenda, this::now);
    Margin margin = new Margin(listings);
    MatchingEngine matching = new MatchingEngine(wire, this::now);
    OrderHandler desk =
        new OrderHandler(listings, new OrderValidator(margin), matching, wire, this::now);
    statements = new AccountSnapshots(margin);
    liquidations = new Liquidations(listings, margin, desk, matching);
    WalletTransfers transfers = new WalletTransfers(margin, wire, this::now);
    requests = new RequestHandler(listings, desk, margin, statements, transfers, wire);
    funding =
        new FundingClock(listings, accounts, wire, agenda, world, intervals, this::tellSettled);
    street = new ExchangeWorldGateway(listings, matching, this::now);
    backOffice =
        new ExchangeAdmin(
            accounts,
            listings,
            transfers,
            liquidations,
            matching,
            requests,
            wire,
            this::now,
            this::tellStatus,
            this::stir);
  }

  // ---- time

  public Instant now() {
    return now;
  }

  /** When something happens next, if nobody does anything before. */
  public Instant next() {
    Instant planned = agenda.next().orElse(Instant.MAX);
    Instant due = world.nextMove().filter(planned::isAfter).orElse(planned);
    return due.isBefore(now) ? now : due;
  }

  /** Lives through everything up to this instant, itself included, and stands there. */
  public void advanceTo(Instant until) {
    while (turnBy(until)) {}
    if (until.isAfter(now)) {
      now = until;
    }
  }

  /** One turn, if there is one by this instant. */
  public boolean turnBy(Instant until) {
    if (stirred) {
      endTurn();
    }
    Instant due = next();
    if (due.isAfter(until)) {
      return false;
    }
    now = due;
    for (int moves = 0; !next().isAfter(now); moves++) {
      if (moves == MOVES_AT_ONE_INSTANT_MAX) {
        throw new IllegalStateException("the world does not let " + now + " end");
      }
      act();
    }
    endTurn();
    return true;
  }

  private void act() {
    if (world.nextMove().filter(move -> !move.isAfter(now)).isPresent()) {
      world.move(street);
    } else {
      agenda.take().run();
    }
  }

  private void endTurn() {
    stirred = false;
    funding.refreshEstimates(now);
    accounts.all().forEach(liquidations::check);
    for (Account account : accounts.all()) {
      if (account.takeChanged()) {
        wire.stream(account, new ExecutionReport.AccountTold(statements.state(account)));
      }
    }
    watchers.forEach(watcher -> watcher.turned(now));
  }

  /**
   * Something was done from outside, between two turns: it is a turn of its own, and ends before
   * the next.
   */
  public void stir() {
    stirred = true;
  }

  /** Something of a test's or a venue's own, in its place in the order of events. */
  public void at(Instant time, Runnable action) {
    if (time.isBefore(now)) {
      throw new IllegalArgumentException(time + " is over: it is " + now);
    }
    agenda.add(time, action);
  }

  // ---- the market

  public List<Instrument> instruments() {
    return listings.instruments();
  }

  /** What whoever opens an account without terms of its own pays for its trades. */
  public FeeSchedule fees() {
    return accounts.usual().fees();
  }

  public FeeSchedule fees(AccountId account) {
    return accounts.get(account).terms().fees();
  }

  public NetworkLatency latency() {
    return wire.latency();
  }

  public BookSnapshot book(InstrumentId instrument) {
    return listings.get(instrument).view().whole();
  }

  /**
   * Of each side as much as is worth {@code worth} at its best price, the last level cut to that.
   */
  public BookSnapshot depth(InstrumentId instrument, Usd worth) {
    return listings.get(instrument).view().depth(worth);
  }

  /** Grows when the book may have changed. */
  public long bookVersion(InstrumentId instrument) {
    return listings.get(instrument).book().version();
  }

  public Optional<Price> mark(InstrumentId perp) {
    return listings.get(perp).mark();
  }

  public Optional<Price> oracle(InstrumentId perp) {
    return listings.get(perp).oracle();
  }

  /** The running estimate of what the current hour will settle at. */
  public Optional<Rate> fundingRate(InstrumentId perp) {
    return funding.rates(perp).estimate();
  }

  /**
   * What an hour settled at, where the world tells of it later ({@link
   * MarketModel.Settlement.Later}): it is paid on what was held at that hour, if the exchange was
   * open then.
   */
  public void settle(InstrumentId perp, FundingHour hour) {
    stir();
    funding.settleLate(perp, hour);
  }

  /** How many hours of funding are paid at once. */
  public int fundingHours(InstrumentId perp) {
    return funding.rates(perp).intervalHours();
  }

  public List<FundingHour> fundingHistory(InstrumentId perp, int hours) {
    return funding.rates(perp).history(hours);
  }

  public void watch(MarketListener watcher) {
    watchers.add(watcher);
  }

  public void unwatch(MarketListener watcher) {
    watchers.remove(watcher);
  }

  private void tellSettled(InstrumentId perp, FundingHour hour) {
    watchers.forEach(watcher -> watcher.settled(perp, hour));
  }

  private void tellStatus(ListedInstrument listing) {
    watchers.forEach(
        watcher -> watcher.statusChanged(listing.id(), listing.isDelisted(), listing.isHalted()));
  }

  // ---- accounts

  /** Where this account's reports go from now on; whoever had them before has them no longer. */
  public void connect(AccountId account, ReportListener connection) {
    wire.connect(accounts.get(account).id(), connection);
  }

  public void disconnect(AccountId account, ReportListener connection) {
    wire.disconnect(account, connection);
  }

  /** Sends requests as one message, over the wire with its latency and faults. */
  public void send(AccountId from, List<Request> batch) {
    Account account = accounts.get(from);
    wire.send(from, batch, arrived -> requests.executeAll(account, arrived));
  }

  public AccountState account(AccountId account) {
    return statements.state(accounts.get(account));
  }

  /** All fills of an account so far, as a venue serves its history. */
  public List<Fill> fills(AccountId account) {
    return List.copyOf(accounts.get(account).fills());
  }

  /** All its funding payments so far. */
  public List<FundingPayment> payments(AccountId account) {
    return List.copyOf(accounts.get(account).payments());
  }

  public AuditSnapshot audit(AccountId account) {
    return statements.view(accounts.get(account));
  }

  /** What an account holds of one instrument: coins, or a position with its sign. */
  public Quantity held(AccountId account, InstrumentId instrument) {
    Account owner = accounts.get(account);
    return instrument.leg() == Leg.SPOT
        ? owner.coins(instrument)
        : owner.position(listings.get(instrument).instrument()).size();
  }

  /** PnL of perps so far, before fees and funding. */
  public Usd realised(AccountId account) {
    return accounts.get(account).realised();
  }

  public LeverageSetting leverage(AccountId account, InstrumentId perp) {
    Position position = accounts.get(account).position(listings.get(perp).instrument());
    return new LeverageSetting(position.leverage(), position.isCross());
  }

  /** What a resting order could still fill; empty where none of this name rests. */
  public Optional<Quantity> resting(AccountId account, ClientOrderId name) {
    return accounts
        .get(account)
        .orders()
        .find(name)
        .filter(order -> order.status() instanceof Order.Status.Working)
        .map(Order::remaining);
  }

  public ExchangeAdmin backOffice() {
    return backOffice;
  }
}
