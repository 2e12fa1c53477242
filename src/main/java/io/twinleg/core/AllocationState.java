package io.twinleg.core;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.strategy.Allocation;
import io.twinleg.core.strategy.Allocation.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the allocation keeps between two decisions: what it decided of each market, since when each
 * is held and at what figures it began, and when the next decision is due. Changed by {@link
 * AllocationStep} alone, and empty in a run without a portfolio.
 */
final class AllocationState {
  /** A market whose hour is not settled or whose books do not come is waited for no longer. */
  private static final Duration LATEST = Duration.ofMinutes(5);

  private final TreeMap<MarketId, Assignment> assignments = new TreeMap<>();
  private final TreeMap<MarketId, Position> positions = new TreeMap<>();
  private final TreeMap<MarketId, Instant> rotations = new TreeMap<>();
  private @Nullable Instant decidedHour;
  private @Nullable Instant dueSince;

  /** The last decision was made while a venue was away. */
  private boolean isPartial;

  /**
   * One market's position, or what one that is entered next begins at.
   *
   * @param since when it was entered; null while nothing is held
   * @param feesBefore what had been paid in this market until then
   * @param fundingBefore what it had brought until then
   */
  private record Position(@Nullable Instant since, Usd feesBefore, Usd fundingBefore) {}

  // ---- positions

  /** Notes the beginning and the end of a position, and a rotation that has really begun. */
  void follow(MarketId market, boolean held, PairLedger ledger, Instant now) {
    Position known = positions.get(market);
    if (held && (known == null || known.since() == null)) {
      Usd fees = known == null ? ledger.fees() : known.feesBefore();
      Usd funding = known == null ? ledger.funding() : known.fundingBefore();
      positions.put(market, new Position(now, fees, funding));
    } else if (!held && (known == null || known.since() != null)) {
      positions.put(market, new Position(null, ledger.fees(), ledger.funding()));
    }
  }

  /** A rotation counts from when its first market is really being left. */
  void rotating(MarketId market, Instant now) {
    Assignment assignment = assignments.get(market);
    if (assignment != null && assignment.choice() == Allocation.Choice.LEAVE) {
      assignment
          .inRotationWith()
          .ifPresent(other -> {
            rotations.put(market, now);
            rotations.put(other, now);
          });
    }
  }

  @Nullable Instant heldSince(MarketId market) {
    Position position = positions.get(market);
    return position == null ? null : position.since();
  }

  @Nullable Instant rotatedAt(MarketId market) {
    return rotations.get(market);
  }

  /** Fees of the position at hand. */
  Usd feesPaid(MarketId market, PairLedger ledger) {
    Position position = positions.get(market);
    return position == null ? Usd.ZERO : ledger.fees().minus(position.feesBefore());
  }

  /** What the position at hand has received. */
  Usd funding(MarketId market, PairLedger ledger) {
    Position position = positions.get(market);
    return position == null ? Usd.ZERO : ledger.funding().minus(position.fundingBefore());
  }

  // ---- decisions

  Map<MarketId, Assignment> assignments() {
    return Collections.unmodifiableMap(assignments);
  }

  Optional<Assignment> assignment(MarketId market) {
    return Optional.ofNullable(assignments.get(market));
  }

  void decided(Map<MarketId, Assignment> newAssignments, boolean isAnyAway, Instant now) {
    isPartial = isAnyAway;
    assignments.clear();
    assignments.putAll(newAssignments);
    decidedHour = now.truncatedTo(ChronoUnit.HOURS);
    dueSince = null;
  }

  /** Where a venue was away at the last decision it is made anew when all are there. */
  void venues(boolean isAnyAway) {
    if (isPartial && !isAnyAway) {
      decidedHour = null;
      isPartial = false;
    }
  }

  /** A decision is due once an hour; it waits a while for data that are still on their way. */
  boolean isDue(Instant now, boolean isComplete) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    if (decidedHour != null && !hour.isAfter(decidedHour)) {
      return false;
    }
    dueSince = dueSince == null ? now : dueSince;
    return isComplete || !now.isBefore(dueSince.plus(LATEST));
  }

  /** When a decision is made though data are missing. */
  Optional<Instant> wakeAt() {
    return Optional.ofNullable(dueSince).map(since -> since.plus(LATEST));
  }

  /** The data of the new run come first. */
  void restarted() {
    dueSince = null;
  }

  /** Markets that are not traded any more take no part. */
  void retain(Collection<MarketId> markets) {
    assignments.keySet().retainAll(markets);
  }
}
