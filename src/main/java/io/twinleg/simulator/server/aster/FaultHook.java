package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.server.common.HttpFaults;
import java.util.Optional;

/**
 * Faults between this server and its clients: random ones, as {@link HttpFaults} decide, and
 * scripted ones, by an implementation of {@link #before} and {@link #after}. Each is called once
 * per request.
 */
public interface FaultHook {
  FaultHook SOUND = of(HttpFaults.none());

  /** Random faults alone. */
  static FaultHook of(HttpFaults faults) {
    return new FaultHook() {
      @Override
      public HttpFaults faults() {
        return faults;
      }
    };
  }

  default HttpFaults faults() {
    return HttpFaults.none();
  }

  /** The request is not executed; its sender is answered with this status. */
  default Optional<Integer> before(String method, String resource) {
    return Optional.empty();
  }

  /** The request has been executed; its sender is answered with this status instead. */
  default Optional<Integer> after(String method, String resource) {
    return Optional.empty();
  }
}
