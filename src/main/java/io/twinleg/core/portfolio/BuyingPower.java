package io.twinleg.core.portfolio;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The account as last reported, and what our own fills have used of it since. */
public final class BuyingPower {
  private static final Duration IMPLAUSIBLE_FOR = Duration.ofMinutes(1);

  private Optional<AccountState> reported = Optional.empty();
  private Usd spotSpentSince = Usd.ZERO;
  private Usd perpTradedSince = Usd.ZERO;
  private final TreeMap<InstrumentId, Quantity> perpSince = new TreeMap<>();
  private Usd perpCashSince = Usd.ZERO;
  private Usd spotSoldSince = Usd.ZERO;
  private boolean silent;
  private @Nullable Instant implausibleSince;

  public Optional<AccountState> reported() {
    return reported;
  }

  public boolean isFresh() {
    return reported.isPresent() && !silent && implausibleSince == null;
  }

  /** The last report was all zero where something was there before: it is not believed yet. */
  public boolean isImplausible() {
    return implausibleSince != null;
  }

  /** A report of nothing is believed when it has lasted a minute. */
  boolean isImplausible(AccountState state, boolean holding, Instant now) {
    boolean hadSome = holding || reported.filter(before -> !before.showsNothing()).isPresent();
    if (!state.showsNothing() || !hadSome) {
      implausibleSince = null;
      return false;
    }
    implausibleSince = implausibleSince == null ? now : implausibleSince;
    if (now.isBefore(implausibleSince.plus(IMPLAUSIBLE_FOR))) {
      return true;
    }
    implausibleSince = null;
    return false;
  }

  /** Quote that may still buy spot; negative when our fills have outrun the report. */
  public Usd freeForSpot() {
    return reported
        .map(state -> state.freeForSpot().minus(spotSpentSince).minus(pooledPerp(state)))
        .orElse(Usd.ZERO);
  }

  private Usd pooledPerp(AccountState state) {
    return state.pooled() ? perpTradedSince : Usd.ZERO;
  }

  /** Collateral that may still open perp positions, at the given leverage. */
  public Usd freeForPerp(int leverage) {
    return reported
        .map(state ->
            state
                .freeForPerp()
                .minus(divided(perpTradedSince, leverage))
                .minus(state.pooled() ? spotSpentSince : Usd.ZERO))
        .orElse(Usd.ZERO);
  }

  private static Usd divided(Usd amount, int leverage) {
    return new Usd(amount.value().divide(BigDecimal.valueOf(leverage), MathContext.DECIMAL64));
  }

  void report(AccountState state) {
    reported = Optional.of(state);
    spotSpentSince = Usd.ZERO;
    perpTradedSince = Usd.ZERO;
    perpSince.clear();
    perpCashSince = Usd.ZERO;
    spotSoldSince = Usd.ZERO;
  }

  /**
   * The quote and the collateral at these marks, moved on by our own fills since the report; empty
   * before the first one.
   */
  public Optional<Usd> worth(Function<InstrumentId, Optional<Price>> marks) {
    return perpEquity(marks)
        .flatMap(equity ->
            reported.map(state -> state.pooled() ? equity : equity.plus(state.quoteBalance())))
        .map(sum -> sum.minus(spotSpentSince).plus(spotSoldSince));
  }

  /** Of our own sales of spot, not in a report yet. */
  public Usd spotSoldSince() {
    return spotSoldSince;
  }

  /**
   * Collateral and unrealised PnL as they stand at these marks: the report's, moved on by the price
   * and by our own fills since. Empty before the first report.
   */
  public Optional<Usd> perpEquity(Function<InstrumentId, Optional<Price>> marks) {
    return reported.map(state -> state.perpEquity().plus(sinceReport(state, marks)));
  }

  private Usd sinceReport(AccountState state, Function<InstrumentId, Optional<Price>> marks) {
    Usd sum = perpCashSince;
    for (PerpPosition position : state.positions()) {
      Optional<Price> then = position.mark();
      Optional<Price> now = marks.apply(position.instrument());
      if (then.isPresent() && now.isPresent()) {
        sum = sum.plus(worth(now.get(), position.size()).minus(worth(then.get(), position.size())));
      }
    }
    for (Map.Entry<InstrumentId, Quantity> traded : perpSince.entrySet()) {
      sum =
          sum.plus(
              marks
                  .apply(traded.getKey())
                  .map(now -> worth(now, traded.getValue()))
                  .orElse(Usd.ZERO));
    }
    return sum;
  }

  /** Signed, as the size is. */
  private static Usd worth(Price price, Quantity size) {
    return new Usd(price.value().multiply(size.value()));
  }

  /** Everything in the perp wallet at these marks, ours or not, long or short. */
  public Usd perpNotional(Function<InstrumentId, Optional<Price>> marks) {
    return perpSum(marks, perp -> 1);
  }

  /** Collateral that no position needs at these marks, and nothing rests that would need it. */
  public Usd perpSpare(Function<InstrumentId, Optional<Price>> marks) {
    return perpEquity(marks).orElse(Usd.ZERO).minus(perpSum(marks, this::leverage)).max(Usd.ZERO);
  }

  private Usd perpSum(
      Function<InstrumentId, Optional<Price>> marks, ToIntFunction<InstrumentId> divisor) {
    TreeMap<InstrumentId, Quantity> sizes = new TreeMap<>(perpSince);
    positions().forEach(each -> sizes.merge(each.instrument(), each.size(), Quantity::plus));
    Usd sum = Usd.ZERO;
    for (Map.Entry<InstrumentId, Quantity> held : sizes.entrySet()) {
      InstrumentId perp = held.getKey();
      Usd notional =
          marks
              .apply(perp)
              .or(() -> inReport(perp).flatMap(PerpPosition::mark))
              .map(mark -> worth(mark, held.getValue()).abs())
              .orElse(Usd.ZERO);
      sum = sum.plus(divided(notional, divisor.applyAsInt(perp)));
    }
    return sum;
  }

  /** Of a position that no report has shown yet the least, so that nothing is free too early. */
  private int leverage(InstrumentId perp) {
    return inReport(perp).map(PerpPosition::leverage).orElse(1);
  }

  private Stream<PerpPosition> positions() {
    return reported.stream().flatMap(state -> state.positions().stream());
  }

  private Optional<PerpPosition> inReport(InstrumentId perp) {
    return positions().filter(position -> position.instrument().equals(perp)).findFirst();
  }

  void perpTraded(Fill fill) {
    Quantity signed = fill.side() == Side.BUY ? fill.quantity() : fill.quantity().negated();
    perpSince.merge(fill.instrument(), signed, Quantity::plus);
    perpCashSince =
        perpCashSince.minus(worth(fill.price(), signed)).minus(fill.fee().usd(fill.price()));
  }

  void spotSold(Usd notional) {
    spotSoldSince = spotSoldSince.plus(notional);
  }

  void spotBought(Usd notional) {
    spotSpentSince = spotSpentSince.plus(notional);
  }

  void perpSold(Usd notional) {
    perpTradedSince = perpTradedSince.plus(notional);
  }

  void silent(boolean isSilent) {
    silent = isSilent;
  }
}
