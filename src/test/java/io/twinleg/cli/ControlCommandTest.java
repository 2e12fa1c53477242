package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.cli.ProgramProcess.Running;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The operator's hands on a run in another process: the inbox, signals, the KILL file. */
@Execution(ExecutionMode.CONCURRENT)
class ControlCommandTest {
  @TempDir Path folder;

  /** Two hours a second: long enough for a word to come in between, and no wait for an entry. */
  private static final String[] PACED = {
    "run", "--dry-run", "--speed", "7200", "--json", "--state-db", "o.db"
  };

  private ProgramProcess program() {
    return new ProgramProcess(folder);
  }

  private Ended run(String... arguments) throws Exception {
    return program().run(arguments);
  }

  private JsonNode status() throws Exception {
    Ended ended = run("status", "--json", "--state-db", "o.db");
    assertThat(ended.exitCode()).isZero();
    return ProgramProcess.json(ended.out());
  }

  @Test
  void aRunningRunFollowsItsOperator() throws Exception {
    try (Running run = program().start(PACED)) {
      run.await("entered_position");

      assertThat(run("run", "--dry-run", "--state-db", "o.db").exitCode())
          .as("a second runner")
          .isEqualTo(8);

      assertThat(run("pause", "--state-db", "o.db").out()).contains("sent to the runner");
      run.await("paused");

      assertThat(run("kill", "1", "--state-db", "o.db").exitCode()).isZero();
      run.await("kill_switch", line -> line.path("kill_level").asString().equals("1"));
      run.await("pnl_update");

      JsonNode status = awaitLatched(run);
      assertThat(status.path("running").asBoolean()).isTrue();
      assertThat(status.path("status").path("mode").asString()).isEqualTo("HALTED");

      Ended refused = run("resume", "--state-db", "o.db");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("kill level 1", "resume --yes");
      assertThat(run("resume", "--yes", "--state-db", "o.db").out())
          .contains("clearing what was latched: kill level 1");
      JsonNode resumed = run.await("trading_resumed", line -> line.has("was_latched"));
      assertThat(resumed.path("was_latched").asString()).isEqualTo("kill level 1");

      assertThat(run("flatten", "--yes", "--state-db", "o.db").exitCode()).isZero();
      assertThat(run.await("flattened").path("then").asString()).isEqualTo("paused");

      run.signal("TERM");
      Ended ended = run.end();
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.event("shutdown_requested").path("reason").asString()).isEqualTo("SIGTERM");
      assertThat(ended.event("shutdown_summary").path("perp_sz").decimalValue()).isZero();
    }
    assertThat(run("replay", "--state-db", "o.db").exitCode()).isZero();
    assertThat(status().path("running").asBoolean()).isFalse();
    assertThat(status().path("ended_cleanly").asBoolean()).isTrue();
    run("pause", "--state-db", "o.db");
    assertThat(run("status", "--state-db", "o.db").out())
        .contains("taken by the next start: pause", "price ", "notional 0.00 USD")
        .doesNotContain("not ended cleanly");
  }

  /** The board is written with each commit, at most a second later. */
  private JsonNode awaitLatched(Running run) throws Exception {
    JsonNode status = status();
    for (int poll = 0;
        poll < 20 && status.path("status").path("latched").asString("none").equals("none");
        poll++) {
      run.await("pnl_update");
      status = status();
    }
    return status;
  }

  @Test
  @Scenario("S09")
  @DisplayName("S09, R15: a stop while hedged keeps the position, and costs nothing")
  void S09_aStopWhileHedgedKeepsThePosition() throws Exception {
    JsonNode entered;
    Ended stopped;
    try (Running run = program().start(PACED)) {
      entered = run.await("target_reached");
      run.await("pnl_update");
      run.signal("INT");
      stopped = run.end();
    }
    assertThat(stopped.exitCode()).isZero();
    assertThat(entered).isNotNull();
    JsonNode summary = stopped.event("shutdown_summary");
    assertThat(summary.path("perp_sz").decimalValue()).isPositive();
    assertThat(stopped.events("close_perp_order")).isEmpty();

    Ended again = run("run", "--dry-run", "--json", "--once", "--state-db", "o.db");
    assertThat(again.exitCode()).isZero();
    assertThat(again.event("reconciled").path("state").asString()).isEqualTo("HEDGED");
    assertThat(again.event("shutdown_summary").path("fees_total"))
        .isEqualTo(summary.path("fees_total"));
    assertThat(again.event("shutdown_summary").path("perp_sz")).isEqualTo(summary.path("perp_sz"));
  }

  @Test
  @Scenario("K09")
  @DisplayName("K09: a command given while no runner runs holds from the next start, over restarts")
  void K09_commandsToAStoppedRunHoldFromItsNextStart() throws Exception {
    String[] once = {"run", "--dry-run", "--once", "--json", "--state-db", "o.db"};
    assertThat(run(once).events("entered_position")).isNotEmpty();

    assertThat(run("kill", "3", "--state-db", "o.db").out())
        .contains("no runner is running on o.db; it holds from its next start");
    Ended killed = run(once);
    assertThat(killed.exitCode()).as("halted").isEqualTo(5);
    assertThat(killed.event("shutdown_summary").path("perp_sz").decimalValue()).isZero();
    assertThat(killed.events("close_perp_order")).isNotEmpty();

    Ended still = run(once);
    assertThat(still.exitCode()).as("latched over a restart").isEqualTo(5);
    assertThat(still.events("fill")).isEmpty();
    assertThat(status().path("status").path("latched").asString()).isEqualTo("kill level 3");

    assertThat(run("resume", "--yes", "--state-db", "o.db").exitCode()).isZero();
    Ended resumed = run(once);
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.event("trading_resumed").path("was_latched").asString())
        .isEqualTo("kill level 3");
  }

  /** What the original never wrote down, beside its two kinds. */
  private static final List<String> LOGGED_KINDS =
      List.of(
          "entry",
          "fee",
          "fill",
          "exit",
          "intent",
          "sent",
          "ack",
          "state",
          "instrument_pin",
          "leverage",
          "config_hash",
          "run_start",
          "run_stop",
          "snapshot");

  private int logged(String kind) {
    try (JournalReader reader = SqliteJournal.openReadOnly(folder.resolve("o.db"))) {
      return reader.logEvents(kind, 1).size();
    }
  }

  @Test
  @DisplayName("R38: entry, exit and every order are in the journal's event log")
  void flattenOnAStoppedRunStartsOneThatClosesAndEnds() throws Exception {
    String[] once = {"run", "--dry-run", "--once", "--json", "--state-db", "o.db"};
    assertThat(run(once).events("entered_position")).isNotEmpty();

    Ended flattened = run("flatten", "--yes", "--state-db", "o.db");
    assertThat(flattened.exitCode()).isZero();
    assertThat(flattened.events("exit_completed")).hasSize(1);
    assertThat(flattened.event("flattened").path("then").asString()).isEqualTo("end");
    assertThat(flattened.event("shutdown_summary").path("perp_sz").decimalValue()).isZero();

    for (String kind : LOGGED_KINDS) {
      assertThat(logged(kind)).as("R38: kind %s", kind).isPositive();
    }

    Ended paused = run(once);
    assertThat(paused.exitCode()).isZero();
    assertThat(paused.events("fill")).as("paused until resume").isEmpty();
  }

  @Test
  @DisplayName("2.14: a file KILL beside the journal works with no program at hand")
  void aKillFileStopsARun() throws Exception {
    try (Running run = program().start(PACED)) {
      run.await("entered_position");
      Files.writeString(folder.resolve("KILL"), "3\n");
      assertThat(run.await("kill_switch").path("kill_level").asString()).isEqualTo("3");
      run.await("exit_completed");
      run.signal("TERM");
      Ended ended = run.end();
      assertThat(ended.exitCode()).isEqualTo(5);
      assertThat(ended.event("shutdown_summary").path("perp_sz").decimalValue()).isZero();
    }
  }
}
