package io.twinleg.simulator.server.common;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What is on its way to one listener. Frames are put here on the exchange's thread and leave on a
 * thread of the line's own, so that a slow reader holds up no other; one that is too slow is cut
 * off.
 */
public final class OutboundQueue {
  private static final int QUEUE_MAX = 20_000;
  private static final String STOP = "";

  /** How frames leave. */
  public interface Channel {
    void send(String text);

    void close();
  }

  private final Channel channel;
  private final HttpFaults faults;
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private Optional<String> heldBack = Optional.empty();
  private volatile boolean closed;

  public OutboundQueue(Channel channel, HttpFaults faults) {
    this.channel = channel;
    this.faults = faults;
    Thread.ofVirtual().name("frames").start(this::write);
  }

  private void write() {
    try {
      for (String text = queue.take(); !text.equals(STOP); text = queue.take()) {
        channel.send(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }

  /** An answer: never disturbed on its way. */
  public void answer(String text) {
    if (!closed && !queue.offer(text)) {
      close();
    }
  }

  /** A frame without a request: it may be doubled, held back behind the next, or the last. */
  public void push(String text) {
    if (faults.cutsStream()) {
      close();
      return;
    }
    if (heldBack.isEmpty() && faults.reordersFrame()) {
      heldBack = Optional.of(text);
      return;
    }
    answer(text);
    if (faults.duplicatesFrame()) {
      answer(text);
    }
    heldBack.ifPresent(this::answer);
    heldBack = Optional.empty();
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    if (!closed) {
      closed = true;
      queue.clear();
      queue.add(STOP);
    }
  }
}
