package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What the issue says to show of {@code run}, in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class RunCommandTest {
  private static final String KEY = "0x" + "5ec7e7".repeat(10) + "cafe";

  @TempDir Path folder;

  private Ended run(String... arguments) throws Exception {
    return new ProgramProcess(folder).run(arguments);
  }

  private long entries(String journal) {
    try (JournalReader reader = SqliteJournal.openReadOnly(folder.resolve(journal))) {
      return reader.logEvents("entry", 100).size();
    }
  }

  @Test
  @Scenario("S06")
  @DisplayName(
      "R12, R14, R15, R37, S06: one cycle enters and keeps; the next one finds what it has")
  void R14_oneCycleEntersAndTheNextDoesNotEnterAgain() throws Exception {
    Ended first = run("run", "--dry-run", "--once", "--json", "--state-db", "a.db");
    assertThat(first.exitCode()).isZero();
    assertThat(first.events("entered_position")).isNotEmpty();
    JsonNode held = first.event("shutdown_summary");
    assertThat(held.path("perp_sz").decimalValue()).isPositive();
    long entered = entries("a.db");
    assertThat(entered).isPositive();

    Ended second = run("run", "--dry-run", "--once", "--json", "--state-db", "a.db");
    assertThat(second.exitCode()).isZero();
    assertThat(second.event("reconciled").path("state").asString()).isEqualTo("HEDGED");
    assertThat(second.events("entered_position")).isEmpty();
    assertThat(second.events("fill")).isEmpty();
    assertThat(second.event("shutdown_summary").path("spot_sz")).isEqualTo(held.path("spot_sz"));
    assertThat(second.event("shutdown_summary").path("perp_sz")).isEqualTo(held.path("perp_sz"));
    assertThat(entries("a.db")).isEqualTo(entered);

    Ended otherSeed = run("run", "--dry-run", "--once", "--seed", "8", "--state-db", "a.db");
    assertThat(otherSeed.exitCode()).isEqualTo(2);
    assertThat(otherSeed.out()).isEmpty();
    assertThat(otherSeed.err()).contains("a.db is another run's journal, with seed '7'");
  }

  @Test
  @Scenario("B10")
  @DisplayName("B10: a dry run refuses a journal that a live run has made, and leaves it as it was")
  void B10_aDryRunRefusesALiveJournal() throws Exception {
    Path live = folder.resolve("live.db");
    JournalOwner owner = new JournalOwner("live", "0x" + "ab".repeat(20), "mainnet", 0, "");
    SqliteJournal.open(live, owner, () -> new OrderIdTag("00000007")).close();
    byte[] before = Files.readAllBytes(live);

    Ended refused = run("run", "--dry-run", "--once", "--state-db", "live.db");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("live.db is another run's journal", "mode 'live'");
    assertThat(Files.readAllBytes(live)).isEqualTo(before);
  }

  @Test
  @DisplayName("I12: the same seed gives the same output, byte for byte")
  void theSameSeedGivesTheSameOutput() throws Exception {
    String[] command = {
      "run", "--dry-run", "--seed", "7", "--speed", "max", "--for", "30h", "--json"
    };
    Ended one = run(command);
    assertThat(one.exitCode()).isZero();
    assertThat(run(command)).isEqualTo(one);
    assertThat(one.events("funding_received")).isNotEmpty();
    assertThat(one.event("exchange_audit").path("agrees").asBoolean()).isTrue();
  }

  @Test
  @Scenario("B11")
  @DisplayName("B11, R2, I10: a dry run opens no socket, loads no HTTP, and reads no key")
  void R2_aDryRunHasNoNetworkAndReadsNoKey() throws Exception {
    Path classes = folder.resolve("classes.log");
    Ended ended =
        new ProgramProcess(folder)
            .jvm("-Xlog:class+load:file=" + classes)
            .run(
                "run",
                "--dry-run",
                "--once",
                "--json",
                "--set",
                "credentials.secret_key=file:" + folder.resolve("there-is-no-such-key"),
                "--set",
                "credentials.base_url=https://api.hyperliquid.xyz");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.events("entered_position")).isNotEmpty();
    List<String> loaded;
    try (Stream<String> lines = Files.lines(classes)) {
      loaded = lines.map(RunCommandTest::loadedClass).toList();
    }
    assertThat(loaded).contains("io.twinleg.venue.simulated.SimulatedVenue");
    assertThat(loaded.stream().filter(RunCommandTest::talksToTheNetwork)).isEmpty();
  }

  /** What has to be loaded before a socket can be opened, a name looked up, or an order signed. */
  private static boolean talksToTheNetwork(String name) {
    return name.matches(
        "java\\.net\\.(Socket|ServerSocket|DatagramSocket|http\\..*|Inet[46].*)"
            + "|sun\\.nio\\.ch\\.(NioSocketImpl|.*SelectorProvider.*)"
            + "|jdk\\.internal\\.net\\.http\\..*|sun\\.net\\.www\\.protocol\\.https?\\..*"
            + "|io\\.twinleg\\.(keys|protocol|venue\\.hyperliquid|venue\\.aster)\\..*");
  }

  private static String loadedClass(String line) {
    String[] words = line.replaceFirst("^(\\[[^]]*])+ ?", "").split(" ", 2);
    return words[0];
  }

  @Test
  @DisplayName("I11: a key in the configuration comes out nowhere")
  void aKeyIsNeverWrittenAnywhere() throws Exception {
    String text = Files.readString(Path.of("config_example.json"));
    Path config = folder.resolve("config.json");
    SecretFile.write(config, text.replace("env:TWINLEG_SECRET_KEY", KEY));
    List<String> outputs = new ArrayList<>();
    for (List<String> arguments :
        List.of(
            List.of(
                "run",
                "--dry-run",
                "--once",
                "--json",
                "--state-db",
                "k.db",
                "--set",
                "telemetry.log_file=" + folder.resolve("k.log"),
                "--set",
                "telemetry.log_level=DEBUG"),
            List.of("validate", "--json"),
            List.of("validate"),
            List.of("validate", "--set", "credentials.secret_key=" + KEY + "00"),
            List.of("run", "--dry-run", "--once", "--set", "credentials.account_address=" + KEY))) {
      Ended ended = run(arguments.toArray(String[]::new));
      outputs.add(ended.out() + ended.err());
    }
    assertThat(outputs).noneMatch(RunCommandTest::containsTheKey);
    assertThat(Files.size(folder.resolve("k.log"))).isPositive();
    Files.delete(config);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> containsTheKey(bytes(file)));
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static boolean containsTheKey(String text) {
    return text.toLowerCase(java.util.Locale.ROOT).contains(KEY.substring(2, 40));
  }

  @Test
  @DisplayName("1.3: the log file is turned over at its size, and so many are kept")
  void theLogFileIsTurnedOver() throws Exception {
    Ended ended =
        run(
            "run",
            "--dry-run",
            "--speed",
            "max",
            "--for",
            "6h",
            "--set",
            "telemetry.log_file=" + folder.resolve("logs/run.log"),
            "--set",
            "telemetry.log_max_bytes=20000",
            "--set",
            "telemetry.log_backup_count=2",
            "--set",
            "telemetry.disable_console_logging=true");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .isEqualTo(List.of("run.log", "run.log.1", "run.log.2"));
    }
    assertThat(Files.size(folder.resolve("logs/run.log.1"))).isBetween(15_000L, 20_000L);
    List<String> newest = Files.readAllLines(folder.resolve("logs/run.log"));
    assertThat(newest).isNotEmpty().allMatch(line -> ProgramProcess.json(line).has("event"));
    String last = ProgramProcess.json(newest.get(newest.size() - 1)).path("event").asString();
    assertThat(last).isEqualTo("report");
  }
}
