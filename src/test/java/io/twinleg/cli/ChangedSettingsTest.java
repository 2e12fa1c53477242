package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.config.RunConfig;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.simulator.InstrumentCatalog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A dry run goes on from its journal with other settings, and then with those it began with: each
 * of the starts before must run through the exchange as it was configured then.
 */
class ChangedSettingsTest {
  private static final String TWO =
      DryRunCommands.markets(InstrumentCatalog.HYPE, InstrumentCatalog.BTC);
  private static final String SWAPPED =
      DryRunCommands.markets(InstrumentCatalog.BTC, InstrumentCatalog.HYPE);
  private static final String CAPITAL = "portfolio.capital_usd=700";

  @TempDir Path folder;

  private Path journal() {
    return folder.resolve("run.db");
  }

  /** Counted from the journal's beginning; fails where the books differ from the exchange's. */
  private void runTo(int hours, String... overrides) {
    DryRunCommands.intoJournal(journal(), Duration.ofHours(hours), overrides);
  }

  private void replaysWithoutADifference(int starts) {
    try (JournalReader reader = SqliteJournal.openReadOnly(journal())) {
      var replayed =
          new JournalReplay(text -> RunConfig.parse(text).settings())
              .replay(reader, (event, commands) -> {});
      assertThat(replayed.difference()).isEmpty();
      assertThat(reader.logEvents("run_start", 10)).hasSize(starts);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execution.max_clip_usd=30",
        "strategy.target_usd_notional=90",
        "strategy.target_usd_notional=400",
        "strategy.signal_window_h=24",
        "strategy.enter_threshold_apr=0.2",
        "strategy.hedge_ratio=0.9",
        "execution.leg_mode=batch",
        "execution.perp_leverage=2",
        "execution.max_slippage_bps=40",
        "fees.spot_maker=0.0001",
        "fees.perp_taker=0.0009",
        "portfolio.capital_usd=300",
        "risk.max_book_age_ms=700",
        "risk.max_funding_age_ms=5000",
        "risk.margin_ratio_target=1.5",
        "alignment.mode=force",
        "adopt_existing=both",
        "shutdown.mode=flatten"
      })
  void goesOnWithAnotherSettingAndBack(String other) {
    runTo(2);
    runTo(4, other);
    runTo(6);
    replaysWithoutADifference(3);
  }

  @Test
  void goesOnWithAnotherCapitalFewerPositionsAndWithoutAPortfolio() {
    runTo(2, TWO, CAPITAL);
    runTo(3, TWO, "portfolio.capital_usd=1500");
    runTo(4, TWO, CAPITAL, "portfolio.max_positions=1");
    runTo(5, TWO, CAPITAL, "strategy.target_usd_notional=120");
    runTo(6, TWO);
    replaysWithoutADifference(5);
  }

  @Test
  void goesOnWithOneMarketMoreInAnyOrder() {
    runTo(2);
    runTo(3, TWO);
    runTo(4, SWAPPED);
    replaysWithoutADifference(3);
  }

  @Test
  void aMarketThatTheJournalKnowsMustStay() {
    runTo(1, TWO);

    assertThatThrownBy(() -> runTo(2))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "markets has no BTC, and the journal %s knows BTC as UBTC/USDC and perp BTC: put it back, or give another --state-db"
                .formatted(journal()));
  }

  @Test
  void aMarketKeepsItsInstruments() {
    runTo(1);

    assertThatThrownBy(
            () -> runTo(2, "markets=[{\"base\":\"HYPE\",\"spot\":\"UBTC/USDC\",\"perp\":\"BTC\"}]"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("markets has HYPE as UBTC/USDC and perp BTC, and the journal ");
  }
}
