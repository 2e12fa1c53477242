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
 * The adapter's threads. Incoming data are handled on one owner thread; what waits for a response
 * runs on a lane: one for each leg's orders, which so leave in their order, and one for queries,
 * which never delay an order.
 */
final class VenueExecutor implements AutoCloseable {
  private final VenueClock clock;
  private final Consumer<RuntimeException> onFailure;
  private final ScheduledExecutorService owner = thread("aster-events");
  private final ScheduledExecutorService queries = thread("aster-queries");
  private final ScheduledExecutorService spotOrders = thread("aster-spot-orders");
  private final ScheduledExecutorService perpOrders = thread("aster-perp-orders");
  private volatile boolean closed;

  /**
   * @param onFailure receives what should not have happened
   */
  VenueExecutor(VenueClock clock, Consumer<RuntimeException> onFailure) {
    this.clock = clock;
    this.onFailure = onFailure;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  void execute(Runnable work) {
    run(owner, work);
  }

  /** Runs on the owner thread while the caller waits. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, owner).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the program is ending", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the Aster adapter has failed", e.getCause());
    }
  }

  /** After this much of the venue's time. */
  void executeAfter(Duration ofVenue, Runnable work) {
    schedule(clock.realTime(ofVenue), work);
  }

  /** After this much real time. */
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

  /**
   * Runs a query, and handles its response on the owner thread; where it throws, {@code otherwise}
   * is called.
   */
  <T> void query(Supplier<T> query, Consumer<T> answered, Consumer<VenueException> otherwise) {
    run(queries, () -> answer(query, answered, otherwise));
  }

  private <T> void answer(
      Supplier<T> query, Consumer<T> answered, Consumer<VenueException> otherwise) {
    try {
      T answer = query.get();
      execute(() -> answered.accept(answer));
    } catch (VenueException failure) {
      execute(() -> otherwise.accept(failure));
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
      } catch (RuntimeException failure) {
        if (!closed) {
          onFailure.accept(new IllegalStateException("the Aster adapter has failed", failure));
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
