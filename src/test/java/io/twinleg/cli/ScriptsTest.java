package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.proxy.LyingProxy;
import io.twinleg.simulator.server.common.FaultProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real start.sh and stop.sh over real runners. Only the launcher is another one: it takes the
 * classes under test instead of building them.
 */
@Execution(ExecutionMode.CONCURRENT)
class ScriptsTest {
  /** Nothing here takes a tenth of it; a test that hangs ends anyway. */
  private static final long MOST_SECONDS = 480;

  private static final String[] PACED = {"--dry-run", "--speed", "3600", "--state-db", "s.db"};

  @TempDir Path folder;
  private final Map<String, String> environment = new TreeMap<>();

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
        ProgramJar.command(List.of("-XX:TieredStopAtLevel=1", "-Duser.home=" + folder))
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
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
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
    assertThat(text("logs/service.out"))
        .contains(
            "ended with exit 137 (killed, by the system where memory is short); starting it again"
                + " in 1 s");
    assertThat(runScript("stop.sh").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2, ended with exit 2 (usage or configuration) and is not started again",
    "70, 'does not come back: it ended 4 times in a row, at last with exit 70 (a fault of the"
        + " program); it is started again without end'",
    "0, ''"
  })
  @DisplayName("a runner that does not come back is an alert on the channels of its configuration")
  void alertsWhenTheRunnerDoesNotComeBack(int code, String text) throws Exception {
    Files.writeString(folder.resolve("other.json"), "{\"alerts\": {\"ntfy_url\": \"env:TOPIC\"}}");
    Files.writeString(
        folder.resolve("twinleg"),
        """
        #!/usr/bin/env bash
        [[ -z ${TWINLEG_BUILD_ONLY:-} ]] || exit 0
        if [[ $1 == alerts ]]; then printf '[%%s]' "$@" >>%1$s/alerts; exit 0; fi
        echo run >>%1$s/runs
        sleep 0.2
        exit %2$d
        """
            .formatted(folder, code));
    runScript("start.sh", "--live", "--config", "other.json", "--set=risk.max_drawdown_usd=7");
    await("its end", () -> lines("runs") >= (code == 70 ? 5 : 1));
    String sent =
        "[alerts][send][--level][critical][--config][other.json][--set=risk.max_drawdown_usd=7][the"
            + " runner "
            + text
            + "]";
    if (text.isEmpty()) {
      runScript("stop.sh");
      assertThat(folder.resolve("alerts")).doesNotExist();
    } else {
      await("the alert", () -> Files.exists(folder.resolve("alerts")) && isAlert(sent));
    }
  }

  private boolean isAlert(String sent) {
    try {
      return text("alerts").equals(sent);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  @DisplayName("a mistake in the configuration is reported at once and not tried again")
  void doesNotBringBackWhatCannotRun() throws Exception {
    ScriptResult refused =
        runScript("start.sh", "--dry-run", "--set", "strategy.exit_threshold_apr=9");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.text()).contains("exit 2 (usage or configuration)");
    assertThat(text("logs/service.out"))
        .endsWith("ended with exit 2 (usage or configuration); it is not started again");
    assertThat(refused.text()).contains("exit_threshold_apr").doesNotContain("tried again");
    assertThat(runScript("stop.sh").text()).isEqualTo("Not running.\n");
  }

  /** L23 */
  @Test
  @DisplayName("L23: killed while the venue is away, it comes back, waits, and reconciles")
  void comesBackToAVenueThatIsAway() throws Exception {
    try (LoopbackExchange venue =
            new LoopbackExchange(LiveRunTest.lasting(), LiveRunTest.ADDRESS, 4, FaultProfile.NONE);
        LyingProxy between = new LyingProxy(venue.url())) {
      Path config = LiveRunTest.config(folder, between.url());
      assertThat(runScript("start.sh", "--config", config.toString()).exitCode()).isZero();
      venue.await("a hedge", LiveRunTest::isHedged);
      await("its report", () -> logged("entered_position", 1));

      between.answers((request, upstream) -> new LyingProxy.Reply.Closed());
      between.cut();
      ProcessHandle.of(Long.parseLong(text("quantify.pid"))).orElseThrow().destroyForcibly();
      await("three waits", () -> logged("waiting_for_venue", 3));
      between.forwardsEverything();

      await("the next runner", () -> logged("reconciled", 2));
      ScriptResult stopped = runScript("stop.sh");
      assertThat(stopped.exitCode()).as(stopped.text() + text("logs/service.out")).isZero();
      assertThat(venue.state().openOrders()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "6, true",
    "7, true",
    "9, true",
    "70, true",
    "134, true",
    "137, true",
    "139, true",
    "0, false",
    "2, false",
    "3, false",
    "4, false",
    "5, false",
    "8, false",
    "74, false",
    "129, false",
    "130, false",
    "143, false"
  })
  @DisplayName("what another start can heal is started again, what a person must mend is not")
  void startsAgainWhatAnotherStartCanHeal(int code, boolean again) throws Exception {
    Files.writeString(
        folder.resolve("twinleg"),
        """
        #!/usr/bin/env bash
        [[ -z ${TWINLEG_BUILD_ONLY:-} ]] || exit 0
        echo run >>%1$s/runs
        sleep 0.2
        exit %2$d
        """
            .formatted(folder, code));
    ScriptResult started = runScript("start.sh");
    assertThat(started.exitCode()).isEqualTo(code);
    if (again) {
      await("two more, after 1 s and 2 s", () -> lines("runs") >= 3);
      assertThat(text("logs/service.out")).contains("again in 1 s", "again in 2 s");
    } else {
      assertThat(lines("runs")).isEqualTo(1);
      assertThat(text("logs/service.out")).contains("it is not started again");
    }
    assertThat(text("logs/service.out")).contains("ended with exit " + code + " (");
  }

  @Test
  @DisplayName("the runner goes on where its supervisor was killed, and stop.sh ends it")
  void goesOnWithoutItsSupervisor() throws Exception {
    assertThat(runScript("start.sh", PACED).exitCode()).isZero();
    await("an entry", () -> logged("entered_position", 1));
    String runner = text("quantify.pid");

    ProcessHandle.of(Long.parseLong(text("logs/supervisor.pid"))).orElseThrow().destroyForcibly();

    assertThat(runScript("start.sh", PACED).exitCode()).isEqualTo(8);
    assertThat(ProcessHandle.of(Long.parseLong(runner)).filter(ProcessHandle::isAlive)).isPresent();
    assertThat(runScript("stop.sh").text()).contains("Stopped.");
    assertThat(logged("shutdown_summary", 1)).isTrue();
    // no parent is left that collects it at once
    await("its end", () -> ProcessHandle.of(Long.parseLong(runner)).isEmpty());
  }

  @Test
  @DisplayName(
      "service.out is moved on when it is full; five older ones are kept, for the owner alone")
  void rotatesTheOutput() throws Exception {
    Files.writeString(
        folder.resolve("twinleg"),
        """
        #!/usr/bin/env bash
        [[ -z ${TWINLEG_BUILD_ONLY:-} ]] || exit 0
        trap 'exit 0' TERM
        for ((line = 1; ; line++)); do echo "line $line of many"; sleep 0.005; done
        """);
    environment.put("TWINLEG_OUT_CHECK_S", "0.05");
    environment.put("TWINLEG_OUT_MAX_BYTES", "300");
    assertThat(runScript("start.sh").exitCode()).isZero();
    await("five older ones", () -> Files.exists(folder.resolve("logs/service.out.5")));
    assertThat(runScript("stop.sh").exitCode()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      List<Path> kept = files.filter(file -> file.toString().contains("service.out")).toList();
      assertThat(kept).hasSize(6);
      for (Path file : kept) {
        assertThat(Files.getPosixFilePermissions(file))
            .as(file.toString())
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
    assertThat(text("logs/service.out.1")).contains("of many");
  }

  @Test
  @DisplayName("stop.sh leaves a process alone that was given the number of a dead runner")
  void leavesAProcessOfAnotherAlone() throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    Process other =
        new ProcessBuilder("bash", "-c", "sleep 100; : " + folder + "/")
            .directory(folder.toFile())
            .start();
    try {
      Files.writeString(folder.resolve("quantify.pid"), other.pid() + "\n");
      Files.writeString(folder.resolve("logs/runner.started"), "1\n");
      assertThat(runScript("stop.sh").text()).isEqualTo("Not running.\n");
      assertThat(other.isAlive()).isTrue();

      Files.writeString(folder.resolve("quantify.pid"), other.pid() + "\n");
      assertThat(runScript("stop.sh").text()).isEqualTo("Not running.\n");
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private long lines(String file) {
    try {
      return text(file).lines().count();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
