package io.hypercarry.exchange.aster;

import io.hypercarry.exchange.server.WireFaults;
import java.util.Optional;

/**
 * What goes wrong between this face and its clients: by chance, as {@link WireFaults} decide, and
 * on purpose, as whoever makes a wire of his own says. Each is asked once for every request.
 */
public interface Wire {
  Wire SOUND = of(WireFaults.none());

  /** By chance alone. */
  static Wire of(WireFaults faults) {
    return new Wire() {
      @Override
      public WireFaults faults() {
        return faults;
      }
    };
  }

  default WireFaults faults() {
    return WireFaults.none();
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
