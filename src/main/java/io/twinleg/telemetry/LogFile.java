package io.twinleg.telemetry;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import ch.qos.logback.core.status.Status;
import io.twinleg.core.event.LogEvent;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * JSON lines into a file that logback rolls at a size: FILE, FILE.1, FILE.2 and so on, the highest
 * the oldest. A log that cannot be written is reported once and never stops a run: what matters is
 * in the journal.
 */
public final class LogFile implements LogSink {
  private final RollingFileAppender<String> appender = new RollingFileAppender<>();
  private final String runId;
  private final LogEvent.Level level;

  /**
   * @param maxBytes of one file
   * @param backups how many full files are kept
   */
  public LogFile(Path file, long maxBytes, int backups, String runId, LogEvent.Level level) {
    this.runId = runId;
    this.level = level;
    ContextBase context = new ContextBase();
    context.getStatusManager().add(new FailureReport(file)::accept);
    MaxSize trigger = new MaxSize(maxBytes);
    Backups policy = new Backups(file, backups);
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
    trigger.start();
    policy.start();
    encoder.start();
    appender.start();
  }

  @Override
  public void log(Instant at, LogEvent event) {
    if (event.level().compareTo(level) <= 0 && appender.isStarted()) {
      appender.doAppend(LogLine.of(runId, at, event) + "\n");
    }
  }

  @Override
  public void close() {
    appender.stop();
  }

  private static final class FailureReport {
    private final Path file;
    private boolean isDone;

    FailureReport(Path file) {
      this.file = file;
    }

    void accept(Status status) {
      if (status.getEffectiveLevel() == Status.ERROR && !isDone) {
        isDone = true;
        System.err.println(
            "telemetry.log_file " + file + " cannot be written; the run goes on without it");
      }
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
