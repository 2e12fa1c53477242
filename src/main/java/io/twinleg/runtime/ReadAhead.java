package io.twinleg.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads on a thread of its own while what was read is used: nearly half of a long journal's
 * recovery is reading, decoding and the report's figures, and none of it depends on what the Engine
 * makes of the rows before.
 */
final class ReadAhead<T> {
  private static final int PART = 500;
  private static final int PARTS = 8;

  private final BlockingQueue<List<T>> parts = new ArrayBlockingQueue<>(PARTS);
  private final Iterable<T> source;
  private final Consumer<? super T> whenRead;
  private @Nullable Throwable failure;

  private ReadAhead(Iterable<T> source, Consumer<? super T> whenRead) {
    this.source = source;
    this.whenRead = whenRead;
  }

  /**
   * In order. What the source throws is thrown here, after all that it gave before. Nothing else
   * reads from the source's connection meanwhile.
   *
   * @param whenRead called for each on the reading thread, before {@code use} of it; no longer once
   *     this returns
   * @param use called for each on this thread
   */
  static <T> void forEach(
      Iterable<T> source, Consumer<? super T> whenRead, Consumer<? super T> use) {
    ReadAhead<T> ahead = new ReadAhead<>(source, whenRead);
    Thread reader = Thread.ofPlatform().daemon().name("read-ahead").start(ahead::read);
    try {
      try {
        ahead.use(use);
      } finally {
        reader.interrupt();
        reader.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the journal was read", interrupted);
    }
  }

  private void use(Consumer<? super T> use) throws InterruptedException {
    for (List<T> part = parts.take(); !part.isEmpty(); part = parts.take()) {
      part.forEach(use);
    }
    switch (failure) {
      case null -> {
        // all was read
      }
      case RuntimeException broken -> throw broken;
      case Error broken -> throw broken;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void read() {
    try {
      List<T> part = new ArrayList<>(PART);
      try {
        Iterator<T> entries = source.iterator();
        while (entries.hasNext()) {
          T next = entries.next();
          whenRead.accept(next);
          part.add(next);
          if (part.size() == PART) {
            parts.put(part);
            part = new ArrayList<>(PART);
          }
        }
      } catch (RuntimeException | Error broken) {
        failure = broken;
      }
      if (!part.isEmpty()) {
        parts.put(part);
      }
      parts.put(List.of());
    } catch (InterruptedException ended) {
      // the caller has no use for the rest
    }
  }
}
