package io.twinleg.research.sweep;

import io.twinleg.history.HistoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sweep's finished blocks in a folder, one file each, moved into place whole: whatever ends the
 * process, the next one goes on from them. Which threads wrote them, and when, leaves no trace.
 */
public final class SweepStore {
  private static final String WHAT = "sweep.txt";

  private final Path folder;

  private SweepStore(Path folder) {
    this.folder = folder;
  }

  /**
   * @param what everything that the results depend on; a folder of another sweep is refused
   */
  public static SweepStore open(Path folder, String what) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new HistoryException(folder + " is a file: give a folder as --out.");
    }
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(WHAT);
      if (Files.exists(file) && !Files.readString(file).equals(what)) {
        throw new HistoryException(
            folder
                + " holds another sweep (its sweep.txt differs): give another --out, or remove"
                + " it.");
      }
      if (!Files.exists(file) && holdsOthers(folder)) {
        throw new HistoryException(
            folder + " holds files that are of no sweep: give another --out, or remove it.");
      }
      write(file, what);
      return new SweepStore(folder);
    } catch (IOException e) {
      throw new HistoryException(folder + " cannot be used (" + e.getMessage() + ").", e);
    }
  }

  /** A sweep that ended before its first file was whole leaves no more than a part of that one. */
  private static boolean holdsOthers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> !file.getFileName().toString().startsWith(WHAT));
    }
  }

  private Path file(int block) {
    return folder.resolve("block-%06d.csv".formatted(block));
  }

  /** The rows of a finished block; empty where it is not finished. */
  public Optional<List<String>> read(int block) {
    try {
      return Files.exists(file(block))
          ? Optional.of(Files.readAllLines(file(block)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(int block, List<String> rows) {
    try {
      write(file(block), String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another file of the sweep, such as its table. */
  public Path write(String name, List<String> rows) {
    try {
      write(folder.resolve(name), String.join("\n", rows) + "\n");
      return folder.resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path unfinished =
        file.resolveSibling(file.getFileName() + "." + Thread.currentThread().threadId());
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Of these rows in their order: the same for every number of threads. */
  public static String digest(List<String> rows) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      rows.forEach(row -> sha.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
