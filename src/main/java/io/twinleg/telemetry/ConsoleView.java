package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live view of a terminal: log events scroll by, and below them the status of every market is
 * drawn a few times a second. It follows the terminal's size: no line is wider and the status is
 * never higher, and when the size changes the screen is drawn anew, since how a terminal wraps what
 * was drawn before is not known.
 */
public final class ConsoleView implements LogSink {
  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int PERCENT = 100;
  private static final int MILLIS = 1000;
  private static final int RECENT_MAX = 200;
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final String RESET = "\u001b[0m";

  /** The terminal's size, whenever it is asked for. */
  public interface Screen {
    int columns();

    int rows();
  }

  private record Shown(String text, LogEvent.Level level) {}

  private record Size(int columns, int rows) {}

  private final PrintStream out;
  private final Screen screen;
  private final boolean coloured;
  private final InstantSource wallClock;
  private final EventSentence formatter;
  private final ArrayDeque<Shown> recent = new ArrayDeque<>();
  private Instant nextDraw = Instant.MIN;
  private List<StatusText.Line> drawn = List.of();
  private Size size;
  private final Map<MarketId, Closing> closing = new TreeMap<>();
  private @Nullable Runnable last;
  private @Nullable Reading reading;

  /**
   * @param coloured whether the terminal shows colours
   */
  public ConsoleView(
      PrintStream out,
      Screen screen,
      boolean coloured,
      LogEvent.Level level,
      InstantSource wallClock) {
    this.out = out;
    this.screen = screen;
    this.coloured = coloured;
    this.wallClock = wallClock;
    this.formatter = new EventSentence(level);
    this.size = new Size(screen.columns(), screen.rows());
  }

  @Override
  public void log(Instant at, LogEvent event) {
    formatter
        .line(at, event)
        .ifPresent(text -> {
          Shown line = new Shown(text, event.level());
          recent.addLast(line);
          if (recent.size() > RECENT_MAX) {
            recent.removeFirst();
          }
          erase();
          print(line);
          redraw();
        });
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    last = () -> draw(at, source);
    Instant now = wallClock.instant();
    boolean setBack = now.plus(REDRAW).isBefore(nextDraw);
    if (now.isBefore(nextDraw) && !setBack) {
      return;
    }
    nextDraw = now.plus(REDRAW);
    draw(at, source);
  }

  /** Shown once it lasts: most journals are read within a blink. */
  @Override
  public void reading(long row, long of) {
    Instant now = wallClock.instant();
    Reading begun = reading;
    if (begun == null || row <= begun.row) {
      reading = new Reading(now, row);
      nextDraw = now.plus(QUIET);
    } else if (!now.isBefore(nextDraw)) {
      nextDraw = now.plus(REDRAW);
      erase();
      drawn = List.of(new StatusText.Line(begun.text(now, row, of), StatusText.Mood.PLAIN));
      redraw();
      out.flush();
    }
  }

  /** From a row on, at an instant; what is reached lies behind it. */
  private record Reading(Instant since, long row) {
    String text(Instant now, long reached, long of) {
      long left = Duration.between(since, now).toMillis() * (of - reached) / (reached - row);
      return "reading the journal: %d %% of %d rows, about %d s left"
          .formatted(reached * PERCENT / of, of, Math.ceilDiv(left, MILLIS));
    }
  }

  /** How far each market is that is being closed, once that lasts. */
  private Map<MarketId, String> closed(List<StatusLine> markets) {
    Instant now = wallClock.instant();
    Map<MarketId, String> shown = new TreeMap<>();
    for (StatusLine market : markets) {
      if (market.isClosing()) {
        Closing begun =
            closing.computeIfAbsent(market.market(), each -> new Closing(now, market.larger()));
        begun.text(now, market.larger()).ifPresent(text -> shown.put(market.market(), text));
      } else {
        closing.remove(market.market());
      }
    }
    return shown;
  }

  /** From a size on, at an instant, by the clock of the person who waits. */
  private record Closing(Instant since, Quantity size) {
    Optional<String> text(Instant now, Quantity left) {
      Duration passed = Duration.between(since, now);
      double done = size.value().subtract(left.value()).doubleValue();
      if (passed.compareTo(QUIET) < 0 || done <= 0) {
        return Optional.empty();
      }
      double rest = passed.toMillis() * left.value().doubleValue() / done / MILLIS;
      return Optional.of(
          "%.0f %% closed, about %.0f s left"
              .formatted(done / size.value().doubleValue() * PERCENT, Math.ceil(rest)));
    }
  }

  private void draw(Instant at, StatusLine.Source source) {
    erase();
    List<StatusLine> markets = source.lines(at);
    drawn = StatusText.lines(at, markets, closed(markets), size.columns(), size.rows() - 1);
    redraw();
    out.flush();
  }

  private void erase() {
    Size now = new Size(screen.columns(), screen.rows());
    if (!now.equals(size)) {
      size = now;
      out.print(CLEAR);
      int above = Math.max(0, size.rows() - 1 - drawn.size());
      recent.stream().skip(Math.max(0, recent.size() - above)).forEach(this::print);
    } else if (!drawn.isEmpty()) {
      out.print("\u001b[" + drawn.size() + "A\r" + ERASE_BELOW);
    }
  }

  private void print(Shown line) {
    String colour =
        switch (line.level()) {
          case ERROR -> "\u001b[31m";
          case WARN -> "\u001b[33m";
          case INFO -> "";
          case DEBUG -> "\u001b[2m";
        };
    print(StatusText.cut(line.text(), size.columns()), colour);
  }

  /** What was drawn for a wider terminal, until the next status is. */
  private void redraw() {
    for (StatusText.Line line : drawn) {
      String colour =
          switch (line.mood()) {
            case PLAIN -> "";
            case GOOD -> "\u001b[32m";
            case CAUTION -> "\u001b[33m";
            case ALARM -> "\u001b[31m";
          };
      print(StatusText.cut(line.text(), size.columns()), colour);
    }
  }

  private void print(String text, String colour) {
    out.println(coloured && !colour.isEmpty() ? colour + text + RESET : text);
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
