package io.twinleg.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinleg.config.Config;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordingFiles;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.BacktestSummary;
import io.twinleg.research.MarketResult;
import io.twinleg.research.walk.RuleRow;
import io.twinleg.research.walk.WalkForwardTable;
import io.twinleg.simulator.market.recorded.BarWorld;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One capital through the Engine over two coins, of which the better one is listed later. */
class PortfolioBacktestTest {
  private static final int HOURS = 140;
  private static final int LISTED = 60;
  private static final Usd CAPITAL = Usd.of("3000");

  /** With something to spare: a round trip costs some of it. */
  private static final Usd ACCOUNT = Usd.of("3100");

  @TempDir private Path folder;

  private static Config config() {
    return Config.load(
        Path.of("config_example.json"),
        List.of(
            "markets=[{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"},"
                + "{\"base\":\"SOL\",\"spot\":\"USOL/USDC\",\"perp\":\"SOL\"}]",
            "strategy.signal_window_h=24",
            "strategy.target_usd_notional=100000",
            "risk.per_symbol_notional_cap=100000",
            "risk.portfolio_notional_cap=200000",
            "risk.max_drawdown_usd=100000",
            "portfolio.capital_usd=" + CAPITAL,
            "portfolio.max_positions=1",
            "portfolio.forecast_window_h=24"),
        Config.Mode.DRY_RUN,
        name -> Optional.empty());
  }

  private static String candle(int hour, double price) {
    return String.format(
        Locale.ROOT, "%d,%.3f,%.3f,%.3f,%.3f,9", hour, price, price + 0.1, price - 0.1, price);
  }

  private static String[] rows(int from, java.util.function.IntFunction<String> row) {
    return IntStream.range(from, HOURS).mapToObj(row).toArray(String[]::new);
  }

  private HistoryArchive archive() {
    new RecordingFiles(folder)
        .funding("HYPE", rows(0, hour -> hour + ",0.00004"))
        .perp("HYPE", rows(0, hour -> candle(hour, 40.04 + 0.02 * (hour % 5))))
        .spot("HYPE", rows(0, hour -> candle(hour, 40 + 0.02 * (hour % 5))))
        .funding("SOL", rows(0, hour -> hour + ",0.00023"))
        .perp("SOL", rows(0, hour -> candle(hour, 150.15 + 0.1 * (hour % 3))))
        .spot("USOL", rows(LISTED, hour -> candle(hour, 150 + 0.1 * (hour % 3))));
    return HistoryArchive.open(folder);
  }

  private static BacktestSession.Fills fills(Config config) {
    return new BacktestSession.Fills(
        new BarWorld.Spreads(new BigDecimal("2"), new BigDecimal("1")), config.fees(), 1);
  }

  private static Instant at(int hour) {
    return RecordingFiles.FIRST.plus(Duration.ofHours(hour));
  }

  @Test
  void theBetterCoinIsEnteredTwoHoursAfterItWasListedAndTheOtherLeftBefore() {
    Config config = config();
    BacktestSession session = BacktestSession.asListed(config, archive(), null, null);
    BacktestResult result = session.run(ACCOUNT, fills(config));

    MarketResult hype = result.markets().getFirst();
    MarketResult sol = result.markets().getLast();
    assertThat(hype.market()).isEqualTo("HYPE");
    assertThat(hype.roundTrips()).isEqualTo(1);
    assertThat(sol.roundTrips()).isZero();
    // its first bar ends an hour later: decided then, left an hour after, entered an hour after
    // that
    assertThat(last(result, "HYPE").time())
        .isBetween(at(LISTED + 2), at(LISTED + 2).plusSeconds(9));
    assertThat(first(result, "SOL").time())
        .isBetween(at(LISTED + 3), at(LISTED + 3).plusSeconds(9));
    assertThat(sol.hoursIn()).isEqualTo(HOURS - 1 - (LISTED + 3));
    assertThat(hype.funding().plus(sol.funding())).isEqualTo(result.funding());
    assertThat(hype.fees().plus(sol.fees())).isEqualTo(result.fees());
    assertThat(hype.slippage().plus(sol.slippage())).isEqualTo(result.slippage());
    double parts = hype.net().plus(sol.net()).value().doubleValue();
    assertThat(parts).isCloseTo(result.net().value().doubleValue(), within(1e-6));
    assertThat(result.roundTrips()).isEqualTo(1);
  }

  /**
   * HYPE is left as soon as SOL is listed; with fills two observations later that is behind the
   * end.
   */
  @Test
  void whatIsDecidedTooLateToBeFilledStaysOpenAndIsAResult() {
    Config config = config();
    Instant end = at(LISTED + 2);
    BacktestSession session = BacktestSession.asListed(config, archive(), at(24), end);
    BacktestResult inTime = session.run(ACCOUNT, fills(config));
    BacktestResult late = session.run(ACCOUNT, fills(config).later());
    assertThat(inTime.roundTrips()).isEqualTo(1);
    assertThat(inTime.curve().hours().getLast().held().value()).isZero();
    assertThat(late.roundTrips()).isZero();
    assertThat(late.curve().hours().getLast().held().value()).isGreaterThan(new BigDecimal("1400"));
    assertThat(last(late, "HYPE").time()).isBefore(at(LISTED));
  }

  /**
   * With no cent more than the capital: what the round trip cost is missing at the second entry.
   */
  @Test
  void anAccountOfJustTheCapitalIsInTheSecondCoinToo() {
    Config config = config();
    BacktestSession session = BacktestSession.asListed(config, archive(), null, null);
    BacktestResult result = session.run(CAPITAL, fills(config));
    assertThat(result.markets())
        .allSatisfy(market -> assertThat(market.hoursIn()).isGreaterThan(HOURS / 4));
    assertThat(result.curve().hours().getLast().held().value())
        .isGreaterThan(new BigDecimal("1400"));
  }

  /** HYPE's rate does not earn twice the costs back within a week; SOL's does. */
  @Test
  void atTwiceTheCostsItEntersLessAndTheReaderIsWarned() {
    Config config = config();
    BacktestSession session = BacktestSession.asListed(config, archive(), at(0), at(LISTED + 4));
    BacktestSession.Fills once = fills(config);
    BacktestResult result = session.run(CAPITAL, once);
    BacktestResult doubled = session.run(CAPITAL, once.doubled());
    BacktestSummary summary =
        new BacktestSummary(result, result, result, doubled, once.after(), List.of());
    assertThat(doubled.curve().hoursIn()).isLessThan(result.curve().hoursIn() / 2);
    Usd sameTrades = result.net().minus(result.fees()).minus(result.slippage());
    assertThat(summary.warnings())
        .anyMatch(line ->
            line.startsWith("With costs doubled it was in for ")
                && line.contains("it knows its costs"));
    assertThat(summary.fields()).containsEntry("same_trades_costs_doubled_net_usd", sameTrades);
  }

  @Test
  void holdingThroughoutIsTheCapitalInEqualPartsAndNothingIsLeft() {
    Config config = config();
    BacktestSession session = BacktestSession.asListed(config, archive(), null, null);
    BacktestResult result = session.holdThroughout(ACCOUNT, fills(config));
    assertThat(result.roundTrips()).isZero();
    assertThat(result.markets()).allSatisfy(each -> assertThat(each.hoursIn()).isPositive());
    double half =
        session.run(ACCOUNT, fills(config)).curve().hours().getLast().held().value().doubleValue();
    assertThat(result.curve().hours().getLast().held().value().doubleValue())
        .isCloseTo(half, within(half * 0.02));
    BacktestResult all = session.holdOnly("SOL", ACCOUNT, fills(config));
    assertThat(all.curve().hours().getLast().held().value().doubleValue())
        .isCloseTo(half, within(half * 0.02));
  }

  @Test
  void theComparisonHasTheConfiguredPortfolioFirstAndTheBestCoinInHindsight() {
    Config config = config();
    WalkForwardTable table =
        PortfolioComparison.run(config, archive(), null, null, fills(config), 2, 5);
    assertThat(table.rows())
        .extracting(RuleRow::rule)
        .containsExactly(
            "portfolio as configured",
            "the same, one hour later",
            "each market its own slice",
            "equal weight",
            "hold HYPE",
            "hold SOL (hindsight)");
    assertThat(table.rows().getFirst().tripsAYear()).isPositive();
  }

  private static Fill first(BacktestResult of, String market) {
    return of.fills().stream()
        .filter(fill -> fill.instrument().market().name().equals(market))
        .findFirst()
        .orElseThrow();
  }

  private static Fill last(BacktestResult of, String market) {
    return of.fills().stream()
        .filter(fill -> fill.instrument().market().name().equals(market))
        .reduce((one, other) -> other)
        .orElseThrow();
  }
}
