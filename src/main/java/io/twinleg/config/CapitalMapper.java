package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.strategy.BlendedForecast;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The settings of one capital over many markets, and what of it a market gets. */
final class CapitalMapper {
  private static final String OWN = "hyperliquid";
  private static final String TARGET = "strategy.target_usd_notional";
  private static final String RISE = "markets.worst_rise_24h";
  private static final String POSITIONS = "portfolio.max_positions";

  private final ConfigValues values;

  CapitalMapper(ConfigValues values) {
    this.values = values;
  }

  /** Of one leg. In a portfolio no market gets more than its part of the capital. */
  Usd target(int market) {
    Usd given = new Usd(values.decimal(market, TARGET));
    return values.hasPortfolio() && isEnough(market) ? given.min(part(market)) : given;
  }

  /**
   * What one of the equal parts of the capital carries of one leg: the coins at the worst price,
   * and the short's collateral at the ratio that is aimed at, with its fee and a buffer.
   */
  private Usd part(int market) {
    BigDecimal leverage = atLeastOne(values.whole(market, "execution.perp_leverage"));
    BigDecimal collateral =
        BigDecimal.ONE
            .divide(leverage, MathContext.DECIMAL64)
            .max(values.decimal(0, "risk.margin_ratio_target"));
    BigDecimal perUsd =
        EntryGates.capitalShare(
            values.decimal(market, "execution.max_slippage_bps"),
            collateral,
            values.decimal(0, "fees.perp_taker"));
    BigDecimal parts = atLeastOne(values.whole(0, POSITIONS));
    return new Usd(
        values
            .decimal(0, ConfigKey.CAPITAL)
            .divide(parts.multiply(perUsd), MathContext.DECIMAL64)
            .setScale(2, RoundingMode.FLOOR));
  }

  private static BigDecimal atLeastOne(int count) {
    return BigDecimal.valueOf(Math.max(1, count));
  }

  /** Given, and not what it would be anyway. */
  private boolean isChosen(String path) {
    return values.isGiven(path) && !values.at(path).equals(ConfigKey.key(path).fallback());
  }

  /** Of so many positions that are too small: how many would not be. */
  private int positionsMax(int positions) {
    return part(0)
        .value()
        .multiply(BigDecimal.valueOf(positions))
        .divide(StrategySettings.LEAST_TARGET_USD, 0, RoundingMode.FLOOR)
        .intValue();
  }

  private boolean isEnough(int market) {
    return part(market).value().compareTo(StrategySettings.LEAST_TARGET_USD) >= 0;
  }

  PortfolioSettings settings() {
    PortfolioSettings made =
        new PortfolioSettings(
            new Usd(values.decimal(0, ConfigKey.CAPITAL)),
            values.whole(0, POSITIONS),
            new PortfolioSettings.Rotation(
                values.whole(0, "portfolio.horizon_h"),
                values.decimal(0, "portfolio.min_improvement_bps"),
                Duration.ofHours(values.whole(0, "portfolio.min_hold_h")),
                Duration.ofHours(values.whole(0, "portfolio.rotation_gap_h"))),
            new BlendedForecast(
                values.whole(0, "portfolio.forecast_window_h"),
                values.decimal(0, "portfolio.forecast_weight"),
                values.decimal(0, "portfolio.forecast_base_apr")),
            values.decimal(0, "portfolio.rebalance_band"),
            volatility(),
            new PortfolioSettings.LiquidityShares(
                values.decimal(0, "portfolio.volume_share"),
                values.decimal(0, "portfolio.oi_share")));
    int most = positionsMax(made.maxPositions());
    SettingChecks.require(
        isEnough(0) || most < 1 || !isChosen(POSITIONS),
        POSITIONS,
        made.maxPositions(),
        "at most %d: so many of at least 50 USD a leg, with their collateral, portfolio.capital_usd (%s) carries"
            .formatted(most, made.capital()));
    SettingChecks.require(
        isEnough(0),
        ConfigKey.CAPITAL,
        made.capital(),
        "enough for portfolio.max_positions (%d) of at least 50 USD a leg, with their collateral"
            .formatted(made.maxPositions()));
    return made;
  }

  private PortfolioSettings.VolatilityMargin volatility() {
    Map<MarketId, BigDecimal> onRecord = new TreeMap<>();
    for (int market = 0; market < values.markets().size(); market++) {
      if (values.find(market, RISE).isPresent()) {
        MarketId id = values.market(market);
        onRecord.put(id, values.decimal(market, RISE));
      }
    }
    return new PortfolioSettings.VolatilityMargin(
        values.decimal(0, "portfolio.volatility_factor"), onRecord);
  }

  /**
   * One capital at two venues, of which Hyperliquid is the configuration's own.
   *
   * @throws InvalidSetting where this market cannot be at its venue
   */
  CapitalMapper atItsVenue(int market, Config.Mode mode) {
    if (values.venue(market).isFirst()) {
      return this;
    }
    String own = values.ownVenue();
    boolean isAnyAtOwn =
        IntStream.range(0, values.markets().size()).anyMatch(each -> values.venue(each).isFirst());
    if (!own.equals(OWN)) {
      throw refused(market, own + ", as venue says; with two venues venue is " + OWN);
    }
    if (!isAnyAtOwn) {
      throw refused(market, own + " in one market at least; with aster alone set venue to aster");
    }
    if (!values.hasPortfolio()) {
      throw refused(market, own + ", or " + ConfigKey.CAPITAL + " for one capital at both");
    }
    if (mode == Config.Mode.PAPER) {
      throw refused(market, own + ": paper is for one venue; live and --dry-run take two");
    }
    return this;
  }

  private InvalidSetting refused(int market, String expected) {
    return new InvalidSetting(ConfigValues.VENUE, values.venue(market).name(), expected);
  }

  /** What was changed of a portfolio that there is not, or of a market whose target is smaller. */
  List<String> warnings() {
    if (!values.hasPortfolio()) {
      return ConfigKey.in(ConfigKey.PORTFOLIO)
          .map(ConfigKey::path)
          .filter(this::isChosen)
          .map(path -> path + " has no effect without " + ConfigKey.CAPITAL)
          .toList();
    }
    return IntStream.range(0, values.markets().size())
        .filter(market -> values.decimal(market, TARGET).compareTo(part(market).value()) < 0)
        .mapToObj(market ->
            "%s is %s, and a part of %s carries %s: the rest of it stays idle while %s is held"
                .formatted(
                    values.path(market, TARGET),
                    values.text(market, TARGET),
                    ConfigKey.CAPITAL,
                    part(market),
                    values.text(market, "markets.base")))
        .toList();
  }
}
