package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * JSON lines into a file that is turned over at a size: FILE, FILE.1, FILE.2 and so on, the highest
 * the oldest. A log that cannot be written is said once on the way and never stops a run: what
 * matters is in the journal.
 */
public final class LogFile implements LogSink {
  private final Path file;
  private final long mostBytes;
  private final int backups;
  private final String runId;
  private final LogEvent.Level least;
  private final Runnable onTrouble;
  private Optional<OutputStream> out = Optional.empty();
  private long size;
  private boolean troubled;

  /**
   * @param mostBytes of one file; 0 never turns over
   * @param onTrouble told once when the file cannot be written
   */
  public LogFile(
      Path file,
      long mostBytes,
      int backups,
      String runId,
      LogEvent.Level least,
      Runnable onTrouble) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.backups = backups;
    this.runId = runId;
    this.least = least;
    this.onTrouble = onTrouble;
  }

  @Override
  public void hear(Instant at, LogEvent note) {
    if (troubled || note.level().compareTo(least) > 0) {
      return;
    }
    byte[] line = (LogLine.of(runId, at, note) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if (mostBytes > 0 && size > 0 && size + line.length > mostBytes) {
        turnOver();
      }
      stream().write(line);
      stream().flush();
      size += line.length;
    } catch (IOException cannotWrite) {
      troubled = true;
      onTrouble.run();
    }
  }

  private OutputStream stream() throws IOException {
    if (out.isEmpty()) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      size = Files.exists(file) ? Files.size(file) : 0;
      out =
          Optional.of(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
    return out.get();
  }

  private void turnOver() throws IOException {
    close();
    for (int i = backups - 1; i >= 1; i--) {
      if (Files.exists(numbered(i))) {
        Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (backups > 0) {
      Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(file);
    }
    size = 0;
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    // a file has no place for a live view
  }

  @Override
  public void close() {
    try {
      if (out.isPresent()) {
        out.get().close();
      }
    } catch (IOException cannotClose) {
      onTrouble.run();
    }
    out = Optional.empty();
  }
}
