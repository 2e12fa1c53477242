package io.twinleg.cli;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.MarketListener;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Subscribed to the exchange, it sees at every instant what one account has: no more alone than a
 * clip, no long perp, no spot that was never bought. When it sees the moment it waits for, it
 * strikes. It belongs to the exchange's thread.
 */
final class RunObserver implements MarketListener {
  /** What a victim can be in the middle of. */
  enum Moment {
    /** An order of its own is waiting to be hit. */
    RESTING,
    /** One leg has been filled and its hedge is not there yet. */
    NAKED,
    HEDGED,
    /** The short has begun to be bought back. */
    LEAVING,
    LEFT
  }

  /** A clip may be a little larger by rounding, and a lot of dust may lie beside it. */
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");

  private static final BigDecimal PRICE = new BigDecimal(FixtureF0.ORACLE);
  private static final BigDecimal LOT = new BigDecimal("0.01");

  private final Exchange exchange;
  private final AccountId account;
  private final MarketId market;
  private final BigDecimal naked;
  private final List<String> wrongs = new ArrayList<>();
  private final TreeMap<Moment, Integer> struck = new TreeMap<>();
  private Optional<Order> order = Optional.empty();
  private Quantity shortBefore = Quantity.ZERO;
  private boolean together = true;

  private record Order(Moment moment, Runnable strike) {}

  /**
   * @param clip in USD: the most that may stand alone
   */
  RunObserver(Exchange exchange, AccountId account, MarketId market, BigDecimal clip) {
    this.exchange = exchange;
    this.account = account;
    this.market = market;
    naked = clip.multiply(OVERSHOOT).add(LOT.multiply(PRICE));
  }

  /** At the next instant of this kind. */
  void strikeAt(Moment moment, Runnable strike) {
    order = Optional.of(new Order(moment, strike));
  }

  void forget() {
    order = Optional.empty();
  }

  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  /** How often it struck when. */
  TreeMap<Moment, Integer> struck() {
    return new TreeMap<>(struck);
  }

  /** Whether the legs stood together when it last checked. */
  boolean isTogether() {
    return together;
  }

  @Override
  public void turnEnded(Instant now) {
    AccountState state = exchange.account(account);
    BigDecimal spot = state.spotTotal(InstrumentId.spot(market)).value();
    Quantity perp = state.perpSize(InstrumentId.perp(market));
    BigDecimal apart = spot.add(perp.value()).abs().multiply(PRICE);
    together = apart.compareTo(new BigDecimal("10.5")) < 0;
    require(spot.signum() >= 0, state, "spot was sold that was never bought");
    require(perp.signum() <= 0, state, "the perp is long");
    require(apart.compareTo(naked) <= 0, state, "more than a clip stands alone");
    Quantity shortNow = perp.abs();
    order.filter(it -> isNow(it.moment(), state, shortNow)).ifPresent(this::strike);
    shortBefore = shortNow;
  }

  private boolean isNow(Moment moment, AccountState state, Quantity shortNow) {
    return switch (moment) {
      case RESTING -> !state.openOrders().isEmpty();
      case NAKED -> !together;
      case HEDGED -> together && shortNow.exceeds(shortBefore);
      case LEAVING -> shortBefore.exceeds(shortNow);
      case LEFT -> shortBefore.exceeds(shortNow) && shortNow.isZero();
    };
  }

  private void strike(Order now) {
    order = Optional.empty();
    struck.merge(now.moment(), 1, Integer::sum);
    now.strike().run();
  }

  private void require(boolean holds, AccountState state, String what) {
    if (!holds && wrongs.size() < 10) {
      wrongs.add(exchange.now() + ": " + what + ": " + state);
    }
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
}
