package io.twinleg.research.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.bootstrap.BacktestSession;
import io.twinleg.config.Config;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordingFiles;
import io.twinleg.research.BacktestResult;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.market.recorded.BarWorld;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random sets over all coins: the kernel's figures are the Engine's, to the cent. {@code
 * -Dtiers.sets=100} for more of them, {@code -Dtiers.seed} for others.
 */
final class TierAgreementTest {
  private static final long SEED = Long.getLong("tiers.seed", 20260105);
  private static final int SETS = Integer.getInteger("tiers.sets", 7);
  private static final Usd CAPITAL = Usd.of("20000");
  private static final Duration LENGTH = Duration.ofHours(700);
  private static final int LAST_DAYS_UNTOUCHED = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final HistoryArchive archive = RecordingFiles.real();

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<String> overrides(InstrumentCatalog coin) {
    return List.of(
        "markets=[{\"base\":\"%s\",\"spot\":\"%s\",\"perp\":\"%s\"}]"
            .formatted(coin.name(), coin.spotSymbol(), coin.name()),
        "execution.perp_cross=" + (coin != InstrumentCatalog.PURR),
        "strategy.signal_window_h=" + any(List.of(1, 2, 3, 8, 24, 72, 168)),
        "strategy.enter_threshold_apr=" + any(List.of("0.05", "0.10", "0.1095", "0.2")),
        "strategy.exit_threshold_apr=" + any(List.of("-0.1", "0", "0.04")),
        "strategy.ev_gate=" + any(List.of(true, false)),
        "strategy.horizon_h=" + any(List.of(48, 168, 336)),
        "strategy.min_edge_bps=" + any(List.of(0, 3, 10)),
        "strategy.max_break_even_h=" + any(List.of(72, 168, 400)),
        "strategy.target_usd_notional=" + any(List.of(100, 200, 450, 500)),
        "execution.enter_exit_cooldown_s=" + any(List.of(0, 300, 7200)),
        "risk.min_spread_ticks=" + any(List.of(0, 1, 2)),
        "risk.max_drawdown_usd=400");
  }

  @Test
  @Timeout(value = 45, unit = TimeUnit.MINUTES)
  void theKernelIsTheEngineToTheCent() {
    List<String> differences = new ArrayList<>();
    int disturbed = 0;
    int traded = 0;
    for (int i = 0; i < SETS; i++) {
      InstrumentCatalog coin = InstrumentCatalog.values()[i % InstrumentCatalog.values().length];
      List<String> overrides = overrides(coin);
      Config config =
          Config.load(
              Path.of("config_example.json"),
              overrides,
              Config.Mode.DRY_RUN,
              name -> Optional.empty());
      BacktestSession whole = BacktestSession.open(config, archive, null, null);
      Instant first = whole.from();
      Instant end = whole.last();
      long hours = Duration.between(first, end).toHours() - 24 * LAST_DAYS_UNTOUCHED;
      Instant from = first.plus(Duration.ofHours(random.nextLong(Math.max(1, hours - 24))));
      Instant until = from.plus(LENGTH).isBefore(end) ? from.plus(LENGTH) : end;
      BacktestSession session = BacktestSession.open(config, archive, from, until);
      BacktestSession.Fills fills =
          new BacktestSession.Fills(
              new BarWorld.Spreads(new BigDecimal("2"), new BigDecimal("1")),
              config.fees(),
              1 + random.nextInt(2));
      BacktestResult engine;
      try {
        engine = session.run(CAPITAL, fills);
      } catch (IllegalStateException ended) {
        differences.add(
            "%d %s %s..%s after %d %s: %s"
                .formatted(i, coin, from, until, fills.after(), overrides, ended.getMessage()));
        continue;
      }
      Screening screening =
          new Screening(
              session.series().getFirst(),
              new BigDecimal("2"),
              new BigDecimal("1"),
              from,
              until,
              config.settings().markets().getFirst().strategy().signalWindowHours());
      Screening.Result kernel =
          screening.run(
              config.settings().markets().getFirst(),
              config.settings().risk(),
              config.fees(),
              CAPITAL.value().doubleValue(),
              fills.after(),
              new double[screening.days()]);
      disturbed += kernel.disturbed() ? 1 : 0;
      traded += kernel.entries() > 0 ? 1 : 0;
      boolean same =
          engine.roundTrips() == kernel.exits()
              && engine.curve().hoursIn() == kernel.hoursIn()
              && Math.abs(engine.net().value().doubleValue() - kernel.net()) < 0.005
              && Math.abs(engine.funding().value().doubleValue() - kernel.funding()) < 0.005
              && Math.abs(engine.fees().value().doubleValue() - kernel.fees()) < 0.005
              && Math.abs(engine.slippage().value().doubleValue() - kernel.slippage()) < 0.005;
      if (!same && !kernel.disturbed()) {
        differences.add(
            "%d %s %s..%s after %d %s: engine %s, kernel %s"
                .formatted(
                    i, coin, from, until, fills.after(), overrides, engine.fields(), kernel));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(disturbed).isLessThanOrEqualTo(SETS / 5);
    assertThat(traded).isGreaterThan(SETS / 3);
  }
}
