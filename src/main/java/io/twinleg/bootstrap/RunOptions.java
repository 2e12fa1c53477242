package io.twinleg.bootstrap;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a run, checked.
 *
 * @param stateDb the journal's file, or {@link #IN_MEMORY}
 * @param once evaluate once, do what follows from it, and end
 * @param interval of the evaluations of a market that is being traded
 * @param length after which the run stops; null for a run without an end
 * @param speed virtual seconds a second of the wall clock in a dry run; null for unpaced
 * @param json lines of JSON instead of the live view
 * @param attended a person waits for its end: it gives up soon where the venue cannot be asked
 */
public record RunOptions(
    String stateDb,
    boolean once,
    Duration interval,
    @Nullable Duration length,
    @Nullable BigDecimal speed,
    boolean json,
    boolean attended) {
  public static final String IN_MEMORY = ":memory:";

  public boolean isInMemory() {
    return stateDb.equals(IN_MEMORY);
  }

  Optional<Duration> duration() {
    return Optional.ofNullable(length);
  }
}
