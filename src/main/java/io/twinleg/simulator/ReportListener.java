package io.twinleg.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the exchange's reports to one account go. Called when they happen, with the time they
 * arrive.
 */
public interface ReportListener {
  void deliver(Delivery delivery);

  /** By which way a report comes: these may fail separately. */
  enum Channel {
    ANSWER,
    STREAM
  }

  /** {@code request}: what it answers, where it is an answer. */
  record Delivery(
      Channel channel,
      Optional<Request> request,
      ExecutionReport report,
      Instant executed,
      Instant received) {}
}
