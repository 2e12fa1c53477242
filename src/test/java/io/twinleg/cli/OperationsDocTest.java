package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What docs/operations.md promises of exit codes and warnings is what the program does. */
@Execution(ExecutionMode.CONCURRENT)
class OperationsDocTest {
  private static final Path PAGE = Path.of("docs", "operations.md");
  private static final Pattern EXIT = Pattern.compile("(?m)^\\| ([0-9]+) \\|[^|]*\\| (yes|no) \\|");
  private static final Pattern WARNING =
      Pattern.compile("LogEvent\\s*\\.(?:warn|error)\\(\\s*\"([a-z_]+)\"");

  /** Whether each exit code is started again, as the page has it. */
  private static Map<Integer, Boolean> exits() throws IOException {
    Map<Integer, Boolean> exits = new TreeMap<>();
    Matcher row = EXIT.matcher(Files.readString(PAGE));
    while (row.find()) {
      exits.put(Integer.valueOf(row.group(1)), row.group(2).equals("yes"));
    }
    return exits;
  }

  @Test
  void everyExitCodeIsExplained() throws IOException {
    assertThat(exits().keySet())
        .containsAll(Arrays.stream(ExitCode.values()).map(ExitCode::code).toList());
  }

  @Test
  void whatIsStartedAgainIsTheSameOnThePageInTheScriptAndInTheUnit() throws Exception {
    String unit = Files.readString(Path.of("deploy", "twinleg.service"));
    Matcher prevented = Pattern.compile("(?m)^RestartPreventExitStatus=(.*)$").matcher(unit);
    assertThat(prevented.find()).isTrue();
    Set<String> left = Set.of(prevented.group(1).split(" "));
    for (Map.Entry<Integer, Boolean> exit : exits().entrySet()) {
      String code = exit.getKey().toString();
      Process script = new ProcessBuilder("bash", "start.sh", "__again", code).start();
      assertThat(script.waitFor() == 0).as("start.sh, exit " + code).isEqualTo(exit.getValue());
      boolean isLeftByUnit =
          left.contains(code) || code.equals("0") || code.equals(of(ExitCode.OUTPUT));
      assertThat(isLeftByUnit).as("the unit, exit " + code).isEqualTo(!exit.getValue());
    }
  }

  private static String of(ExitCode code) {
    return Integer.toString(code.code());
  }

  @Test
  void everyWarningHasAnAnswer() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher warning = WARNING.matcher(Files.readString(file));
        while (warning.find()) {
          if (!page.contains("`" + warning.group(1) + "`")) {
            missing.add(warning.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void manualPagesAndCompletionComeFromTheCommands(@TempDir Path folder) throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    assertThat(program.run("man", "pages").lines())
        .contains("pages/twinleg.1", "pages/twinleg-run.1", "pages/twinleg-status.1");
    assertThat(folder.resolve("pages/twinleg-run.1"))
        .content()
        .contains(".TH TWINLEG-RUN 1", "\\fB\\-\\-dry\\-run\\fR", ".SH EXAMPLE");
    assertThat(program.run("completion").out())
        .contains("complete -F", "dry-run", "bid-and-cancel");
  }
}
