package io.twinleg.bootstrap;

import io.twinleg.core.event.LogEvent;
import io.twinleg.telemetry.EventSentence;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the log of a run over a record belongs to its result: why nothing was entered, or what
 * halted it. It also shows how far the run is.
 */
final class BacktestCourse implements LogSink {
  /** Before the first entry always, for the fifth of a second that the venue takes to confirm. */
  private static final String ALWAYS_FIRST = "leverage_pending";

  private static final String DRAWDOWN = "drawdown";

  private final @Nullable TerminalProgress progress;
  private final Instant start;
  private final long hours;

  private boolean entered;
  private @Nullable Logged denial;
  private @Nullable Logged decision;
  private @Nullable Logged halt;

  private record Logged(Instant at, LogEvent event) {
    /** As it was logged last, with its market and hour. */
    String sentence() {
      return "%s (%s at %s)"
          .formatted(
              EventSentence.sentence(event).replaceFirst("^no entry: ", ""),
              event.market().map(Object::toString).orElse("all markets"),
              second());
    }

    Instant second() {
      return at.truncatedTo(ChronoUnit.SECONDS);
    }

    String field(String name) {
      return String.valueOf(event.fields().get(name));
    }

    String cents(String name) {
      return new BigDecimal(field(name)).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
  }

  BacktestCourse(@Nullable TerminalProgress shown, Instant start, Instant end) {
    progress = shown != null && shown.isWatched() ? shown : null;
    this.start = start;
    hours = Duration.between(start, end).toHours();
  }

  @Override
  public void log(Instant at, LogEvent event) {
    switch (event.event()) {
      case "entered_position" -> entered = true;
      case "decision" -> decision = new Logged(at, event);
      case "trading_halted" -> halt = new Logged(at, event);
      default -> {
        Object reason = event.fields().get("reason");
        if (event.fields().containsKey("gate") && !ALWAYS_FIRST.equals(reason)) {
          denial = new Logged(at, event);
        }
      }
    }
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    if (progress != null) {
      progress.show(Duration.between(start, at).toHours(), hours);
    }
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.roundEnded();
    }
  }

  /** Sentences that belong to the figures. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    Logged halted = halt;
    if (halted != null) {
      notes.add(halted(halted));
    }
    if (!entered) {
      Logged why = denial == null ? decision : denial;
      notes.add(
          "Nothing was entered: " + (why == null ? "there was no decision" : why.sentence()) + ".");
    }
    return notes;
  }

  private static String halted(Logged halt) {
    if (!halt.field("reason").equals(DRAWDOWN)) {
      return "Trading was halted at %s: %s.".formatted(halt.second(), halt.sentence());
    }
    return "The result fell by %s USD at %s, and risk.max_drawdown_usd is %s: %s."
        .formatted(
            halt.cents("drawdown"),
            halt.second(),
            halt.field("max_drawdown_usd"),
            halt.field("on_drawdown").equals("flatten")
                ? "both legs were closed, and nothing was entered after that"
                : "nothing was entered after that");
  }
}
