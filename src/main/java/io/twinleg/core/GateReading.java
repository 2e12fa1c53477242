package io.twinleg.core;

import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One entry gate as it stands at an instant, for people: it decides nothing.
 *
 * @param reason what is compared, in the word that its denial is logged with
 * @param found what was compared, {@code needed} with what; {@code none} where it is not known
 */
public record GateReading(
    EntryCheck gate, String reason, String found, String needed, boolean open) {
  private static final String NONE = "none";

  /** A gate that names its numbers only when it denies; without a denial it is open. */
  static GateReading of(EntryCheck gate, String reason, @Nullable Denial denial, String whenOpen) {
    return denial == null
        ? new GateReading(gate, reason, whenOpen, whenOpen, true)
        : new GateReading(denial.gate(), denial.reason(), denial.value(), denial.limit(), false);
  }

  /** A gate that is open from {@code least} on; what is not known does not open it. */
  static GateReading atLeast(
      EntryCheck gate, String reason, @Nullable BigDecimal found, BigDecimal least) {
    boolean open = found != null && found.compareTo(least) >= 0;
    return new GateReading(gate, reason, text(found), least.toPlainString(), open);
  }

  /** A gate that is open up to {@code most}; what is not known does not open it. */
  static GateReading atMost(
      EntryCheck gate, String reason, @Nullable BigDecimal found, BigDecimal most) {
    boolean open = found != null && found.compareTo(most) <= 0;
    return new GateReading(gate, reason, text(found), most.toPlainString(), open);
  }

  private static String text(@Nullable BigDecimal value) {
    return value == null ? NONE : value.toPlainString();
  }
}
