package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.server.common.HttpFaults;
import java.util.Optional;

/**
 * What goes wrong between this face and its clients: by chance, as {@link HttpFaults} decide, and
 * on purpose, as whoever makes a wire of his own says. Each is asked once for every request.
 */
public interface FaultHook {
  FaultHook SOUND = of(HttpFaults.none());

  /** By chance alone. */
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
