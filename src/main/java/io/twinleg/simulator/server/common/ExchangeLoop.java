package io.twinleg.simulator.server.common;

import io.twinleg.simulator.Exchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The exchange's one thread, on which its clock runs at a multiple of the wall clock's speed. Work
 * that is passed to it finds the exchange at the present instant.
 */
public final class ExchangeLoop implements AutoCloseable {
  private static final long STEP_MS = 2;

  private final Exchange exchange;
  private final BigDecimal speed;
  private final Consumer<Throwable> broken;
  private final Instant start;
  private final long startNanos = System.nanoTime();
  private final Future<?> ticks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("exchange").factory());

  /**
   * @param speed of the exchange's clock, as a multiple of the wall clock's
   * @param broken notified of what ended the exchange, which does not advance after that
   */
  public ExchangeLoop(Exchange exchange, BigDecimal speed, Consumer<Throwable> broken) {
    this.exchange = exchange;
    this.speed = speed;
    this.broken = broken;
    start = exchange.now();
    ticks = thread.scheduleWithFixedDelay(this::tick, STEP_MS, STEP_MS, TimeUnit.MILLISECONDS);
  }

  public BigDecimal speed() {
    return speed;
  }

  /** A clock that only goes forward, at the exchange's speed. From any thread. */
  public long nanos() {
    return speed.multiply(BigDecimal.valueOf(System.nanoTime() - startNanos)).longValue();
  }

  /** Whether its clock is the wall clock. */
  public boolean isRealTime() {
    return speed.compareTo(BigDecimal.ONE) == 0
        && Duration.between(start, Instant.now()).abs().compareTo(Duration.ofDays(1)) < 0;
  }

  private void tick() {
    try {
      advance();
    } catch (RuntimeException | Error e) {
      broken.accept(e);
      throw e;
    }
  }

  private void advance() {
    exchange.advanceTo(start.plusNanos(nanos()));
  }

  /** Does this on the exchange's thread, at its present instant, and waits for what comes of it. */
  public <T> T call(Function<Exchange, T> work) {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                advance();
                T done = work.apply(exchange);
                exchange.advanceTo(exchange.now());
                return done;
              },
              thread)
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the exchange is being closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException("the exchange could not do it", e.getCause());
    }
  }

  /**
   * Does this after a request's way to the exchange; what comes of it is here after its way back. A
   * failure on the way ends the exchange: its state would be unknown.
   */
  public <T> CompletableFuture<T> send(Function<Exchange, T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    thread.execute(() ->
        orBreak(
            answer,
            () -> {
              advance();
              later(exchange.latency().request(), () -> execute(work, answer));
            }));
    return answer;
  }

  private <T> void execute(Function<Exchange, T> work, CompletableFuture<T> answer) {
    orBreak(
        answer,
        () -> {
          T done = work.apply(exchange);
          later(exchange.latency().answer(), () -> answer.complete(done));
        });
  }

  private void later(Duration wait, Runnable action) {
    exchange.at(exchange.now().plus(wait), action);
  }

  private void orBreak(CompletableFuture<?> answer, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
      broken.accept(e);
    }
  }

  @Override
  public void close() {
    ticks.cancel(false);
    thread.shutdownNow();
  }
}
