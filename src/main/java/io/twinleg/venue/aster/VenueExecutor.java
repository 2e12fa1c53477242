package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The door's threads. What is learned is handled on one of them; what waits for an answer waits on
 * a lane: one for each leg's orders, which so leave in their order, and one for questions, which
 * never hold up an order.
 */
final class VenueExecutor implements AutoCloseable {
  private final VenueClock clock;
  private final Consumer<RuntimeException> onFailure;
  private final ScheduledExecutorService owner = thread("aster-door");
  private final ScheduledExecutorService queries = thread("aster-asking");
  private final ScheduledExecutorService spotOrders = thread("aster-spot-orders");
  private final ScheduledExecutorService perpOrders = thread("aster-perp-orders");
  private volatile boolean closed;

  /**
   * @param broken hears of what should not have happened
   */
  VenueExecutor(VenueClock clock, Consumer<RuntimeException> broken) {
    this.clock = clock;
    this.onFailure = broken;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  void execute(Runnable work) {
    run(owner, work);
  }

  /** Handles something for another thread, which waits for it. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, owner).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the program is ending", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the door to Aster has broken", e.getCause());
    }
  }

  /** After a span of the venue's time. */
  void executeAfter(Duration ofVenue, Runnable work) {
    schedule(clock.realTime(ofVenue), work);
  }

  /** After a span of the wall's time. */
  private void schedule(Duration wait, Runnable work) {
    if (!closed) {
      try {
        var unused = owner.schedule(guarded(work), wait.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closing) {
        closed = true;
      }
    }
  }

  void repeat(Duration span, Runnable work) {
    schedule(
        span,
        () -> {
          work.run();
          repeat(span, work);
        });
  }

  /** Asks, and handles the answer; where it is not told, {@code otherwise} is. */
  <T> void query(Supplier<T> question, Consumer<T> answered, Consumer<VenueException> otherwise) {
    run(queries, () -> answer(question, answered, otherwise));
  }

  private <T> void answer(
      Supplier<T> question, Consumer<T> answered, Consumer<VenueException> otherwise) {
    try {
      T answer = question.get();
      execute(() -> answered.accept(answer));
    } catch (VenueException fault) {
      execute(() -> otherwise.accept(fault));
    }
  }

  <T> void submit(Leg leg, Supplier<T> request, Consumer<T> answered) {
    run(
        leg == Leg.SPOT ? spotOrders : perpOrders,
        () -> {
          T answer = request.get();
          execute(() -> answered.accept(answer));
        });
  }

  private void run(ScheduledExecutorService on, Runnable work) {
    if (!closed) {
      try {
        on.execute(guarded(work));
      } catch (RejectedExecutionException closing) {
        closed = true;
      }
    }
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException trouble) {
        if (!closed) {
          onFailure.accept(new IllegalStateException("the door to Aster has broken", trouble));
        }
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    owner.shutdownNow();
    queries.shutdownNow();
    spotOrders.shutdownNow();
    perpOrders.shutdownNow();
  }
}
