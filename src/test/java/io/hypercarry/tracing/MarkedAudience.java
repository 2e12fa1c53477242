package io.hypercarry.tracing;

import io.hypercarry.core.event.Note;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.telemetry.StatusLine;
import java.time.Instant;

/** An audience that marks when the work on a fact is over. */
record MarkedAudience(Audience audience, Marks marks) implements Audience {
  @Override
  public void hear(Instant at, Note note) {
    marks.noted();
    audience.hear(at, note);
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    marks.noted();
    audience.see(at, source);
  }

  @Override
  public void close() {
    audience.close();
  }
}
