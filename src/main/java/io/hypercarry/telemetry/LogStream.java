package io.hypercarry.telemetry;

import io.hypercarry.core.event.Note;
import java.io.PrintStream;
import java.time.Instant;

/** JSON lines into a stream, from a level on. */
public final class LogStream implements Audience {
  private final String runId;
  private final Note.Level least;
  private final PrintStream out;

  public LogStream(String runId, Note.Level least, PrintStream out) {
    this.runId = runId;
    this.least = least;
    this.out = out;
  }

  @Override
  public void hear(Instant at, Note note) {
    if (note.level().compareTo(least) <= 0) {
      out.print(LogLine.of(runId, at, note) + "\n");
    }
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    // a stream of lines has no place for a live view
  }

  @Override
  public void close() {
    out.flush();
  }
}
