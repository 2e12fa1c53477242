package io.twinleg.core.risk;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.RiskDirective;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What has tripped and why. Only an operator's resume takes it back; a restart does not. */
public final class TradingHalt {
  private final Map<HaltReason, String> tripped = new EnumMap<>(HaltReason.class);

  /** The note is told once, when it trips. */
  public Optional<LogEvent> trip(HaltReason trigger, String found) {
    if (tripped.putIfAbsent(trigger, found) != null) {
      return Optional.empty();
    }
    return Optional.of(
        LogEvent.error("guard_halted").with("reason", name(trigger)).with("found", found));
  }

  private static String name(HaltReason trigger) {
    return trigger.name().toLowerCase(Locale.ROOT);
  }

  public boolean isTripped(HaltReason trigger) {
    return tripped.containsKey(trigger);
  }

  /** For an operator, each in one phrase. */
  public List<String> reasons() {
    return tripped.entrySet().stream()
        .map(each -> name(each.getKey()) + " (" + each.getValue() + ")")
        .toList();
  }

  /** Entries stop; what hedges, repairs, exits and keeps the margin goes on. */
  public RiskDirective demand() {
    return tripped.keySet().stream()
        .findFirst()
        .map(first -> new RiskDirective(RiskDirective.Strength.NO_NEW_RISK, name(first)))
        .orElse(RiskDirective.NONE);
  }

  public void resume() {
    tripped.clear();
  }
}
