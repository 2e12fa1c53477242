package io.twinleg.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of digests under src/test/resources, a line for each run: digest, number of commands, key.
 * Lines that begin with # are comments.
 *
 * <p>System properties of the test run:
 *
 * <ul>
 *   <li>{@code digests.update=true} rewrites the files with what the program does now;
 *   <li>{@code digests.rename=true} rewrites the scenarios' keys, and fails where a digest changes;
 *   <li>{@code digests.lines=true} also writes every run's commands to target/digests;
 *   <li>{@code digests.full=true} makes every run of the file, not the default suite's part.
 * </ul>
 */
public final class DigestFile {
  static final boolean UPDATE = Boolean.getBoolean("digests.update");
  static final boolean RENAME = Boolean.getBoolean("digests.rename");
  static final boolean FULL = UPDATE || Boolean.getBoolean("digests.full");
  private static final boolean LINES = Boolean.getBoolean("digests.lines");
  private static final Path LINES_FOLDER = Path.of("target", "digests");

  private final Path file;

  DigestFile(String name) {
    file = Path.of("src", "test", "resources", "digests", name);
  }

  /**
   * One run.
   *
   * @param commands how many it gave
   */
  public record Row(String key, int commands, String digest) {
    static Row read(String line) {
      String[] columns = line.split(" ", 3);
      return new Row(columns[2], Integer.parseInt(columns[1]), columns[0]);
    }

    /** Whether both runs gave the same commands, whatever the runs are called. */
    boolean isSameRun(Row other) {
      return commands == other.commands && digest.equals(other.digest);
    }

    @Override
    public String toString() {
      return digest + " " + commands + " " + key;
    }
  }

  List<Row> rows() {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.startsWith("#"))
          .map(Row::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The comments at the file's head stay. */
  void rewrite(List<Row> rows) {
    try {
      List<String> lines =
          new ArrayList<>(
              Files.readAllLines(file).stream().filter(line -> line.startsWith("#")).toList());
      rows.forEach(row -> lines.add(row.toString()));
      Files.write(file, lines);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Writes the commands of a run where they were asked for. */
  static void keep(String key, CommandLog log) {
    if (LINES) {
      write(key, log);
    }
  }

  /**
   * @return the file that now holds the commands of a run, to be compared with another tree's
   */
  static Path write(String key, CommandLog log) {
    try {
      Files.createDirectories(LINES_FOLDER);
      return Files.write(
          LINES_FOLDER.resolve(key.replaceAll("[^A-Za-z0-9_#.-]", "-") + ".txt"), log.lines());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
