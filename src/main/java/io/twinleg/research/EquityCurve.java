package io.twinleg.research;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketListener;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * An account's equity by the hour, from the exchange's own books: what it had at the end of the
 * last turn of each hour, at the middle prices of that hour's observation. An hour without one has
 * no place in it: what is held has no value then.
 */
public final class EquityCurve implements MarketListener {
  private final Exchange exchange;
  private final AccountId account;
  private final BiFunction<InstrumentId, Instant, Optional<Price>> middles;
  private final List<Hour> hours = new ArrayList<>();

  /**
   * @param equity of both wallets
   * @param held the value of all shorts, positive
   * @param perpEquity collateral with what is unrealised
   */
  public record Hour(Instant at, Usd equity, Usd held, Usd perpEquity) {}

  /**
   * @param middles of an instrument at an observation
   */
  public EquityCurve(
      Exchange exchange,
      AccountId account,
      BiFunction<InstrumentId, Instant, Optional<Price>> middles) {
    this.exchange = exchange;
    this.account = account;
    this.middles = middles;
  }

  @Override
  public void turnEnded(Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    AccountState state = exchange.account(account);
    if (!isObserved(state, hour)) {
      return;
    }
    Usd equity = state.quoteBalance().plus(state.perpEquity());
    Usd held = Usd.ZERO;
    for (AccountState.SpotBalance coin : state.balances()) {
      Optional<Price> middle = middles.apply(coin.instrument(), hour);
      equity = equity.plus(middle.map(price -> price.times(coin.total())).orElse(Usd.ZERO));
    }
    for (AccountState.PerpPosition position : state.positions()) {
      Optional<Price> middle = middles.apply(position.instrument(), hour);
      held =
          held.plus(middle.map(price -> price.times(position.size().negated())).orElse(Usd.ZERO));
    }
    Hour last = new Hour(hour, equity, held, state.perpEquity());
    if (!hours.isEmpty() && hours.getLast().at().equals(hour)) {
      hours.removeLast();
    }
    hours.add(last);
  }

  private boolean isObserved(AccountState state, Instant hour) {
    return Stream.concat(
            state.balances().stream().map(AccountState.SpotBalance::instrument),
            state.positions().stream().map(AccountState.PerpPosition::instrument))
        .allMatch(instrument -> middles.apply(instrument, hour).isPresent());
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {
    // the payment is in the books
  }

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {
    // a record has no status
  }

  /** Oldest first. */
  public List<Hour> hours() {
    return List.copyOf(hours);
  }

  /** The deepest fall below an earlier equity, in USD. */
  public Usd maxDrawdown() {
    Usd peak = hours.isEmpty() ? Usd.ZERO : hours.getFirst().equity();
    Usd deepest = Usd.ZERO;
    for (Hour hour : hours) {
      peak = peak.max(hour.equity());
      deepest = deepest.max(peak.minus(hour.equity()));
    }
    return deepest;
  }

  /** Observations with a position. */
  public long hoursIn() {
    return hours.stream().filter(hour -> hour.held().signum() > 0).count();
  }

  /** Of the hours in which something was held; zero where there was none. */
  BigDecimal meanHeld() {
    long in = hoursIn();
    return in == 0
        ? BigDecimal.ZERO
        : hours.stream()
            .map(hour -> hour.held().value())
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(in), MathContext.DECIMAL64);
  }
}
