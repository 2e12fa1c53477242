package io.twinleg.bootstrap;

import io.twinleg.alerts.AlertService;
import io.twinleg.config.Config;
import io.twinleg.config.Config.Telemetry;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.telemetry.ConsoleView;
import io.twinleg.telemetry.LogFile;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.LogSinkGroup;
import io.twinleg.telemetry.LogStream;
import io.twinleg.telemetry.SystemdNotifier;
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
 * The sinks of a run's log: the terminal or lines on standard output, the log file where one is
 * configured, and systemd where it started the run.
 */
final class LogSinks {
  private static final int BUFFER = 1 << 16;

  private LogSinks() {}

  /** Also the alerts, where some are configured for this way to run. */
  static LogSink of(Config config, RunOptions options, String runId, Config.Mode mode) {
    LogSinkGroup shown = of(config.telemetry(), runId, options.json());
    return alerts(config, options, mode, shown)
        .<LogSink>map(alerts -> new LogSinkGroup(List.of(alerts, shown)))
        .orElse(shown);
  }

  /** What is closed by hand is closed also from a shell without the secrets of the alerts. */
  private static Optional<AlertService> alerts(
      Config config, RunOptions options, Config.Mode mode, LogSink shown) {
    try {
      return AlertServices.of(config, options, mode, shown);
    } catch (InvalidSetting missing) {
      if (!options.attended()) {
        throw missing;
      }
      String cause = missing.getMessage() + "; nothing is sent of this";
      shown.log(
          InstantSource.system().instant(), LogEvent.error("alerts_failed").with("cause", cause));
      return Optional.empty();
    }
  }

  private static LogSinkGroup of(Telemetry telemetry, String runId, boolean json) {
    LogEvent.Level level = LogEvent.Level.valueOf(telemetry.logLevel());
    List<LogSink> sinks = new ArrayList<>();
    Optional<TerminalSize> terminal = json ? Optional.empty() : TerminalSize.find();
    if (terminal.isPresent()) {
      sinks.add(
          new ConsoleView(
              standardOutput(),
              terminal.get(),
              TerminalSize.isColoured(),
              level,
              InstantSource.system()));
    } else if (!telemetry.disableConsoleLogging() || json) {
      sinks.add(new LogStream(runId, level, standardOutput(), InstantSource.system()));
    }
    if (!telemetry.logFile().isEmpty()) {
      sinks.add(
          new LogFile(
              Path.of(telemetry.logFile()),
              telemetry.logMaxBytes(),
              telemetry.logBackupCount(),
              runId,
              level,
              InstantSource.system()));
    }
    SystemdNotifier.of(System.getenv("NOTIFY_SOCKET"), System.getenv("WATCHDOG_USEC"))
        .ifPresent(sinks::add);
    return new LogSinkGroup(sinks);
  }

  /** Logged where there is a log file, as by the original. */
  static Optional<LogEvent> init(Telemetry telemetry) {
    return telemetry.logFile().isEmpty()
        ? Optional.empty()
        : Optional.of(
            LogEvent.info("log_init")
                .with("file", telemetry.logFile())
                .with("level", telemetry.logLevel())
                .with("max_bytes", telemetry.logMaxBytes())
                .with("backup_count", telemetry.logBackupCount())
                .with("disable_console", telemetry.disableConsoleLogging()));
  }

  /** Buffered: a run without pace logs thousands of lines a second. Each sink flushes its own. */
  private static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
        false,
        StandardCharsets.UTF_8);
  }
}
