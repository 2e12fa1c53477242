package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.cli.options.FlagValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is refused with one sentence, before anything starts. */
class UsageCommandTest {
  @TempDir Path folder;

  /** In this process, where a JVM for each line would take minutes. */
  private static Ended here(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream capturedOut = new ByteArrayOutputStream();
    ByteArrayOutputStream capturedErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(arguments);
      return new Ended(
          code,
          capturedOut.toString(StandardCharsets.UTF_8),
          capturedErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static final String NOTE = "no config.json here: running with config_example.json";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run --dry-run --for 5x                       | --for       | '5x'
          run --dry-run --for 0h                       | --for       | '0h'
          run --dry-run --for -3h                      | --for       | '-3h'
          run --dry-run --for 1y                       | --for       | '1y'
          run --dry-run --speed 0                      | --speed     | 0
          run --dry-run --speed -1                     | --speed     | -1
          run --dry-run --speed fast                   | --speed     | fast
          run --dry-run --speed 1e3                    | --speed     | 1e3
          run --dry-run --from yesterday               | --from      | 'yesterday'
          run --dry-run --from 2025-02-01T00:00:00Z    | --from      | 2025-02-01T00:00:00Z
          run --dry-run --from 2025-02-01              | --from      | 2025-02-01T00:00:00Z
          run --dry-run --from 2025-02-31              | --from      | '2025-02-31'
          run --dry-run --market moon                  | --market    | moon
          run --dry-run --market replay:               | --market    | replay:
          run --dry-run --seed x                       | --seed      | 'x'
          run --dry-run --dashboard=65536              | --dashboard | '65536'
          dashboard --port -1                          | --port      | '-1'
          run --dry-run --interval-ms x                | --interval-ms | 'x'
          run --dry-run --interval-ms 49               | --interval-ms | 49
          run --dry-run --set nonsense                 | --set       | nonsense
          run --dry-run --frobnicate                   | --frobnicate | run --help
          run --dry-run --for                          | --for       | run --help
          run --dry-run extra                          | extra       | run --help
          run                                          | config.json | config_example.json
          run --live                                   | config.json | config_example.json
          run --paper                                  | config.json | config_example.json
          run --paper --speed 60                       | --speed     | --dry-run
          run --dry-run --live                         | --dry-run   | --live
          run --dry-run --paper                        | --dry-run   | --paper
          frobnicate                                   | frobnicate  | twinleg --help
          kill 4 --state-db a.db                       | kill level  | 4
          kill                                         | LEVEL       | kill --help
          flatten                                      | flatten     | --yes
          status --state-db :memory:                   | --state-db  | :memory:
          validate --config there-is-none.json         | there-is-none.json | does not exist
          """)
  void aCommandLineThatCannotBeMeantIsOneSentence(String line, String flag, String value) {
    Ended ended = here(line.split(" "));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    List<String> lines = ended.errLines().stream().filter(each -> !each.equals(NOTE)).toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains(flag, value).doesNotContain("Exception", "java.", "class ");
  }

  @Test
  @DisplayName("R2: live without --dry-run leaves nothing behind")
  void R2_aRefusedRunLeavesNothing() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    for (String[] arguments :
        new String[][] {
          {"run", "--state-db", "n.db"},
          {"run", "--dry-run", "--market", "moon", "--state-db", "n.db"},
          {"run", "--dry-run", "--set", "strategy.exit_threshold_apr=0.2", "--state-db", "n.db"},
        }) {
      Ended ended = program.run(arguments);
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("n.db"));
    }
  }

  @Test
  void aStateDbThatIsNoneIsRefusedAndLeftAsItIs() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "hello, I am a letter\n");
    Path directory = Files.createDirectory(folder.resolve("directory.db"));
    assertRefused(text, "is not an SQLite database");
    assertRefused(directory, "is a directory");
    assertThat(text).hasContent("hello, I am a letter\n");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
    Ended none = here("status", "--state-db", folder.resolve("none.db").toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("there is no journal at", "none.db");
  }

  private static void assertRefused(Path journal, String why) {
    Ended ended = here("run", "--dry-run", "--once", "--json", "--state-db", journal.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(journal.toString(), why);
  }

  @ParameterizedTest(name = "{0} --help")
  @ValueSource(
      strings = {
        "run",
        "validate",
        "status",
        "pause",
        "resume",
        "kill",
        "flatten",
        "replay",
        "report"
      })
  void everyCommandHasAnExampleAndFitsATerminal(String command) {
    Ended ended = here(command, "--help");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("Example", "./twinleg " + command);
    assertThat(ended.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void outputThatDoesNotArriveIsNoCleanEnd() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    String example = Path.of("config_example.json").toAbsolutePath().toString();
    for (String[] command : new String[][] {{"validate", "--config", example}, {"help"}}) {
      assertNotWritten(program.runWithOutputTo(Path.of("/dev/full"), command));
    }
    try (ProgramProcess.Running running = program.start("validate", "--config", example)) {
      running.stopReading();
      assertNotWritten(running.endUnread());
    }
  }

  private static void assertNotWritten(Ended ended) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(74);
    assertThat(ended.errLines())
        .containsExactly(
            "standard output could not be written (is the disk full, or its reader gone?): what was"
                + " printed is not complete");
  }

  @Test
  void whatIsMeantIsUnderstood() throws Exception {
    Path config = folder.resolve("config.json");
    String example = Files.readString(Path.of("config_example.json"));
    Files.writeString(
        config, example.replace("\"venue\": \"hyperliquid\"", "\"venue\": \"Hyperliquid\""));
    Ended ended =
        here(
            "validate",
            "--config",
            config.toString(),
            "--set",
            "telemetry.log_level=info",
            "--set",
            "strategy.enter_threshold_apr=5");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "warning: strategy.enter_threshold_apr is 5, which is 500 % a year: 0.1 would be 10 %",
            "= 500 % a year", "not checked, as it takes the venue: ")
        .containsPattern("venue +hyperliquid")
        .containsPattern("log_level +INFO");
    assertThat(new FlagValues.DurationConverter().convert("1w")).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void nonsenseIsNotTakenForACommand() {
    assertThat(here("xyzzyplugh").err()).doesNotContain("did you mean");
    assertThat(here("statsu").err()).contains("did you mean status?").doesNotContain("pause");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "xyzzy | 'xyzzy' is no command of ./twinleg; see ./twinleg --help",
        "journal | ./twinleg journal needs a command: verify, backup, compact; see ./twinleg"
            + " journal --help",
        "journal xyzzy | 'xyzzy' is no command of ./twinleg journal; see ./twinleg journal --help",
        "alerts send | ./twinleg alerts send needs TEXT; see ./twinleg alerts send --help",
        "run --log-level info | ./twinleg run has no flag --log-level; see ./twinleg run --help",
        "scan --histry x | ./twinleg scan has no flag --histry (did you mean --history?); see",
        "run now | 'now' is one word more than ./twinleg run takes; see ./twinleg run --help",
        "run --for | --for is without a value: expected TIME; see ./twinleg run --help",
        "run --for 0 | --for: '0' is no length of time: expected a whole number above 0 and s, m,",
        "run --for -1d | --for: '-1d' is no length of time: expected a whole number above 0 and",
        "run --for 1d --for 2d | --for is given twice; see ./twinleg run --help",
        "run --from 2025-02-30 | --from: '2025-02-30' is no day or time: expected one such as",
        "scan --horizon-h week | --horizon-h: 'week' is no whole number; see ./twinleg scan --help",
        "scan --fees a,b | --fees: 'a' is no number: expected one such as 0.5; see ./twinleg scan"
            + " --help",
      })
  void whatIsWrongWithACommandLineIsOnePlainSentence(String words, String sentence) {
    Ended ended = here(words.split(" "));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.errLines()).hasSize(1);
    assertThat(ended.err()).startsWith(sentence);
  }

  @Test
  void withoutACommandItListsTheCommands() {
    assertThat(here().out()).contains("run", "validate", "status", "replay");
    assertThat(here("--help").exitCode()).isZero();
  }
}
