package io.twinleg.cli;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.ConsoleView;
import io.twinleg.telemetry.LogFile;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.LogSinkGroup;
import io.twinleg.telemetry.LogStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is told: the terminal or lines on standard output, and the log file where one is configured.
 */
final class LogSinks {
  private static final int BUFFER = 1 << 16;

  private LogSinks() {}

  static LogSink of(ConfigTelemetry telemetry, String runId, boolean json) {
    LogEvent.Level level = level(telemetry);
    List<LogSink> all = new ArrayList<>();
    Optional<Integer> columns = json ? Optional.empty() : ProgramPaths.terminalColumns();
    if (columns.isPresent()) {
      all.add(new ConsoleView(standardOutput(), columns.get(), level, InstantSource.system()));
    } else if (!telemetry.disableConsoleLogging() || json) {
      all.add(new LogStream(runId, level, standardOutput(), InstantSource.system()));
    }
    telemetry.logFile().ifPresent(file -> all.add(file(telemetry, file, runId, level)));
    return new LogSinkGroup(all);
  }

  private static LogFile file(
      ConfigTelemetry telemetry, String file, String runId, LogEvent.Level level) {
    return new LogFile(
        Path.of(file),
        telemetry.logMaxBytes(),
        telemetry.logBackupCount(),
        runId,
        level,
        () ->
            System.err.println(
                "telemetry.log_file " + file + " cannot be written; the run goes on without it"));
  }

  /** Told when a log file is used, as the original did. */
  static Optional<LogEvent> init(ConfigTelemetry telemetry) {
    return telemetry
        .logFile()
        .map(file ->
            LogEvent.info("log_init")
                .with("file", file)
                .with("level", telemetry.logLevel())
                .with("max_bytes", telemetry.logMaxBytes())
                .with("backup_count", telemetry.logBackupCount())
                .with("disable_console", telemetry.disableConsoleLogging()));
  }

  private static LogEvent.Level level(ConfigTelemetry telemetry) {
    return LogEvent.Level.valueOf(telemetry.logLevel().name());
  }

  /**
   * Buffered: a run without pace tells thousands of lines a second. Whoever writes it flushes it.
   */
  private static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
        false,
        StandardCharsets.UTF_8);
  }
}
