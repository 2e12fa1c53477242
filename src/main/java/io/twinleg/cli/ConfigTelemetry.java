package io.twinleg.cli;

import java.util.Optional;

/**
 * What is told, and where.
 *
 * @param metrics a log line of figures once a minute
 * @param logMaxBytes of one file, before the next one is begun
 * @param logBackupCount how many full files are kept
 */
record ConfigTelemetry(
    Level logLevel,
    boolean metrics,
    Optional<String> logFile,
    int logMaxBytes,
    int logBackupCount,
    boolean disableConsoleLogging) {

  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
