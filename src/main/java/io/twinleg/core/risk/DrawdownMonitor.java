package io.twinleg.core.risk;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Watches what may force the pairs' hand whatever the strategy wants. */
public final class DrawdownMonitor {
  private final RiskSettings settings;
  private final DrawdownGuard drawdown;

  public DrawdownMonitor(RiskSettings settings) {
    this(settings, new DrawdownGuard());
  }

  private DrawdownMonitor(RiskSettings settings, DrawdownGuard drawdown) {
    this.settings = settings;
    this.drawdown = drawdown;
  }

  /** The same watch under other settings: peak and latch stay. */
  public DrawdownMonitor under(RiskSettings others) {
    return new DrawdownMonitor(others, drawdown);
  }

  /** Equity is the strategy's net at robust marks. Returns a line once, when it trips. */
  public Optional<LogEvent> observe(Usd equity, Instant now) {
    if (!drawdown.observe(equity, settings.maxDrawdownUsd(), now)) {
      return Optional.empty();
    }
    return Optional.of(
        LogEvent.error("trading_halted")
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

  /** A drawdown is being timed, or has been found: no price may be left out. */
  public boolean isAlarmed() {
    return drawdown.isTripped() || drawdown.nextEvaluation().isPresent();
  }

  public Usd lastEquity() {
    return drawdown.lastEquity();
  }

  public boolean flattensOnDrawdown() {
    return settings.onDrawdown() == RiskSettings.OnDrawdown.FLATTEN;
  }

  public Optional<Instant> nextEvaluation() {
    return drawdown.nextEvaluation();
  }

  public void resume(Usd equity) {
    drawdown.reset(equity);
  }

  /** What the state of one market and of the whole account demand of it. */
  public RiskDirective directive(PairMarketData market) {
    RiskDirective byCoin =
        market.isDelisted()
            ? new RiskDirective(RiskDirective.Strength.EXIT, "delisted")
            : RiskDirective.NONE;
    return byCoin.strongest(byDrawdown());
  }

  private RiskDirective byDrawdown() {
    if (!drawdown.isTripped()) {
      return RiskDirective.NONE;
    }
    return switch (settings.onDrawdown()) {
      case HALT -> new RiskDirective(RiskDirective.Strength.NO_NEW_RISK, "drawdown");
      case FLATTEN -> new RiskDirective(RiskDirective.Strength.EXIT, "drawdown");
    };
  }
}
