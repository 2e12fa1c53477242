package io.twinleg.venue.client;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a venue adapter. Incoming data are handled on one owner thread; what waits for a
 * response runs on a lane, so that nothing urgent waits behind a retry. A watchdog interrupts work
 * that has stood for {@link #STUCK_AFTER}: every request has a deadline, so that only a defect can
 * stand that long.
 */
public final class VenueExecutor implements AutoCloseable {
  /** Where a request waits for its response. */
  public enum Lane {
    /** Orders and cancels of spot, and of everything where a venue has one host. */
    SPOT_ORDERS(1),
    PERP_ORDERS(1),
    /** Questions about orders, the dead man's switch, stale feeds: one never waits for another. */
    QUESTIONS(3),
    /** Start-up reads, paging, fees, listings: may be repeated and may take long. */
    PATIENT(1);

    private final int threads;

    Lane(int threads) {
      this.threads = threads;
    }

    /** Of one leg's orders, which leave in the order in which they were decided. */
    public static Lane ofOrders(Leg leg) {
      return leg == Leg.SPOT ? SPOT_ORDERS : PERP_ORDERS;
    }
  }

  static final Duration STUCK_AFTER = Duration.ofSeconds(20);

  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

  /** Receives work that failed or stood still; the adapter goes on. */
  public interface Trouble {
    void report(String where, String what);
  }

  private final LongSupplier nanos;
  private final VenueClock clock;
  private final Trouble trouble;
  private final Worker owner;
  private final Map<Lane, List<Worker>> lanes = new EnumMap<>(Lane.class);
  private final AtomicInteger turn = new AtomicInteger();
  private final ScheduledExecutorService watchdog;
  private volatile boolean closed;

  /**
   * @param name of the venue, for the names of the threads
   */
  public VenueExecutor(String name, VenueClock clock, Trouble trouble) {
    this(name, clock, trouble, System::nanoTime);
  }

  VenueExecutor(String name, VenueClock clock, Trouble trouble, LongSupplier nanos) {
    this.nanos = nanos;
    this.clock = clock;
    this.trouble = trouble;
    owner = new Worker(name + "-events");
    for (Lane lane : Lane.values()) {
      String lanes = name + "-" + lane.name().toLowerCase(Locale.ROOT).replace('_', '-');
      this.lanes.put(lane, Stream.generate(() -> new Worker(lanes)).limit(lane.threads).toList());
    }
    watchdog = thread(name + "-watchdog");
    var unused =
        watchdog.scheduleWithFixedDelay(
            this::watch, WATCH_EVERY.toMillis(), WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Runs on the owner thread. */
  public void execute(Runnable work) {
    owner.execute(work);
  }

  /** Runs on the owner thread while the caller waits. */
  public <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, owner.thread).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** On the owner thread, after this much of the venue's time. */
  public void executeAfter(Duration ofVenue, Runnable work) {
    owner.schedule(clock.realTime(ofVenue), work);
  }

  /** On the owner thread, again and again after this much real time. */
  public void repeat(Duration span, Runnable work) {
    owner.schedule(
        span,
        () -> {
          try {
            work.run();
          } finally {
            repeat(span, work);
          }
        });
  }

  /** Runs on a lane, for work without a result. */
  public void run(Lane lane, Runnable work) {
    worker(lane).execute(work);
  }

  /**
   * Runs a request on a lane, and handles its response on the owner thread; where there is no
   * readable answer, {@code failed} is called there instead.
   */
  public <T> void request(
      Lane lane, Supplier<T> request, Consumer<T> answered, Consumer<String> failed) {
    Worker worker = worker(lane);
    worker.execute(() -> {
      T answer;
      try {
        answer = request.get();
      } catch (VenueException failure) {
        execute(() -> failed.accept(String.valueOf(failure.getMessage())));
        return;
      } catch (MalformedMessage unreadable) {
        worker.report(unreadable.detail());
        execute(() -> failed.accept(unreadable.detail()));
        return;
      } catch (RuntimeException unexpected) {
        worker.report(unexpected.toString());
        execute(() -> failed.accept(unexpected.toString()));
        return;
      }
      execute(() -> answered.accept(answer));
    });
  }

  private Worker worker(Lane lane) {
    List<Worker> workers = lanes.getOrDefault(lane, List.of());
    return workers.get(Math.floorMod(turn.getAndIncrement(), workers.size()));
  }

  void watch() {
    owner.interruptIfStuck();
    lanes.values().forEach(lane -> lane.forEach(Worker::interruptIfStuck));
  }

  @Override
  public void close() {
    closed = true;
    watchdog.shutdownNow();
    owner.thread.shutdownNow();
    lanes.values().forEach(lane -> lane.forEach(worker -> worker.thread.shutdownNow()));
  }

  /** One thread, and what it works on. */
  private final class Worker {
    private final String name;
    private final ScheduledExecutorService thread;
    private @Nullable Thread busy;
    private long busySince;

    private Worker(String name) {
      this.name = name;
      this.thread = VenueExecutor.thread(name);
    }

    private void execute(Runnable work) {
      schedule(Duration.ZERO, work);
    }

    private void schedule(Duration wait, Runnable work) {
      if (closed) {
        return;
      }
      try {
        var unused = thread.schedule(() -> guarded(work), wait.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closing) {
        if (!closed) {
          throw closing;
        }
      }
    }

    /** A failure is reported and costs this piece of work, never the run. */
    private void guarded(Runnable work) {
      begin();
      try {
        work.run();
      } catch (MalformedMessage unreadable) {
        report(unreadable.detail());
      } catch (RuntimeException failure) {
        report(failure.toString());
      } finally {
        end();
      }
    }

    private void report(String what) {
      if (!closed) {
        trouble.report(name, what);
      }
    }

    private synchronized void begin() {
      busy = Thread.currentThread();
      busySince = nanos.getAsLong();
    }

    private synchronized void end() {
      busy = null;
      // An interrupt by the watchdog was about this piece of work alone.
      var unused = Thread.interrupted();
    }

    private void interruptIfStuck() {
      if (isStuck()) {
        report("stood for more than " + STUCK_AFTER.toSeconds() + " s and was interrupted");
      }
    }

    private synchronized boolean isStuck() {
      Thread working = busy;
      if (working == null || nanos.getAsLong() - busySince <= STUCK_AFTER.toNanos()) {
        return false;
      }
      busySince = nanos.getAsLong();
      working.interrupt();
      return true;
    }
  }
}
