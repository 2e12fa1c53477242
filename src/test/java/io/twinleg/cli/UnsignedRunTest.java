package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.cli.ProgramProcess.Running;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer.Visits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * M: a dry run and paper beside an exchange that would take their orders, with the very key of an
 * account there. Every command and everything that a run does by itself is driven, and the exchange
 * counts what is signed: nothing.
 */
@Execution(ExecutionMode.CONCURRENT)
class UnsignedRunTest {
  private static final String JOURNAL = "unsigned.db";

  @TempDir Path folder;

  /** Its spot book comes down through a bid again and again, and its rate stays. */
  private static LoopbackExchange exchange() {
    Instant start = Instant.parse("2026-01-05T12:10:00Z");
    ScriptedWorld world =
        ScriptedWorld.startingAt(start)
            .at(Duration.ZERO, FixtureF0::open)
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(start, FixtureF0.FUNDING);
    for (int second = 4; second < 1200; second += 8) {
      world.at(
          Duration.ofSeconds(second),
          gateway -> gateway.quote(FixtureF0.SPOT, FixtureF0.book("39.990", "39.999")));
      world.at(
          Duration.ofSeconds(second + 4),
          gateway -> gateway.quote(FixtureF0.SPOT, FixtureF0.book("40.000", "40.010")));
    }
    return new LoopbackExchange(world, LiveRunTest.ADDRESS, 4, FaultProfile.NONE);
  }

  private ProgramProcess program() {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder);
  }

  private void command(String... words) throws Exception {
    String[] line = new String[words.length + 2];
    System.arraycopy(words, 0, line, 0, words.length);
    line[words.length] = "--state-db";
    line[words.length + 1] = JOURNAL;
    Ended ended = program().run(line);
    assertThat(ended.exitCode()).as(String.join(" ", line) + ended.err()).isZero();
  }

  @Test
  void onPaperNothingIsSignedByAnyCommand() throws Exception {
    try (LoopbackExchange venue = exchange()) {
      String config = LiveRunTest.config(folder, venue.url()).toString();
      String[] run = {"run", "--paper", "--json", "--config", config, "--state-db", JOURNAL};
      try (Running first = program().start(run)) {
        first.await("entered_position");
        first.kill();
      }
      try (Running second = program().start(run)) {
        second.await("reconciled", line -> !line.path("state").asString("").equals("FLAT"));
        driveEveryCommand(second);
        second.signal("TERM");
        assertThat(second.end().exitCode()).isZero();
      }
      command("report");
      command("replay");
      assertThat(program().run("markets", "--json", "--base-url", venue.url()).exitCode()).isZero();
      assertThat(venue.visits().actions()).isZero();
      assertThat(venue.visits().questions()).as("it did look at the market").isPositive();
      assertThat(venue.state().openOrders()).isEmpty();
    }
  }

  @Test
  void inADryRunNotEvenAQuestionReachesTheVenue() throws Exception {
    try (LoopbackExchange venue = exchange()) {
      String config = LiveRunTest.config(folder, venue.url()).toString();
      String[] run = {
        "run", "--dry-run", "--speed", "7200", "--json", "--config", config, "--state-db", JOURNAL
      };
      try (Running first = program().start(run)) {
        first.await("entered_position");
        first.kill();
      }
      try (Running second = program().start(run)) {
        driveEveryCommand(second);
        second.signal("TERM");
        assertThat(second.end().exitCode()).isZero();
      }
      command("flatten", "--yes", "--config", config);
      command("report");
      command("replay");
      assertThat(program().run("validate", "--config", config).exitCode()).isZero();
      assertThat(venue.visits()).isEqualTo(new Visits(0, 0, 0));
    }
  }

  /** Each by the inbox, and the KILL file; each has done its work before the next is sent. */
  private void driveEveryCommand(Running run) throws Exception {
    command("status");
    command("pause");
    run.await("paused");
    command("resume");
    run.await("trading_resumed");
    for (String level : new String[] {"1", "2", "3"}) {
      command("kill", level);
      run.await("kill_switch", line -> line.path("kill_level").asString("").equals(level));
      awaitLatched();
      command("resume", "--yes");
      run.await("trading_resumed");
    }
    Path kill = Files.writeString(folder.resolve("KILL"), "2");
    run.await("kill_switch");
    Files.delete(kill);
    awaitLatched();
    command("resume", "--yes");
    run.await("trading_resumed");
    command("flatten", "--yes");
    run.await("flattened");
  }

  /** The status is written with each commit, at most a second later. */
  private void awaitLatched() throws Exception {
    for (int poll = 0; poll < 60; poll++) {
      Ended status = program().run("status", "--json", "--state-db", JOURNAL);
      String latched =
          ProgramProcess.json(status.out()).path("status").path("latched").asString("");
      if (latched.contains("kill")) {
        return;
      }
    }
    throw new AssertionError("the kill was never latched");
  }
}
