package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The live view of a terminal: the story scrolls by, and below it stands how every market is, drawn
 * anew a few times a second. Nothing is wider than the terminal.
 */
public final class ConsoleView implements LogSink {
  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private final InstantSource wallClock;
  private final EventFormatter story;
  private final StatusText status;
  private Instant nextDraw = Instant.MIN;
  private List<String> drawn = new ArrayList<>();
  private Optional<Runnable> last = Optional.empty();

  /**
   * @param width in columns
   */
  public ConsoleView(PrintStream out, int width, LogEvent.Level level, InstantSource wallClock) {
    this.out = out;
    this.wallClock = wallClock;
    this.story = new EventFormatter(width, level);
    this.status = new StatusText(width);
  }

  @Override
  public void log(Instant at, LogEvent event) {
    story
        .line(at, event)
        .ifPresent(line -> {
          erase();
          out.println(line);
          redraw();
        });
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    last = Optional.of(() -> draw(at, source));
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

  /** The last look is as old as the last drawing: the end is worth one more. */
  @Override
  public void close() {
    last.ifPresent(Runnable::run);
    out.flush();
  }
}
