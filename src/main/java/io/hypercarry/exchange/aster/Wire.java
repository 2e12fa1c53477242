package io.hypercarry.exchange.aster;

import java.util.Optional;

/** What goes wrong between this face and its clients. Each is asked once for every request. */
public interface Wire {
  Wire SOUND = new Wire() {};

  /** The request is not executed; its sender is answered with this status. */
  default Optional<Integer> before(String method, String resource) {
    return Optional.empty();
  }

  /** The request has been executed; its sender is answered with this status instead. */
  default Optional<Integer> after(String method, String resource) {
    return Optional.empty();
  }
}
