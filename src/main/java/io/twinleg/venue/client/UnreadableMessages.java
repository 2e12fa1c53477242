package io.twinleg.venue.client;

import io.twinleg.core.event.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages of a venue that could not be read, and reports them: the first of each source at
 * once, then at most once a minute with the count so far. May be used from any thread.
 */
public final class UnreadableMessages implements VenueExecutor.Trouble {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int TEXT_KEPT = 200;
  private static final int MAX_SOURCES = 100;

  private static final class Count {
    private long count;
    private long reportedAt;
  }

  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final LongSupplier nanos;
  private final Consumer<Event> listener;

  public UnreadableMessages(LongSupplier nanos, Consumer<Event> listener) {
    this.nanos = nanos;
    this.listener = listener;
  }

  /**
   * @param where the request, channel or thread it concerns
   * @param what the field and why it could not be read
   */
  @Override
  public void report(String where, String what) {
    Event event = count(where, what);
    if (event != null) {
      listener.accept(event);
    }
  }

  private synchronized @Nullable Event count(String where, String what) {
    boolean known = counts.containsKey(where) || counts.size() < MAX_SOURCES;
    Count count = counts.computeIfAbsent(known ? where : "others", source -> new Count());
    count.count++;
    long now = nanos.getAsLong();
    boolean first = count.count == 1;
    if (!first && now - count.reportedAt < EVERY.toNanos()) {
      return null;
    }
    count.reportedAt = now;
    String kept = what.substring(0, Math.min(what.length(), TEXT_KEPT));
    return new Event.MessageUnreadable(where, kept, count.count);
  }
}
