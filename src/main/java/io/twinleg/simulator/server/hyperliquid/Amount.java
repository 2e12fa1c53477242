package io.twinleg.simulator.server.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;

/** The amount of a transfer as it was written, or what is wrong with it. */
sealed interface Amount {
  record Good(BigDecimal value) implements Amount {}

  record Bad(String text) implements Amount {}

  /** Unlike an order's numbers, these may be written with an exponent (measured). */
  static Amount of(String text, int decimals) {
    if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")) {
      return new Bad("Invalid decimal number");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return new Bad("Send amount cannot be zero");
    }
    return value.stripTrailingZeros().scale() > decimals
        ? new Bad("Invalid number of decimals")
        : new Good(value);
  }

  default Optional<String> objection() {
    return switch (this) {
      case Good good -> Optional.empty();
      case Bad bad -> Optional.of(bad.text());
    };
  }

  /** Of a good one. */
  default BigDecimal orThrow() {
    return switch (this) {
      case Good good -> good.value();
      case Bad bad -> throw new IllegalStateException(bad.text());
    };
  }
}
