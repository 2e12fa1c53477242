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
import io.twinleg.simulator.ExecutionReport.ReportListener;
import io.twinleg.simulator.NetworkModel.FaultModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our own exchange. It changes only when it is advanced, and then in one order: by time, and at one
 * instant the market model first, then what was scheduled earlier. All events of one instant are
 * one turn; at its end liquidations are made, changed accounts are reported and listeners notified.
 */
public final class Exchange {
  /** A world that never lets an instant end would hang the run: it is stopped instead. */
  private static final int MOVES_AT_ONE_INSTANT_MAX = 1_000_000;

  /** When something is planned for, and its place among what is planned for the same instant. */
  public record Due(Instant time, long sequence) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::time).thenComparingLong(Due::sequence);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  private final MarketModel world;
  private final ExchangeState state;
  private final NetworkModel network;
  private final transient Margin margin;
  private final RequestHandler requests;
  private final FundingClock funding;
  private final transient WorldGateway gateway;
  private final transient ExchangeAdmin admin;
  private final transient List<MarketListener> listeners = new ArrayList<>();
  private boolean turnOpen;

  public Exchange(List<Instrument> instruments, FeeSchedule fees, MarketModel world) {
    this(instruments, fees, world, Map.of());
  }

  /**
   * @param fundingIntervals how many hours of funding a perp pays at once; one where it is absent
   */
  public Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      Map<InstrumentId, Integer> fundingIntervals) {
    this(
        instruments, fees, world, fundingIntervals, NetworkModel.Latency.STANDARD, FaultModel.NONE);
  }

  public Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      NetworkModel.Latency latency,
      FaultModel faults) {
    this(instruments, fees, world, Map.of(), latency, faults);
  }

  private Exchange(
      List<Instrument> instruments,
      FeeSchedule fees,
      MarketModel world,
      Map<InstrumentId, Integer> fundingIntervals,
      NetworkModel.Latency latency,
      FaultModel faults) {
    this.world = world;
    state = new ExchangeState(instruments, fees, world.start());
    network = new NetworkModel(state, latency, faults);
    margin = new Margin(state);
    MatchingEngine matching = new MatchingEngine(state, network);
    CollateralHandler collateral = new CollateralHandler(state, margin, network);
    requests = new RequestHandler(state, matching, margin, collateral, network);
    network.executeBy((from, batch) -> requests.executeAll(state.account(from), batch));
    funding = new FundingClock(state, network, world, fundingIntervals, this::publishSettlement);
    gateway = new ExchangeWorldGateway(state, matching);
    admin =
        new ExchangeAdmin(
            state,
            collateral,
            margin,
            matching,
            requests,
            network,
            this::publishStatus,
            this::openTurn);
  }

  // ---- time

  public Instant now() {
    return state.now();
  }

  /** When something happens next, if nothing is done from outside before. */
  public Instant next() {
    Instant planned = state.nextScheduled().orElse(Instant.MAX);
    Instant due = world.nextMove().filter(planned::isAfter).orElse(planned);
    return due.isBefore(now()) ? now() : due;
  }

  /** Runs everything up to this instant, itself included, and stops there. */
  public void advanceTo(Instant until) {
    while (runTurn(until)) {}
    if (until.isAfter(now())) {
      state.setNow(until);
    }
  }

  /** Runs one turn, if there is one by this instant. */
  public boolean runTurn(Instant until) {
    if (turnOpen) {
      endTurn();
    }
    Instant due = next();
    if (due.isAfter(until)) {
      return false;
    }
    state.setNow(due);
    for (int moves = 0; !next().isAfter(now()); moves++) {
      if (moves == MOVES_AT_ONE_INSTANT_MAX) {
        throw new IllegalStateException("the world does not let " + now() + " end");
      }
      runNext();
    }
    endTurn();
    return true;
  }

  private void runNext() {
    if (world.nextMove().filter(move -> !move.isAfter(now())).isPresent()) {
      world.move(gateway);
    } else {
      state.runNextScheduled();
    }
  }

  private void endTurn() {
    turnOpen = false;
    funding.refreshEstimates(now());
    state.accounts().forEach(admin::liquidateIfUndermargined);
    for (Account account : state.accounts()) {
      if (account.takeChanged()) {
        network.stream(account, new ExecutionReport.AccountReported(margin.accountState(account)));
      }
    }
    listeners.forEach(listener -> listener.turnEnded(now()));
  }

  /**
   * Something is done from outside, between two turns: it is a turn of its own, which ends before
   * the next begins.
   */
  public void openTurn() {
    turnOpen = true;
  }

  /** Schedules an action of a test or a venue, in its place in the order of events. */
  public void at(Instant time, Runnable action) {
    if (time.isBefore(now())) {
      throw new IllegalArgumentException(time + " is over: it is " + now());
    }
    state.schedule(time, action);
  }

  /** A place in the order of events, to plan an action at with {@link #again}. */
  public Due next(Instant time) {
    return state.next(time);
  }

  /** The same, for an owner that remembers it: it is planned {@link #again} after a restore. */
  public Due remember(Instant time, Runnable action) {
    return state.remember(time, action);
  }

  public void again(Due due, Runnable action) {
    state.again(due, action);
  }

  // ---- snapshots

  /**
   * Makes its orders ready to be stored with its fields.
   *
   * @throws IllegalStateException where something is planned that no owner remembers
   */
  public void store() {
    state.store();
  }

  /** After its fields were restored; its owners plan again what they remember. */
  public void resume() {
    state.resume();
    funding.resume();
    network.resume();
  }

  // ---- the market

  public List<Instrument> instruments() {
    return state.instruments();
  }

  /** Whether the market is to be published in whole observations. */
  public boolean isObserved() {
    return world.observedEvery().isPresent();
  }

  /** The fees of an account that was opened without terms of its own. */
  public FeeSchedule fees() {
    return state.defaultFees();
  }

  public FeeSchedule fees(AccountId account) {
    return state.account(account).feeSchedule();
  }

  public NetworkModel.Latency latency() {
    return network.latency();
  }

  public BookSnapshot book(InstrumentId instrument) {
    return state.listing(instrument).snapshot();
  }

  /**
   * Of each side as much as is worth {@code worth} at its best price, the last level cut to that.
   */
  public BookSnapshot depth(InstrumentId instrument, Usd worth) {
    return state.listing(instrument).depth(worth);
  }

  /** Grows when the book may have changed. */
  public boolean isDelisted(InstrumentId instrument) {
    return state.listing(instrument).isDelisted();
  }

  public long bookVersion(InstrumentId instrument) {
    return state.listing(instrument).book().version();
  }

  public Optional<Price> mark(InstrumentId perp) {
    return state.listing(perp).mark();
  }

  public Optional<Price> oracle(InstrumentId perp) {
    return state.listing(perp).oracle();
  }

  /** The running estimate of what the current hour will settle at. */
  public Optional<Rate> fundingRate(InstrumentId perp) {
    return funding.rates(perp).estimate();
  }

  /**
   * Settles an hour whose rate the world knows later ({@link MarketModel.Settlement.Later}): it is
   * paid on what was held at that hour, if the exchange was open then.
   */
  public void settle(InstrumentId perp, FundingHour hour) {
    openTurn();
    funding.settleLate(perp, hour);
  }

  /** How many hours of funding are paid at once. */
  public int fundingHours(InstrumentId perp) {
    return funding.rates(perp).intervalHours();
  }

  public List<FundingHour> fundingHistory(InstrumentId perp, int hours) {
    return funding.rates(perp).history(hours);
  }

  public void subscribe(MarketListener listener) {
    listeners.add(listener);
  }

  public void unsubscribe(MarketListener listener) {
    listeners.remove(listener);
  }

  private void publishSettlement(InstrumentId perp, FundingHour hour) {
    listeners.forEach(listener -> listener.settled(perp, hour));
  }

  private void publishStatus(ListedInstrument listing) {
    listeners.forEach(
        listener -> listener.statusChanged(listing.id(), listing.isDelisted(), listing.isHalted()));
  }

  // ---- accounts

  /** This account's reports go to this listener from now on, and to no earlier one. */
  public void connect(AccountId account, ReportListener listener) {
    network.connect(state.account(account).id(), listener);
  }

  public void disconnect(AccountId account, ReportListener listener) {
    network.disconnect(account, listener);
  }

  /** Sends requests as one message, over the network with its latency and faults. */
  public void send(AccountId from, List<Request> batch) {
    network.send(state.account(from).id(), batch);
  }

  public AccountState account(AccountId account) {
    return margin.accountState(state.account(account));
  }

  /** All fills of an account so far, as a venue serves its history. */
  public List<Fill> fills(AccountId account) {
    return List.copyOf(state.account(account).fills());
  }

  /** All its funding payments so far. */
  public List<FundingPayment> payments(AccountId account) {
    return List.copyOf(state.account(account).payments());
  }

  public AuditSnapshot audit(AccountId account) {
    return AuditSnapshot.of(state.account(account));
  }

  /** What an account holds of one instrument: coins, or a position with its sign. */
  public Quantity held(AccountId account, InstrumentId instrument) {
    Account owner = state.account(account);
    return instrument.leg() == Leg.SPOT
        ? owner.coins(instrument)
        : owner.position(state.listing(instrument).instrument()).size();
  }

  /** PnL of perps so far, before fees and funding. */
  public Usd realised(AccountId account) {
    return state.account(account).realised();
  }

  /** The leverage of one perp of one account, held or not. */
  public LeverageSetting leverage(AccountId account, InstrumentId perp) {
    Position position = state.account(account).position(state.listing(perp).instrument());
    return new LeverageSetting(position.leverage(), position.isCross());
  }

  public record LeverageSetting(int value, boolean isCross) {}

  /** What a resting order could still fill; empty where no order with this id rests. */
  public Optional<Quantity> resting(AccountId account, ClientOrderId id) {
    return state
        .account(account)
        .orders()
        .find(id)
        .filter(order -> order.status() instanceof Order.Status.Working)
        .map(Order::remaining);
  }

  public ExchangeAdmin admin() {
    return admin;
  }
}
