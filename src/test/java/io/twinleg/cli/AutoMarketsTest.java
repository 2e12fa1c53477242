package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.simulator.server.common.FaultProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code markets: "auto"} in each way to run: the list is made once and kept beside the journal.
 */
@Execution(ExecutionMode.CONCURRENT)
class AutoMarketsTest {
  private static final String CAPITAL = "portfolio.capital_usd=900";

  @TempDir Path folder;

  private ProgramProcess program() {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder);
  }

  private ProgramProcess.Ended dryRun(String journal, String... more) throws Exception {
    String[] head = {"run", "--dry-run", "--for", "2h", "--json", "--state-db", journal};
    String[] all = Arrays.copyOf(head, head.length + more.length);
    System.arraycopy(more, 0, all, head.length, more.length);
    return program().run(all);
  }

  @Test
  void aDryRunTakesWhatOurExchangeListsAndKeepsTheList() throws Exception {
    ProgramProcess.Ended first = dryRun("state/auto.db", "--set", "markets=auto", "--set", CAPITAL);
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    assertThat(first.err())
        .contains(
            "markets auto takes 6: HYPE, BTC, ETH, SOL, FARTCOIN, PUMP, kept in state/auto.db")
        .contains("markets auto leaves out PURR: its margin is isolated");
    ProgramProcess.Ended status = program().run("status", "--state-db", "state/auto.db");
    assertThat(status.out())
        .containsPattern("return on capital -?[0-9.]+ ?%  net -?[0-9.]+ of 900 USD, in use [0-9.]+")
        .containsPattern("  HYPE -?[0-9.]+ ?%  (hold|wait|leave), ");
    Path kept = folder.resolve("state/auto.db.markets.json");
    String list = Files.readString(kept).replaceFirst(",\\{\"base\":\"BTC\"[^}]*}", "");
    Files.writeString(kept, list);

    ProgramProcess.Ended second =
        dryRun("state/auto.db", "--set", "markets=auto", "--set", CAPITAL);

    assertThat(second.err()).contains("markets auto is the list in state/auto.db.markets.json");
    assertThat(second.out()).doesNotContain("\"market\":\"BTC\"");
  }

  @Test
  void withoutACapitalThereIsNoList() throws Exception {
    ProgramProcess.Ended ended = dryRun(":memory:", "--set", "markets=auto");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.errLines()).hasSize(1);
    assertThat(ended.err()).contains("markets is \"auto\"", "portfolio.capital_usd");
    ProgramProcess.Ended other =
        program().run("simulate", "--seeds", "1..1", "--set", "markets=auto");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("\"auto\" for run and validate");
  }

  /** Our server has neither a day's volume nor an open interest: both caps are switched off. */
  @Test
  void aLiveRunAsksTheVenueAndTradesWhatItTook() throws Exception {
    try (LoopbackExchange venue =
        new LoopbackExchange(LiveRunTest.lasting(), LiveRunTest.ADDRESS, 4, FaultProfile.NONE)) {
      Path config = LiveRunTest.config(folder, venue.url());
      String[] command = {
        "run",
        "--json",
        "--config",
        config.toString(),
        "--set",
        "markets=auto",
        "--set",
        CAPITAL,
        "--set",
        "portfolio.forecast_window_h=24",
        "--set",
        "portfolio.volume_share=0",
        "--set",
        "portfolio.oi_share=0"
      };
      try (ProgramProcess.Running run = program().start(command)) {
        run.await("entered_position");
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.err()).contains("markets auto takes 1: HYPE, kept in");
      }
      assertThat(LiveRunTest.isHedged(venue.state())).isTrue();
      assertThat(Files.readString(folder.resolve("state/live.db.markets.json")))
          .contains("\"spot_index\":107", "\"token_id\":\"0x");
    }
  }
}
