package io.twinleg.telemetry;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import ch.qos.logback.core.status.Status;
import io.twinleg.core.event.LogEvent;
import io.twinleg.files.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * JSON lines into a file that logback rolls at a size: FILE, FILE.1, FILE.2 and so on, the highest
 * the oldest. A log that cannot be written is reported once and never stops a run: what matters is
 * in the journal. It is tried again each second, so a disk that was full for a while costs the
 * lines of that while. Used by one thread.
 */
public final class LogFile implements LogSink {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Path file;
  private final OwnersAppender appender = new OwnersAppender();
  private final MaxSize trigger;
  private final Backups policy;
  private final String runId;
  private final LogEvent.Level level;
  private final InstantSource wallClock;
  private boolean isFailing;
  private boolean isReported;
  private Instant nextAttempt = Instant.MIN;

  /**
   * @param maxBytes of one file
   * @param backups how many full files are kept
   * @param wallClock by which a file that could not be written is tried again
   */
  public LogFile(
      Path file,
      long maxBytes,
      int backups,
      String runId,
      LogEvent.Level level,
      InstantSource wallClock) {
    this.file = file;
    this.runId = runId;
    this.level = level;
    this.wallClock = wallClock;
    OwnerOnly.tighten(withBackups(file, backups)).forEach(System.err::println);
    ContextBase context = new ContextBase();
    context.getStatusManager().add(this::accept);
    trigger = new MaxSize(maxBytes);
    policy = new Backups(file, backups);
    LineEncoder encoder = new LineEncoder();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setTriggeringPolicy(trigger);
    appender.setRollingPolicy(policy);
    appender.setEncoder(encoder);
    trigger.setContext(context);
    policy.setContext(context);
    policy.setParent(appender);
    encoder.setContext(context);
    encoder.start();
    start();
  }

  /** Stopping the appender stops the other two. */
  private void start() {
    trigger.start();
    policy.start();
    appender.start();
  }

  @Override
  public void log(Instant at, LogEvent event) {
    if (event.level().compareTo(level) > 0) {
      return;
    }
    if (isFailing && !wallClock.instant().isBefore(nextAttempt)) {
      reopen();
    }
    if (appender.isStarted()) {
      appender.doAppend(LogLine.of(runId, at, event) + "\n");
    }
    if (isReported && !isFailing) {
      isReported = false;
      System.err.println("telemetry.log_file " + file + " is written again; lines are missing");
    }
  }

  /**
   * Whether it worked is known after the next line: an open file may still refuse to be written.
   */
  private void reopen() {
    appender.stop();
    isFailing = false;
    start();
  }

  /** Logback's own word about the file, in the thread that writes it. */
  private void accept(Status status) {
    if (status.getEffectiveLevel() != Status.ERROR) {
      return;
    }
    isFailing = true;
    nextAttempt = wallClock.instant().plus(RETRY);
    if (!isReported) {
      isReported = true;
      System.err.println(
          "telemetry.log_file " + file + " cannot be written; the run goes on without it");
    }
  }

  private static List<Path> withBackups(Path file, int backups) {
    return Stream.concat(
            Stream.of(file),
            IntStream.rangeClosed(1, backups)
                .mapToObj(number -> file.resolveSibling(file.getFileName() + "." + number)))
        .toList();
  }

  @Override
  public void close() {
    appender.stop();
  }

  /**
   * Logback gives a new file, at the start and after each full one, the mode that the umask leaves.
   */
  private static final class OwnersAppender extends RollingFileAppender<String> {
    @Override
    public void openFile(String fileName) throws IOException {
      Path file = Path.of(fileName);
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.createDirectories(folder);
      }
      OwnerOnly.createFile(file);
      super.openFile(fileName);
    }
  }

  /** Before the line that would make the file too large: no file is larger, unless by one line. */
  private static final class MaxSize extends TriggeringPolicyBase<String> {
    private final long maxBytes;

    MaxSize(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public boolean isTriggeringEvent(File activeFile, String line) {
      long size = activeFile.length();
      return size > 0 && size + line.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }
  }

  /**
   * Logback keeps one backup at least and twenty at most; the setting goes from none to a hundred.
   */
  private static final class Backups extends FixedWindowRollingPolicy {
    private static final int MAX_BACKUPS = 100;

    private final Path file;
    private final int backups;

    Backups(Path file, int backups) {
      this.file = file;
      this.backups = backups;
      setFileNamePattern(file.toString().replace("%", "\\%") + ".%i");
      setMinIndex(1);
      setMaxIndex(Math.max(1, backups));
    }

    @Override
    protected int getMaxWindowSize() {
      return MAX_BACKUPS;
    }

    @Override
    public void rollover() throws RolloverFailure {
      if (backups > 0) {
        super.rollover();
        return;
      }
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new RolloverFailure("the full log file cannot be removed", e);
      }
    }
  }

  private static final class LineEncoder extends EncoderBase<String> {
    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(String line) {
      return line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }
  }
}
