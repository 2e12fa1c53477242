package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real start.sh and stop.sh over real runners. Only the launcher is another one: it takes the
 * classes under test instead of building them.
 */
class ScriptsTest {
  /** Nothing here takes a tenth of it; a test that hangs ends anyway. */
  private static final long MOST_SECONDS = 120;

  private static final String[] PACED = {"--dry-run", "--speed", "3600", "--state-db", "s.db"};

  @TempDir Path folder;

  private record ScriptResult(int exitCode, String text) {}

  @BeforeEach
  void layOut() throws IOException {
    for (String name : List.of("start.sh", "stop.sh")) {
      Files.copy(Path.of(name), folder.resolve(name));
    }
    Path launcher = Files.writeString(folder.resolve("twinleg"), launcher());
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private String launcher() {
    String command =
        Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dtwinleg.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    // The scripts know their runner by the folder in its command line.
    return """
    #!/usr/bin/env bash
    [[ -z ${TWINLEG_BUILD_ONLY:-} ]] || exit 0
    exec %s "$@" --set "telemetry.log_file=%s/run.log"
    """
        .formatted(command, folder);
  }

  @AfterEach
  void stopTheRunner() throws Exception {
    runScript("stop.sh");
  }

  private ScriptResult runScript(String script, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("bash", folder.resolve(script).toString()), Stream.of(arguments))
            .toList();
    Path out = Files.createTempFile(folder, "output-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as(script + " ends").isTrue();
    return new ScriptResult(process.exitValue(), Files.readString(out));
  }

  private String text(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readString(path).strip() : "";
  }

  private void await(String what, BooleanSupplier come) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!come.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + ":\n" + text("logs/service.out")).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean logged(String event, int times) {
    try {
      return text("logs/service.out").split("\"event\":\"" + event + "\"", -1).length > times;
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  @DisplayName("R16: stop.sh waits for a clean end; a second start.sh is refused")
  void startsOnceAndStopsCleanly() throws Exception {
    assertThat(runScript("start.sh", PACED).text()).startsWith("Started: process ");
    String runner = text("quantify.pid");
    ScriptResult second = runScript("start.sh", PACED);
    assertThat(second.exitCode()).isEqualTo(8);
    assertThat(second.text()).contains("Already running (process " + runner + ")");
    await("an entry", () -> logged("entered_position", 1));

    ScriptResult stopped = runScript("stop.sh");

    assertThat(stopped.exitCode()).as(stopped.text()).isZero();
    assertThat(stopped.text()).isEqualTo("Stopped.\n");
    assertThat(logged("shutdown_summary", 1)).isTrue();
    assertThat(ProcessHandle.of(Long.parseLong(runner)).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(folder.resolve("quantify.pid")).doesNotExist();
    assertThat(runScript("stop.sh").text()).isEqualTo("Not running.\n");
  }

  @Test
  @DisplayName("a runner that was killed is brought back, and goes on where it was")
  void restartsARunnerThatWasKilled() throws Exception {
    assertThat(runScript("start.sh", PACED).exitCode()).isZero();
    await("an entry", () -> logged("entered_position", 1));
    String first = text("quantify.pid");

    ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();

    await("the next runner", () -> logged("reconciled", 2));
    assertThat(text("quantify.pid")).isNotEqualTo(first).isNotEmpty();
    assertThat(text("logs/service.out")).contains("ended with exit 137; starting it again");
    assertThat(runScript("stop.sh").exitCode()).isZero();
  }

  @Test
  @DisplayName("a mistake in the configuration is reported at once and not tried again")
  void doesNotBringBackWhatCannotRun() throws Exception {
    ScriptResult refused =
        runScript("start.sh", "--dry-run", "--set", "strategy.exit_threshold_apr=9");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.text()).contains("exit_threshold_apr").doesNotContain("tried again");
    assertThat(runScript("stop.sh").text()).isEqualTo("Not running.\n");
  }
}
