package io.twinleg.core.risk;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Watches the strategy's own equity against its peak (specification 1.9), and what else may force
 * the pairs' hand whatever the strategy wants. The peak starts at zero when the journal begins. A
 * trip is latched: only an operator's resume takes it back.
 */
public final class DrawdownMonitor {
  private static final int EVALUATIONS = 3;
  private static final Duration SPAN = Duration.ofSeconds(2);

  /** A breach is evaluated this often though no data come, or it would never be counted out. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private transient RiskSettings settings;
  private Usd peak = Usd.ZERO;
  private Usd lastEquity = Usd.ZERO;
  private int breaches;
  private Optional<Instant> firstBreach = Optional.empty();
  private Instant lastEvaluation = Instant.MIN;
  private boolean isTripped;

  public DrawdownMonitor(RiskSettings settings) {
    this.settings = settings;
  }

  /** Peak and latch stay. */
  public void configure(RiskSettings others) {
    settings = others;
  }

  /** Equity is the strategy's net at robust marks. Returns a line once, when it trips. */
  public Optional<LogEvent> observe(Usd equity, Instant now) {
    peak = peak.max(equity);
    lastEquity = equity;
    lastEvaluation = now;
    Usd most = settings.maxDrawdownUsd();
    if (drawdown().isBelow(most)) {
      breaches = 0;
      firstBreach = Optional.empty();
      return Optional.empty();
    }
    breaches++;
    Instant since = firstBreach.orElse(now);
    firstBreach = Optional.of(since);
    boolean isLasting = breaches >= EVALUATIONS && !now.isBefore(since.plus(SPAN));
    boolean isTwice = drawdown().compareTo(most.times(BigDecimal.TWO)) >= 0;
    if (isTripped || !(isLasting || isTwice)) {
      return Optional.empty();
    }
    isTripped = true;
    return Optional.of(
        LogEvent.error("trading_halted")
            .with("reason", "drawdown")
            .with("peak", peak)
            .with("equity", equity)
            .with("drawdown", drawdown())
            .with("max_drawdown_usd", most)
            .with("on_drawdown", settings.onDrawdown().name().toLowerCase(Locale.ROOT)));
  }

  public boolean isDrawdownTripped() {
    return isTripped;
  }

  /** A drawdown is being timed, or has been found: no price may be left out. */
  public boolean isAlarmed() {
    return isTripped || nextEvaluation().isPresent();
  }

  Usd drawdown() {
    return peak.minus(lastEquity);
  }

  Usd peak() {
    return peak;
  }

  public Usd lastEquity() {
    return lastEquity;
  }

  public boolean flattensOnDrawdown() {
    return settings.onDrawdown() == RiskSettings.OnDrawdown.FLATTEN;
  }

  /** When the next evaluation must not wait for data: a breach is being timed. */
  public Optional<Instant> nextEvaluation() {
    return isTripped ? Optional.empty() : firstBreach.map(since -> lastEvaluation.plus(EVERY));
  }

  /**
   * An operator resumes: the peak is taken anew from here, or the monitor would trip again at once.
   */
  public void resume(Usd equity) {
    isTripped = false;
    breaches = 0;
    firstBreach = Optional.empty();
    peak = equity;
    lastEquity = equity;
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
    if (!isTripped) {
      return RiskDirective.NONE;
    }
    return switch (settings.onDrawdown()) {
      case HALT -> new RiskDirective(RiskDirective.Strength.NO_NEW_RISK, "drawdown");
      case FLATTEN -> new RiskDirective(RiskDirective.Strength.EXIT, "drawdown");
    };
  }
}
