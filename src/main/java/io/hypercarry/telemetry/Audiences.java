package io.hypercarry.telemetry;

import io.hypercarry.core.event.Note;
import java.time.Instant;
import java.util.List;

/** Several audiences as one, told in order. */
public final class Audiences implements Audience {
  private final List<Audience> all;

  public Audiences(List<Audience> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void hear(Instant at, Note note) {
    all.forEach(audience -> audience.hear(at, note));
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    all.forEach(audience -> audience.see(at, source));
  }

  @Override
  public void close() {
    all.forEach(Audience::close);
  }
}
