package io.twinleg.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A second JVM, for what only a second process can show: {@link #main} does in it what its first
 * argument says.
 */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private OtherProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  static OtherProcess start(String what, Path path, String... more) throws IOException {
    return start(Stream.of(), what, path, more);
  }

  /** Its files may not grow beyond so many kilobytes: a disk that is full, to it. */
  static OtherProcess startWithFileLimit(int kilobytes, String what, Path path) throws IOException {
    return start(
        Stream.of("bash", "-c", "ulimit -f " + kilobytes + " && exec \"$@\"", "bash"), what, path);
  }

  private static OtherProcess start(Stream<String> before, String what, Path path, String... more)
      throws IOException {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            what,
            path.toString());
    List<String> command = Stream.of(before, java, Stream.of(more)).flatMap(part -> part).toList();
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line it prints; empty at its end. */
  String line() throws IOException {
    String line = lines.readLine();
    return line == null ? "" : line;
  }

  /** The number in the last line that it has printed, once it has ended. */
  long lastNumber(long before) throws IOException {
    long last = before;
    for (String line = line(); !line.isEmpty(); line = line()) {
      last = Long.parseLong(line);
    }
    return last;
  }

  /** As kill -9: it gets no chance to do anything. What it had printed can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    try {
      switch (arguments[0]) {
        case "commit" -> commitUntilKilled(path);
        case "prune" -> pruneUntilKilled(path);
        case "compact" -> compactUntilKilled(path);
        case "hold" -> hold(path);
        case "open" -> open(path).close();
        case "inbox" -> putInbox(path, Integer.parseInt(arguments[2]));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (JournalException e) {
      System.out.println();
      System.out.println(e.getMessage());
      System.exit(e.exitCode().code());
    }
  }

  /** Prints the last sequence of each commit, after it; ends when its output is closed. */
  private static void commitUntilKilled(Path path) {
    SampleEvents samples = new SampleEvents(1);
    Journal journal = open(path);
    for (int i = 0; !System.out.checkError(); i++) {
      for (int row = 0; row <= i % 50; row++) {
        long sequence = journal.nextSequence();
        journal.append(samples.event(sequence));
        journal.append(sequence, List.of(samples.pendingCommand()));
      }
      journal.commit();
      System.out.println(journal.nextSequence() - 1);
    }
  }

  /** Prints the last sequence after each commit with a snapshot, and after each slice. */
  private static void pruneUntilKilled(Path path) {
    SampleEvents samples = new SampleEvents(1);
    Journal journal =
        SqliteJournal.open(path, JournalMaintenanceTest.OWNER, () -> JournalContract.BOOK);
    while (!System.out.checkError()) {
      JournalMaintenanceTest.write(journal, samples, 300);
      System.out.println(journal.nextSequence() - 1);
      journal.prune();
      System.out.println(journal.nextSequence() - 1);
    }
  }

  /** Prints a line at each step; ends when its output is closed. */
  private static void compactUntilKilled(Path path) {
    while (!System.out.checkError()) {
      JournalMaintenance.compact(path, (done, all) -> System.out.println(done));
    }
  }

  /** Until it is killed, or its parent is gone. */
  private static void hold(Path path) throws IOException {
    Journal journal = open(path);
    System.out.println("held from row " + journal.nextSequence());
    int end = System.in.read();
    System.out.println("ended with " + end + " at row " + journal.nextSequence());
  }

  private static void putInbox(Path path, int count) {
    for (int i = 0; i < count; i++) {
      OperatorInbox.put(path, "kill", Integer.toString(i));
    }
  }

  private static SqliteJournal open(Path path) {
    return SqliteJournal.open(path, JournalContract.OWNER, () -> JournalContract.BOOK);
  }
}
