package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.ExchangeLoop;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs work on the exchange's one thread, for callers that use the exchange directly. */
public final class ExchangeExecutor {
  private final ExchangeLoop paced;

  public ExchangeExecutor(ExchangeLoop paced) {
    this.paced = paced;
  }

  /** Does this on the exchange's thread, at its present instant, and waits for it. */
  public <T> T pass(Supplier<T> work) {
    return paced.call(exchange -> work.get());
  }

  <T> T with(Function<Exchange, T> work) {
    return paced.call(work);
  }
}
