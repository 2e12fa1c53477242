package io.hypercarry.core.portfolio;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The account as last reported, and what our own fills have used of it since. */
public final class Account {
  private Optional<AccountState> reported = Optional.empty();
  private Usd spotSpentSince = Usd.ZERO;
  private Usd perpTradedSince = Usd.ZERO;
  private boolean silent;

  public Optional<AccountState> reported() {
    return reported;
  }

  public boolean isFresh() {
    return reported.isPresent() && !silent;
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
    silent = false;
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
