package io.hypercarry.exchange.aster;

import java.util.function.Supplier;

/** Runs something on the exchange's one thread, and waits for it. */
public interface Turnstile {
  <T> T pass(Supplier<T> work);
}
