package io.hypercarry.exchange.aster;

import io.hypercarry.exchange.Exchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The exchange's one thread, on which its time goes on at a pace of the wall's. Whoever passes
 * finds the exchange at the present instant.
 */
public final class PacedExchange implements Turnstile, AutoCloseable {
  private static final long STEP_MS = 2;

  private final Exchange exchange;
  private final BigDecimal speed;
  private final Instant start;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("exchange").factory());

  public PacedExchange(Exchange exchange, BigDecimal speed) {
    this.exchange = exchange;
    this.speed = speed;
    start = exchange.now();
    var unused =
        thread.scheduleWithFixedDelay(this::advance, STEP_MS, STEP_MS, TimeUnit.MILLISECONDS);
  }

  private void advance() {
    BigDecimal elapsed = speed.multiply(BigDecimal.valueOf(System.nanoTime() - startNanos));
    exchange.advanceTo(start.plus(Duration.ofNanos(elapsed.longValue())));
  }

  @Override
  public <T> T pass(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                advance();
                T done = work.get();
                advance();
                return done;
              },
              thread)
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the exchange is being closed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the exchange could not do it", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
