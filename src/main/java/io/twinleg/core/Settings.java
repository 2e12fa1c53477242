package io.twinleg.core;

import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the Engine. Each part checks itself; what concerns several is checked here.
 *
 * @param once end after one evaluation and its consequences
 * @param evaluationInterval how long a market that is under way may go unlooked at when no data
 *     arrive
 * @param oneCapital how one capital is spread over the markets; null where each has its own target
 */
public record Settings(
    List<MarketSettings> markets,
    RiskSettings risk,
    ReconciliationSettings alignment,
    ShutdownSettings shutdown,
    boolean once,
    Duration evaluationInterval,
    @Nullable PortfolioSettings oneCapital) {

  /** Each market by itself, with its own target. */
  public Settings(
      List<MarketSettings> markets,
      RiskSettings risk,
      ReconciliationSettings alignment,
      ShutdownSettings shutdown,
      boolean once,
      Duration evaluationInterval) {
    this(markets, risk, alignment, shutdown, once, evaluationInterval, null);
  }

  /** One market's strategy and execution. The order of the list is part of every order id. */
  public record MarketSettings(
      MarketId market, StrategySettings strategy, ExecutionSettings execution) {
    public MarketSettings {
      SettingChecks.require(
          execution.maxClip().compareTo(strategy.targetUsdNotional()) <= 0,
          "execution.max_clip_usd",
          execution.maxClip(),
          "at most strategy.target_usd_notional (" + strategy.targetUsdNotional() + ")");
    }
  }

  public Settings {
    markets = List.copyOf(markets);
    SettingChecks.require(!markets.isEmpty(), "markets", "an empty list", "at least one market");
    SettingChecks.within("--interval-ms", evaluationInterval.toMillis(), 50, 3_600_000);
    for (MarketSettings each : markets) {
      if (each.strategy().targetUsdNotional().exceeds(risk.perSymbolNotionalCap())) {
        throw new InvalidSetting(
            "risk.per_symbol_notional_cap",
            risk.perSymbolNotionalCap(),
            "at least strategy.target_usd_notional (" + each.strategy().targetUsdNotional() + ")");
      }
    }
  }

  /** How one capital is spread over the markets; empty where each has its own target. */
  public Optional<PortfolioSettings> portfolio() {
    return Optional.ofNullable(oneCapital);
  }

  /**
   * The value whose depth the books of a market must show: of a clip, and where the depth decides
   * how much is held, of all of it.
   */
  public Usd bookDepth(MarketSettings market) {
    Usd clip = market.execution().bookClip();
    return oneCapital == null ? clip : clip.max(market.strategy().targetUsdNotional());
  }

  /** The widest window of rates that a market's signal, or the forecast, is taken over. */
  public int signalHoursMax() {
    return IntStream.concat(
            portfolio().stream().mapToInt(each -> each.forecast().windowHours()),
            markets.stream().mapToInt(market -> market.strategy().signalWindowHours()))
        .max()
        .orElseThrow();
  }

  /** Hours of settled funding that a start asks for. */
  public int historyHours() {
    return Math.max(FundingHour.HISTORY_HOURS, signalHoursMax());
  }
}
