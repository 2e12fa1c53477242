package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program in a JVM of its own, in a folder of its own, as a shell would start it. */
final class ProgramProcess {
  /** Nothing here takes a tenth of it, on a busy machine a half; a test that hangs ends anyway. */
  private static final long MOST_SECONDS = 480;

  /** What a shell would show of SIGKILL. */
  private static final int KILLED = 128 + 9;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final List<String> jvm = new ArrayList<>();
  private long mostSeconds = MOST_SECONDS;

  /**
   * @param folder the one it is called in
   */
  ProgramProcess(Path folder) {
    this.folder = folder;
  }

  /** For what is to run for longer than any test. */
  ProgramProcess lasting(Duration most) {
    mostSeconds = most.toSeconds();
    return this;
  }

  /** With more options of the JVM. */
  ProgramProcess jvm(String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  /** How it ended, and what it said. */
  record Ended(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    List<String> errLines() {
      return err.lines().toList();
    }

    /** The JSON lines of this event, in order. */
    List<JsonNode> events(String event) {
      return lines().stream()
          .map(ProgramProcess::json)
          .filter(line -> line.path("event").asString("").equals(event))
          .toList();
    }

    /** The one line of this event. */
    JsonNode event(String event) {
      List<JsonNode> found = events(event);
      assertThat(found).as(event).hasSize(1);
      return found.get(0);
    }
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** Runs it to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    try (Running running = start(arguments)) {
      return running.end();
    }
  }

  Running start(String... arguments) throws IOException {
    Path err = Files.createTempFile(folder, "output-", ".err");
    Process process =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .start();
    return new Running(process, process.inputReader(), err, mostSeconds);
  }

  /** Its output goes to a file, unread while it runs: it must not wait for a reader. */
  Running startWithOutputToFile(String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "output-", ".out");
    Process process =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Running(process, new BufferedReader(Reader.nullReader()), output, mostSeconds);
  }

  /** Runs it to its end, with its output to a device or a file of the caller's. */
  Ended runWithOutputTo(Path output, String... arguments) throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "output-", ".err");
    Process process =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .redirectOutput(output.toFile())
            .start();
    try (Running running =
        new Running(process, new BufferedReader(Reader.nullReader()), err, mostSeconds)) {
      return running.endUnread();
    }
  }

  private List<String> command(String... arguments) {
    List<String> options = new ArrayList<>(jvm);
    options.add("-XX:TieredStopAtLevel=1");
    return Stream.concat(ProgramJar.command(options), Stream.of(arguments)).toList();
  }

  /** One that is still going on, or was when we last looked. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final StringBuilder read = new StringBuilder();

    private Running(Process process, BufferedReader out, Path err, long mostSeconds) {
      this.process = process;
      this.out = out;
      this.err = err;
      CompletableFuture.delayedExecutor(mostSeconds, TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
    }

    /** Reads on until a line of this event has come. */
    JsonNode await(String event) throws IOException {
      return await(event, line -> true);
    }

    JsonNode await(String event, Predicate<JsonNode> which) throws IOException {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        JsonNode node = json(line.get());
        if (node.path("event").asString("").equals(event) && which.test(node)) {
          return node;
        }
      }
      throw new AssertionError("it ended before " + event + ":\n" + read + Files.readString(err));
    }

    /** Reads on until a line with this in it has come. */
    void awaitLine(String part) throws IOException {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        if (line.get().contains(part)) {
          return;
        }
      }
      throw new AssertionError("it ended before " + part + ":\n" + read + Files.readString(err));
    }

    private Optional<String> line() throws IOException {
      Optional<String> line = Optional.ofNullable(out.readLine());
      line.ifPresent(text -> read.append(text).append('\n'));
      return line;
    }

    /** Reads so many more lines. */
    void lines(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        if (line().isEmpty()) {
          throw new AssertionError("it ended after " + i + " lines");
        }
      }
    }

    /** Lets it run for so long, or to its own end where that comes before. */
    void runFor(Duration time) throws InterruptedException {
      process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As a reader that has seen enough: what is printed from now on arrives nowhere. */
    void stopReading() throws IOException {
      out.close();
    }

    /** The exit code and the errors of one whose output is not read. */
    Ended endUnread() throws IOException, InterruptedException {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Ended(process.exitValue(), "", Files.readString(err));
    }

    void signal(String name) throws IOException, InterruptedException {
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
      strike();
      process.waitFor();
    }

    /** As kill -9, from any thread; it does not wait until it has ended. */
    void strike() {
      process.toHandle().destroyForcibly();
    }

    /** As a service manager stops it; it does not wait either. */
    void terminate() {
      process.toHandle().destroy();
    }

    /** Of one that has ended. */
    boolean wasKilled() {
      return process.exitValue() == KILLED;
    }

    /** The last lines of the output that went to a file. */
    String lastOutput() throws IOException {
      List<String> lines = Files.readAllLines(err);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Whether it ends within this time, for whatever reason. */
    boolean endsWithin(Duration within) throws InterruptedException {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    Ended end() throws IOException, InterruptedException {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        // everything it prints belongs to how it ended
      }
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Ended(process.exitValue(), read.toString(), Files.readString(err));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
