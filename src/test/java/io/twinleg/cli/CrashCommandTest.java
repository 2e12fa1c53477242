package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} in the middle, and the same command again. */
@Execution(ExecutionMode.CONCURRENT)
class CrashCommandTest {
  private static final String LENGTH = "30h";

  @TempDir Path folder;

  private String[] command(String journal) {
    return new String[] {
      "run",
      "--dry-run",
      "--seed",
      "7",
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
  @DisplayName("R14, R38: killed again and again, it ends as if it had never been")
  void killedAnywhereItEndsAsIfItHadNeverBeen() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    Ended whole = program.run(command("whole.db"));
    assertThat(whole.exitCode()).isZero();
    int lines = whole.lines().size();
    long seed = 38;
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < 4; kill++) {
      try (ProgramProcess.Running running = program.start(command("killed.db"))) {
        running.lines(random.nextInt(1, lines / 5));
        running.kill();
      }
    }
    Ended last = program.run(command("killed.db"));
    assertThat(last.exitCode()).as("seed %d", seed).isZero();
    assertThat(last.event("shutdown_summary")).isEqualTo(whole.event("shutdown_summary"));
    assertThat(last.event("exchange_audit")).isEqualTo(whole.event("exchange_audit"));

    Ended replay = program.run("replay", "--json", "--state-db", "killed.db");
    assertThat(replay.exitCode()).isZero();
    JsonNode comparison = ProgramProcess.json(replay.out());
    assertThat(comparison.path("differences").asInt()).isZero();
    assertThat(comparison.path("commands").asInt()).isPositive();
    assertThat(program.run("replay", "--state-db", "whole.db").out()).startsWith("no difference: ");
  }
}
