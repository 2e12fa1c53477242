package io.twinleg.core;

import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One entry gate as it stands at an instant, for people: it decides nothing.
 *
 * @param reason what is compared, in the word that its denial is logged with
 * @param found what was compared, {@code needed} with what; {@code none} where it is not known
 */
public record GateReading(
    EntryCheck gate, String reason, String found, String needed, boolean open) {
  private static final String NONE = "none";

  /** A gate that names its numbers only when it denies. */
  static GateReading of(EntryCheck gate, String reason, Optional<Denial> denial, Object needed) {
    return denial
        .map(found ->
            new GateReading(found.gate(), found.reason(), found.value(), found.limit(), false))
        .orElseGet(
            () -> new GateReading(gate, reason, needed.toString(), needed.toString(), true));
  }

  /** A gate that is open from {@code least} on; what is not known does not open it. */
  static GateReading atLeast(
      EntryCheck gate, String reason, Optional<BigDecimal> found, BigDecimal least) {
    return new GateReading(
        gate,
        reason,
        found.map(BigDecimal::toPlainString).orElse(NONE),
        least.toPlainString(),
        found.filter(value -> value.compareTo(least) >= 0).isPresent());
  }

  /** A gate that is open up to {@code most}. */
  static GateReading atMost(
      EntryCheck gate, String reason, Optional<BigDecimal> found, BigDecimal most) {
    return new GateReading(
        gate,
        reason,
        found.map(BigDecimal::toPlainString).orElse(NONE),
        most.toPlainString(),
        found.filter(value -> value.compareTo(most) <= 0).isPresent());
  }
}
