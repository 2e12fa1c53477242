package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live view of a terminal: log events scroll by, and below them the status of every market is
 * drawn a few times a second. No line is wider than the terminal.
 */
public final class ConsoleView implements LogSink {
  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private final InstantSource wallClock;
  private final EventFormatter formatter;
  private final StatusText status;
  private Instant nextDraw = Instant.MIN;
  private List<String> drawn = new ArrayList<>();
  private @Nullable Runnable last;

  /**
   * @param width in columns
   */
  public ConsoleView(PrintStream out, int width, LogEvent.Level level, InstantSource wallClock) {
    this.out = out;
    this.wallClock = wallClock;
    this.formatter = new EventFormatter(width, level);
    this.status = new StatusText(width);
  }

  @Override
  public void log(Instant at, LogEvent event) {
    formatter
        .line(at, event)
        .ifPresent(line -> {
          erase();
          out.println(line);
          redraw();
        });
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    last = () -> draw(at, source);
    Instant now = wallClock.instant();
    if (now.isBefore(nextDraw)) {
      return;
    }
    nextDraw = now.plus(REDRAW);
    draw(at, source);
  }

  private void draw(Instant at, StatusLine.Source source) {
    erase();
    drawn = status.lines(at, source.lines(at));
    redraw();
    out.flush();
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      out.print("\u001b[" + drawn.size() + "A\r" + ERASE_BELOW);
    }
  }

  private void redraw() {
    drawn.forEach(out::println);
  }

  /** What was drawn last may be out of date: the final status is drawn once more. */
  @Override
  public void close() {
    if (last != null) {
      last.run();
    }
    out.flush();
  }
}
