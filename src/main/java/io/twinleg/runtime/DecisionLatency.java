package io.twinleg.runtime;

import io.twinleg.journal.Journal;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.LatencyHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long the way of an event takes since this start of the program: from its arrival to the
 * decision, and where that has commands, until they are durable and until the venue's connection
 * has them. It is measured and never decided on. The runner's thread alone uses it.
 */
final class DecisionLatency {
  private final LongSupplier nanoTime;
  private final LatencyHistogram decided = new LatencyHistogram();
  private final LatencyHistogram durable = new LatencyHistogram();
  private final LatencyHistogram sent = new LatencyHistogram();
  private long arrival;

  DecisionLatency(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @param received when it arrived
   * @param now when it is taken up, by the same clock
   */
  void taken(Instant received, Instant now) {
    long waited = received.isBefore(now) ? Duration.between(received, now).toNanos() : 0;
    arrival = nanoTime.getAsLong() - waited;
  }

  void decided() {
    decided.record(nanoTime.getAsLong() - arrival);
  }

  void durable() {
    durable.record(nanoTime.getAsLong() - arrival);
  }

  void sent() {
    sent.record(nanoTime.getAsLong() - arrival);
  }

  /** For a reader of the journal, before a commit for which no order waits. */
  void writeTo(Journal journal) {
    if (journal.uncommitted() > 0) {
      journal.put("latency", json());
    }
  }

  private String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("decided", decided.fields());
    fields.put("durable", durable.fields());
    fields.put("sent", sent.fields());
    return JsonText.of(fields);
  }
}
