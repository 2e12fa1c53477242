package io.hypercarry.core.risk;

import io.hypercarry.core.event.Note;
import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Demand;
import io.hypercarry.core.model.Usd;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Watches what may force the pairs' hand whatever the strategy wants. */
public final class RiskMonitor {
  private final RiskSettings settings;
  private final DrawdownGuard drawdown;

  public RiskMonitor(RiskSettings settings) {
    this(settings, new DrawdownGuard());
  }

  private RiskMonitor(RiskSettings settings, DrawdownGuard drawdown) {
    this.settings = settings;
    this.drawdown = drawdown;
  }

  /** The same watch under other settings: peak and latch stay. */
  public RiskMonitor under(RiskSettings others) {
    return new RiskMonitor(others, drawdown);
  }

  /** Equity is the strategy's net at robust marks. The note is told once, when the guard trips. */
  public Optional<Note> observe(Usd equity, Instant now) {
    if (!drawdown.observe(equity, settings.maxDrawdownUsd(), now)) {
      return Optional.empty();
    }
    return Optional.of(
        Note.error("guard_halted")
            .with("reason", "drawdown")
            .with("peak", drawdown.peak())
            .with("equity", equity)
            .with("drawdown", drawdown.drawdown())
            .with("max_drawdown_usd", settings.maxDrawdownUsd())
            .with("on_drawdown", settings.onDrawdown().name().toLowerCase(Locale.ROOT)));
  }

  public boolean isDrawdownTripped() {
    return drawdown.isTripped();
  }

  /** A drawdown is being timed, or has been found: no look at a price may be left out. */
  public boolean isAlarmed() {
    return drawdown.isTripped() || drawdown.nextLook().isPresent();
  }

  public Usd lastEquity() {
    return drawdown.lastEquity();
  }

  public boolean flattensOnDrawdown() {
    return settings.onDrawdown() == RiskSettings.OnDrawdown.FLATTEN;
  }

  public Optional<Instant> nextLook() {
    return drawdown.nextLook();
  }

  public void resume(Usd equity) {
    drawdown.reset(equity);
  }

  /** What the state of one market and of the whole account demand of it. */
  public Demand demand(PairMarket market) {
    Demand byCoin =
        market.isDelisted() ? new Demand(Demand.Strength.EXIT, "delisted") : Demand.NONE;
    return byCoin.strongest(byDrawdown());
  }

  private Demand byDrawdown() {
    if (!drawdown.isTripped()) {
      return Demand.NONE;
    }
    return switch (settings.onDrawdown()) {
      case HALT -> new Demand(Demand.Strength.NO_NEW_RISK, "drawdown");
      case FLATTEN -> new Demand(Demand.Strength.EXIT, "drawdown");
    };
  }
}
