package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notifies systemd, where it asks for that, when the run has started, and from then on that its
 * loop turns: a run that hangs with its process alive is started again. A start that waits for its
 * venue is not yet watched.
 */
public final class SystemdNotifier implements LogSink {
  private static final long SENDING_MAX_S = 5;

  private final @Nullable Duration interval;
  private final LongSupplier nanoTime;
  private final Consumer<String> send;
  private boolean started;
  private long lastNanos;

  /**
   * @param interval between two signs of life; null where none is asked for
   * @param send one assignment, such as READY=1; returns at once
   */
  SystemdNotifier(@Nullable Duration interval, LongSupplier nanoTime, Consumer<String> send) {
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.send = send;
  }

  /**
   * Empty where the process was not started by a unit that is to be notified.
   *
   * @param socket the value of NOTIFY_SOCKET; null where it is not set
   * @param watchdogMicros the value of WATCHDOG_USEC; null where it is not set
   */
  public static Optional<LogSink> of(@Nullable String socket, @Nullable String watchdogMicros) {
    return socket == null || socket.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SystemdNotifier(interval(watchdogMicros), System::nanoTime, new Sender()));
  }

  /** A third of what systemd allows: one that is lost ends nothing. */
  static @Nullable Duration interval(@Nullable String watchdogMicros) {
    return watchdogMicros != null && watchdogMicros.matches("[1-9][0-9]{0,17}")
        ? Duration.ofNanos(1_000L * (Long.parseLong(watchdogMicros) / 3))
        : null;
  }

  @Override
  public void log(Instant at, LogEvent event) {}

  @Override
  public void turned() {
    long now = nanoTime.getAsLong();
    if (!started) {
      started = true;
      lastNanos = now;
      send.accept("READY=1");
    } else if (interval != null && now - lastNanos >= interval.toNanos()) {
      lastNanos = now;
      send.accept("WATCHDOG=1");
    }
  }

  @Override
  public void close() {
    send.accept("STOPPING=1");
  }

  /** By systemd's own program: Java has no datagram sockets of this kind. */
  private static final class Sender implements Consumer<String> {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("systemd-notify").factory());

    private boolean failing;

    @Override
    public void accept(String assignment) {
      thread.execute(() -> run(assignment));
    }

    private void run(String assignment) {
      try {
        Process process =
            new ProcessBuilder("systemd-notify", assignment)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SENDING_MAX_S, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          report("it does not end");
        } else if (process.exitValue() != 0) {
          report("exit code " + process.exitValue());
        } else {
          failing = false;
        }
      } catch (IOException e) {
        report(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The first of a row of failures. */
    private void report(String why) {
      if (!failing) {
        System.err.println("systemd is not notified by systemd-notify: " + why);
      }
      failing = true;
    }
  }
}
