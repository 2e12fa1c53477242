package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** One capital over Hyperliquid and Aster with {@code run --dry-run} and what reads its journal. */
@Execution(ExecutionMode.CONCURRENT)
class TwoVenuesCommandTest {
  private static final String LENGTH = "20h";

  @TempDir Path folder;

  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("both.json"),
        """
        {"credentials":{},
         "markets":[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},
           {"venue":"aster","base":"ETH","spot":"ETH/USDT","perp":"ETHUSDT"}],
         "portfolio":{"capital_usd":2500},
         "strategy":{"enter_threshold_apr":0.10,"exit_threshold_apr":0.04,"target_usd_notional":600},
         "risk":{"per_symbol_notional_cap":700,"portfolio_notional_cap":1400,"max_drawdown_usd":90,
           "min_spread_ticks":0}}
        """);
  }

  private Ended dryRun(ProgramProcess program, String journal) throws Exception {
    return program.run(command(journal));
  }

  private String[] command(String journal) throws IOException {
    return new String[] {
      "run",
      "--dry-run",
      "--config",
      config().toString(),
      "--speed",
      "max",
      "--for",
      LENGTH,
      "--json",
      "--state-db",
      journal
    };
  }

  @Test
  @DisplayName("both venues are held and foot to the last digit, also after kills")
  void holdsAtBothVenuesAndFootsAtEach() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    Ended whole = dryRun(program, "whole.db");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    List<JsonNode> audits = whole.events("exchange_audit");
    assertThat(audits)
        .extracting(audit -> audit.path("venue").asString("hyperliquid"))
        .containsExactly("hyperliquid", "aster");
    assertThat(audits)
        .allSatisfy(audit -> {
          assertThat(audit.path("agrees").asBoolean()).isTrue();
          assertThat(audit.path("funding_exchange").decimalValue()).isPositive();
          assertThat(audit.path("fees_exchange").decimalValue()).isPositive();
        });
    int lines = whole.lines().size();
    for (int kill = 1; kill <= 2; kill++) {
      try (ProgramProcess.Running running = program.start(command("killed.db"))) {
        running.lines(lines * kill / 4);
        running.kill();
      }
    }
    Ended last = dryRun(program, "killed.db");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.events("shutdown_summary")).isEqualTo(whole.events("shutdown_summary"));
    assertThat(last.events("exchange_audit")).isEqualTo(audits);
    assertThat(program.run("replay", "--state-db", "killed.db").out())
        .startsWith("no difference: ");
  }

  @Test
  @DisplayName("status and report show the whole, each market and each venue")
  void showsTheWholeAndEachVenue() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    assertThat(dryRun(program, "one.db").exitCode()).isZero();
    Ended json = program.run("status", "--json", "--state-db", "one.db");
    JsonNode status = ProgramProcess.json(json.out()).path("status");
    assertThat(status.path("venues").valueStream().map(each -> each.path("venue").asString("")))
        .containsExactly("hyperliquid", "aster");
    assertThat(status.path("venues").valueStream())
        .allSatisfy(venue -> {
          assertThat(venue.path("capital_usd").decimalValue())
              .isBetween(new BigDecimal("1990"), new BigDecimal("2010"));
          assertThat(venue.path("margin").path("ratio").decimalValue()).isPositive();
        });
    assertThat(status.path("markets").valueStream().map(each -> each.path("market").asString("")))
        .containsExactly("HYPE", "aster/ETH");
    assertThat(program.run("status", "--state-db", "one.db").out())
        .contains("at hyperliquid: capital 20")
        .contains("at aster: capital 20");
    Ended report = program.run("report", "--json", "--state-db", "one.db");
    assertThat(report.exitCode()).isZero();
    assertThat(report.out()).contains("\"aster/ETH\"");
    assertThat(program.run("report", "--state-db", "one.db").out())
        .contains("Against the venue's own account");
  }

  @Test
  @DisplayName("what knows one venue only refuses two in one sentence")
  void refusesWhereTwoVenuesAreNotKnown() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    String config = config().toString();
    Ended backtest = program.run("backtest", "--config", config, "--history", folder.toString());
    assertThat(backtest.exitCode()).isEqualTo(2);
    assertThat(backtest.err()).contains("backtest is for one venue, and markets has two");
    Ended recorded =
        program.run(
            "run",
            "--dry-run",
            "--config",
            config,
            "--market",
            "replay:" + folder,
            "--state-db",
            "recorded.db");
    assertThat(recorded.exitCode()).isEqualTo(2);
    assertThat(recorded.err()).contains("markets of two venues are in the synthetic market only");
    Ended validate = program.run("validate", "--config", config);
    assertThat(validate.exitCode()).isEqualTo(2);
    assertThat(validate.err() + validate.out())
        .contains("credentials.futures_base_url is none by default: expected a value");
    Ended paper = program.run("run", "--paper", "--config", config, "--state-db", "paper.db");
    assertThat(paper.exitCode()).isEqualTo(2);
    assertThat(paper.err()).contains("paper is for one venue; live and --dry-run take two");
  }

  @Test
  @DisplayName("a wallet that is too small is that of one venue, and no venue joins a journal")
  void aVenueHasItsOwnWalletsAndIsThereFromTheBeginning() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    String config = config().toString();
    String[] alone = {
      "run",
      "--dry-run",
      "--config",
      config,
      "--set",
      "markets=[{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"}]",
      "--speed",
      "max",
      "--for",
      "1h",
      "--json",
      "--capital",
      "2300",
      "--state-db",
      "join.db"
    };
    assertThat(program.run(alone).exitCode()).isZero();
    alone[5] = "strategy.ev_gate=true";
    Ended joined = program.run(alone);
    assertThat(joined.exitCode()).isEqualTo(2);
    assertThat(joined.err())
        .contains(
            "the wallets of each venue hold 575 USD for spot and 575 for the perp, and"
                + " strategy.target_usd_notional of all markets at the first needs 601.2")
        .contains(
            "the journal has no market at aster, and a venue cannot join a dry run that has begun");
  }
}
