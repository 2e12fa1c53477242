package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real program on a pseudo-terminal, which Python opens and resizes. */
@Execution(ExecutionMode.CONCURRENT)
class TerminalRunTest {
  /**
   * Runs argv on a terminal of 80×24, makes it 50×12 at the first status and after a few more 80×24
   * again, and ends it soon after that.
   */
  private static final String ON_A_TERMINAL =
      """
      import fcntl, os, pty, signal, struct, sys, termios
      def resize(columns, rows):
          fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
      child, master = pty.fork()
      if child == 0:
          os.execvp(sys.argv[1], sys.argv[1:])
      resize(80, 24)
      clear, seen, narrow, wide, ended = b"\\x1b[H\\x1b[2J", b"", False, False, False
      while True:
          try:
              more = os.read(master, 65536)
          except OSError:
              break
          seen += more
          sys.stdout.buffer.write(more)
          if not narrow and b"funding in" in seen:
              narrow = True
              resize(50, 12)
          cleared = seen.rfind(clear)
          drawn = cleared > 0 and seen.count(b"funding in", cleared) > 3
          if drawn and not wide:
              wide = True
              resize(80, 24)
          elif drawn and not ended and seen.count(clear) > 1:
              ended = True
              os.kill(child, signal.SIGTERM)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  @TempDir Path folder;

  @Test
  @DisplayName(
      "on a terminal that is narrowed and widened: drawn anew, no wider, and at the end the report")
  void followsTheTerminal() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", ON_A_TERMINAL));
    ProgramJar.command(
            List.of("-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8", "-Dtwinleg.columns=80"))
        .forEach(command::add);
    command.addAll(List.of("run", "--dry-run", "--speed", "7200"));
    Path out = folder.resolve("screen");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String screen = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(screen).isZero();
    String[] drawn = screen.split(Pattern.quote("\u001b[H\u001b[2J"));
    assertThat(drawn).as("at first, narrowed, widened").hasSize(3);
    assertThat(lines(drawn[1])).allSatisfy(line -> assertThat(line.length()).isLessThan(50));
    String widened = drawn[2].substring(0, drawn[2].lastIndexOf("funding in"));
    assertThat(lines(widened))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(80))
        .anySatisfy(line -> assertThat(line.length()).isGreaterThan(50));
    assertThat(drawn[2]).contains("un-hedged", "Both agree.");
  }

  private static List<String> lines(String screen) {
    return List.of(screen.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").split("[\r\n]+"));
  }
}
