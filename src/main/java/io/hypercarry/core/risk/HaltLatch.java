package io.hypercarry.core.risk;

import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.Demand;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What has tripped and why. Only an operator's resume takes it back; a restart does not. */
public final class HaltLatch {
  private final Map<Trigger, String> tripped = new EnumMap<>(Trigger.class);

  /** The note is told once, when it trips. */
  public Optional<Note> trip(Trigger trigger, String found) {
    if (tripped.putIfAbsent(trigger, found) != null) {
      return Optional.empty();
    }
    return Optional.of(
        Note.error("guard_halted").with("reason", name(trigger)).with("found", found));
  }

  private static String name(Trigger trigger) {
    return trigger.name().toLowerCase(Locale.ROOT);
  }

  public boolean isTripped(Trigger trigger) {
    return tripped.containsKey(trigger);
  }

  /** For an operator, each in one phrase. */
  public List<String> reasons() {
    return tripped.entrySet().stream()
        .map(each -> name(each.getKey()) + " (" + each.getValue() + ")")
        .toList();
  }

  /** Entries stop; what hedges, repairs, exits and keeps the margin goes on. */
  public Demand demand() {
    return tripped.keySet().stream()
        .findFirst()
        .map(first -> new Demand(Demand.Strength.NO_NEW_RISK, name(first)))
        .orElse(Demand.NONE);
  }

  public void resume() {
    tripped.clear();
  }
}
