package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.venue.EventSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events, commands and log lines of a run, to show what led to a violation. */
final class TraceBuffer {
  private final int length;
  private final Deque<Object[]> lines = new ArrayDeque<>();

  TraceBuffer(int length) {
    this.length = length;
  }

  void sent(Instant at, Command command) {
    add(at, "-> ", command);
  }

  void received(EventSource.Received received) {
    if (received.event() instanceof Event.AccountReported) {
      return;
    }
    add(received.receivedTime(), "<- ", received.event());
  }

  void note(Instant at, String what) {
    add(at, "** ", what);
  }

  private void add(Instant at, String arrow, Object what) {
    if (length == 0) {
      return;
    }
    lines.addLast(new Object[] {at, arrow, what});
    if (lines.size() > length) {
      lines.removeFirst();
    }
  }

  List<String> lines() {
    return lines.stream().map(line -> line[0] + " " + line[1] + line[2]).toList();
  }
}
