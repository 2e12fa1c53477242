package io.twinleg.bootstrap;

import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.history.RecordedSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a record by the hour, and of what a configuration is compared with on it. */
final class BacktestSettings {
  /** More than any drawdown. */
  private static final Usd NO_LIMIT = Usd.of("1000000000");

  /** So many times over a price may rise before a cap binds. */
  private static final int RISE_MAX = 10;

  private static final BigDecimal ALWAYS = new BigDecimal("0.000001");
  private static final BigDecimal NEVER = new BigDecimal("-350");

  private BacktestSettings() {}

  /** These markets alone; a part of the capital is as large as before. */
  static Settings of(Settings settings, List<String> names) {
    List<MarketSettings> markets =
        settings.markets().stream().filter(each -> names.contains(each.market().name())).toList();
    return with(settings, markets, settings.risk(), settings.oneCapital());
  }

  /** Both legs take, in one message and one slice: a record by the hour holds no queue. */
  static Settings taking(Settings settings, List<RecordedSeries> series) {
    List<MarketSettings> markets = new ArrayList<>();
    for (int i = 0; i < settings.markets().size(); i++) {
      MarketSettings each = settings.markets().get(i);
      ExecutionSettings execution = each.execution();
      boolean cross = execution.perpCross() && !series.get(i).perpLeg().onlyIsolated();
      markets.add(
          new MarketSettings(
              each.market(),
              each.strategy(),
              new ExecutionSettings(
                  execution.priceOffsetTicks(),
                  TimeInForce.IOC,
                  execution.repriceInterval(),
                  execution.entryTimeout(),
                  execution.repairTimeout(),
                  execution.repairStage(),
                  execution.perpLeverage(),
                  cross,
                  execution.cooldown(),
                  execution.maxSlippageBps(),
                  LegMode.BATCH,
                  each.strategy().targetUsdNotional(),
                  execution.hedgeRatio())));
    }
    return with(settings, markets, settings.risk(), settings.oneCapital());
  }

  /**
   * One capital in equal parts over all markets at once, each of them by itself. Without one
   * capital each market has its own target already.
   */
  static Settings equalParts(Settings settings) {
    PortfolioSettings capital = settings.oneCapital();
    if (capital == null) {
      return settings;
    }
    BigDecimal share =
        BigDecimal.valueOf(capital.maxPositions())
            .divide(BigDecimal.valueOf(settings.markets().size()), MathContext.DECIMAL64);
    List<MarketSettings> markets =
        settings.markets().stream().map(each -> scaled(each, share)).toList();
    return with(settings, markets, withCapsFor(markets, settings.risk()), null);
  }

  /** What a configuration is compared with is not held back by caps that suit its own sizes. */
  private static RiskSettings withCapsFor(List<MarketSettings> markets, RiskSettings risk) {
    Usd most = Usd.ZERO;
    Usd all = Usd.ZERO;
    for (MarketSettings each : markets) {
      most = most.max(each.strategy().targetUsdNotional());
      all = all.plus(each.strategy().targetUsdNotional());
    }
    BigDecimal rise = BigDecimal.valueOf(RISE_MAX);
    return new RiskSettings(
        risk.perSymbolNotionalCap().max(most.times(rise)),
        risk.portfolioNotionalCap().max(all.times(rise)),
        risk.maxDrawdownUsd(),
        risk.onDrawdown(),
        risk.minSpreadTicks(),
        risk.maxReplacesPerMin(),
        risk.maxUnitGap(),
        risk.marginBands());
  }

  private static MarketSettings scaled(MarketSettings market, BigDecimal share) {
    StrategySettings strategy = market.strategy();
    Usd target =
        new Usd(
            strategy.targetUsdNotional().value().multiply(share).setScale(2, RoundingMode.FLOOR));
    ExecutionSettings execution = market.execution();
    return new MarketSettings(
        market.market(),
        new StrategySettings(
            strategy.enterThresholdApr(),
            strategy.exitThresholdApr(),
            target,
            strategy.signalWindowHours(),
            strategy.evGate(),
            strategy.horizonHours(),
            strategy.minEdgeBps(),
            strategy.maxBreakEvenHours(),
            strategy.defer()),
        new ExecutionSettings(
            execution.priceOffsetTicks(),
            execution.normalTif(),
            execution.repriceInterval(),
            execution.entryTimeout(),
            execution.repairTimeout(),
            execution.repairStage(),
            execution.perpLeverage(),
            execution.perpCross(),
            execution.cooldown(),
            execution.maxSlippageBps(),
            execution.legMode(),
            execution.maxClip().min(target),
            execution.hedgeRatio()));
  }

  /** Entered at the first positive rate, and never left. */
  static Settings holding(Settings settings) {
    RiskSettings risk = settings.risk();
    RiskSettings without =
        new RiskSettings(
            risk.perSymbolNotionalCap(),
            risk.portfolioNotionalCap(),
            NO_LIMIT,
            risk.onDrawdown(),
            0,
            risk.maxReplacesPerMin(),
            risk.maxUnitGap(),
            risk.marginBands());
    List<MarketSettings> markets =
        settings.markets().stream()
            .map(each ->
                new MarketSettings(each.market(), holding(each.strategy()), each.execution()))
            .toList();
    return with(settings, markets, without, settings.oneCapital());
  }

  private static StrategySettings holding(StrategySettings strategy) {
    return new StrategySettings(
        ALWAYS,
        NEVER,
        strategy.targetUsdNotional(),
        1,
        false,
        strategy.horizonHours(),
        strategy.minEdgeBps(),
        strategy.maxBreakEvenHours(),
        strategy.defer());
  }

  private static Settings with(
      Settings settings,
      List<MarketSettings> markets,
      RiskSettings risk,
      @Nullable PortfolioSettings oneCapital) {
    return new Settings(
        markets,
        risk,
        settings.alignment(),
        settings.shutdown(),
        settings.once(),
        settings.evaluationInterval(),
        oneCapital);
  }
}
