package io.twinleg.core.strategy;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One capital over many markets: the best are held, and one is left for another only where the
 * better rate pays for the move. A pure function of what is known of the markets; where two are
 * equal, the name decides.
 *
 * <p>Timing one market loses to holding it, and choosing slowly between markets wins; so there is
 * no forecast of prices here, and at most one rotation at a time.
 */
public final class Allocation {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::rate)
          .reversed()
          .thenComparing(candidate -> candidate.market().name());

  private final PortfolioSettings settings;
  private final Map<MarketId, Candidate> candidates = new TreeMap<>();
  private final VenueShares shares;
  private final Map<MarketId, Assignment> before;
  private final Map<MarketId, Assignment> assigned = new TreeMap<>();
  private final Instant now;

  /** What the market's own state allows. */
  public enum Standing {
    /** Nothing is held, and nothing stands in the way of an entry. */
    FLAT,
    /** Nothing is held, and nothing may be entered: halted, stale, or in quarantine. */
    BARRED,
    /** Held and at rest. */
    HELD,
    /** Held, and cannot be traded now: halted, stale, or in quarantine. It stays as it is. */
    FROZEN,
    /** Something is under way or unknown: it is neither left nor entered until it is resolved. */
    UNRESOLVED
  }

  /**
   * A market as it stands at a decision.
   *
   * @param heldSince when it was entered; null where nothing is held
   * @param rotatedAt when it last took part in a rotation; null where it never did
   * @param most what caps and the depth of the books leave for it, of one leg
   */
  public record Candidate(
      MarketId market,
      Standing standing,
      CarryOutlook outlook,
      @Nullable Instant heldSince,
      @Nullable Instant rotatedAt,
      Usd most) {

    /** Only where there is a forecast. */
    private BigDecimal rate() {
      BigDecimal hourly = outlook.hourly();
      if (hourly == null) {
        throw new IllegalStateException(market + " has no forecast to be compared by");
      }
      return hourly;
    }

    private boolean isIn() {
      return standing != Standing.FLAT && standing != Standing.BARRED;
    }
  }

  /** What is to be done with a market until the next decision. */
  public enum Choice {
    /** To be held; entered where it is not. */
    HOLD,
    /** To be left altogether. */
    LEAVE,
    /** Not held, and not to be entered. */
    WAIT
  }

  /**
   * What was decided of a market.
   *
   * @param notional to be held of one leg; nothing where the market is left or waits
   * @param other the market of the same rotation: entered in its place, or to be left first; null
   *     outside of a rotation
   */
  public record Assignment(
      Choice choice, Usd notional, AllocationReason reason, @Nullable MarketId other) {
    static Assignment hold(Usd notional, AllocationReason reason) {
      return new Assignment(Choice.HOLD, notional, reason, null);
    }

    static Assignment leave(AllocationReason reason) {
      return new Assignment(Choice.LEAVE, Usd.ZERO, reason, null);
    }

    static Assignment rotatedIn(Usd notional, MarketId after) {
      return new Assignment(Choice.HOLD, notional, AllocationReason.ROTATED_IN, after);
    }

    static Assignment waiting(AllocationReason reason) {
      return new Assignment(Choice.WAIT, Usd.ZERO, reason, null);
    }

    public Optional<MarketId> inRotationWith() {
      return Optional.ofNullable(other);
    }

    boolean isRotation() {
      return other != null;
    }
  }

  private Allocation(
      PortfolioSettings settings,
      VenueShares shares,
      Collection<Candidate> candidates,
      Map<MarketId, Assignment> before,
      Instant now) {
    this.settings = settings;
    this.shares = shares;
    candidates.forEach(each -> this.candidates.put(each.market(), each));
    this.before = before;
    this.now = now;
  }

  /**
   * Decides on every market.
   *
   * @param shares what lies at each venue
   * @param before what was decided the last time; a rotation that is under way goes on
   */
  public static Map<MarketId, Assignment> decide(
      PortfolioSettings settings,
      VenueShares shares,
      Collection<Candidate> candidates,
      Map<MarketId, Assignment> before,
      Instant now) {
    return new Allocation(settings, shares, candidates, before, now).decide();
  }

  private Map<MarketId, Assignment> decide() {
    candidates.values().forEach(this::keepOrLeave);
    leaveWhatIsTooMany();
    boolean rotating = goOnRotating();
    fillFreeSlots();
    if (!rotating) {
      rotate();
    }
    return assigned;
  }

  // ---- what is held

  private void keepOrLeave(Candidate candidate) {
    switch (candidate.standing()) {
      case FLAT, BARRED -> assigned.put(candidate.market(), Assignment.waiting(idle(candidate)));
      case UNRESOLVED -> assigned.put(candidate.market(), undecided(candidate));
      case FROZEN ->
          assigned.put(
              candidate.market(), Assignment.hold(size(candidate), AllocationReason.NOT_TRADABLE));
      case HELD -> assigned.put(candidate.market(), held(candidate));
    }
  }

  private AllocationReason idle(Candidate candidate) {
    if (candidate.standing() == Standing.BARRED) {
      return AllocationReason.NOT_TRADABLE;
    }
    return candidate
        .outlook()
        .refusal()
        .orElse(
            isWorthAPosition(candidate)
                ? AllocationReason.NOT_AMONG_THE_BEST
                : AllocationReason.TOO_THIN_OR_CAPPED);
  }

  private boolean isWorthAPosition(Candidate candidate) {
    return part(candidate).value().compareTo(StrategySettings.LEAST_TARGET_USD) >= 0;
  }

  /** What was decided of it stands until it is resolved; what was never decided on is kept. */
  private Assignment undecided(Candidate candidate) {
    Assignment last = before.get(candidate.market());
    return last == null || last.choice() == Choice.WAIT
        ? Assignment.hold(size(candidate), AllocationReason.UNRESOLVED)
        : last;
  }

  private Assignment held(Candidate candidate) {
    return candidate
        .outlook()
        .leaving()
        .map(Assignment::leave)
        .orElseGet(() -> Assignment.hold(size(candidate), AllocationReason.HELD));
  }

  private static Usd part(Candidate candidate) {
    return targetOf(candidate).min(candidate.most());
  }

  private static Usd targetOf(Candidate candidate) {
    return candidate.outlook().settings().targetUsdNotional();
  }

  /** Cut to what lies at its venue, when this one has given up its place. */
  private Usd part(Candidate candidate, @Nullable MarketId leaver) {
    return part(candidate).min(targetOf(candidate).times(share(candidate, leaver)));
  }

  private BigDecimal share(Candidate candidate, @Nullable MarketId leaver) {
    Stream<Candidate> held =
        candidates.values().stream().filter(each -> each.isIn() || choiceOf(each) == Choice.HOLD);
    return shares.of(candidate.market(), leaver, held.map(Candidate::market).toList());
  }

  /**
   * What is held keeps the size it was given, while its value and its part of the capital stay
   * within the band of it: neither a book that is a little deeper nor a price that moved a little
   * is worth an order. After a fall it is filled up to its part, where that pays its costs.
   */
  private Usd size(Candidate candidate) {
    Usd growing = part(candidate, null);
    Assignment last = before.get(candidate.market());
    Usd given = last == null || last.notional().signum() == 0 ? growing : last.notional();
    // What others need at its venue bounds what it grows to, not what it is.
    Usd part = part(candidate).min(growing.max(given));
    CarryOutlook.Earnings position = candidate.outlook().earnings();
    if (position == null || candidate.standing() != Standing.HELD) {
      return given;
    }
    Usd least = part.times(BigDecimal.ONE.subtract(settings.rebalanceBand()));
    if (position.notional().isBelow(least) && candidate.outlook().refusal().isEmpty()) {
      return part.plus(position.invested().minus(position.notional()).max(Usd.ZERO));
    }
    Usd drift = given.minus(part).abs();
    return drift.exceeds(part.times(settings.rebalanceBand())) ? part : given;
  }

  /** More are held than there are slots: the worst go. One without a forecast is not the worst. */
  private void leaveWhatIsTooMany() {
    List<Candidate> worstFirst = stayingWithForecast().sorted(BEST_FIRST.reversed()).toList();
    long tooMany = occupied() - settings.maxPositions() - leaving();
    for (Candidate worst : worstFirst.subList(0, (int) within(tooMany, worstFirst.size()))) {
      assigned.put(worst.market(), Assignment.leave(AllocationReason.TOO_MANY_POSITIONS));
    }
  }

  private static long within(long count, int most) {
    return Math.max(0, Math.min(count, most));
  }

  private Stream<Candidate> stayingWithForecast() {
    return candidates.values().stream()
        .filter(each -> each.standing() == Standing.HELD && each.outlook().hourly() != null)
        .filter(each -> choiceOf(each) == Choice.HOLD);
  }

  private Choice choiceOf(Candidate candidate) {
    Assignment assignment = assigned.get(candidate.market());
    return assignment == null ? Choice.WAIT : assignment.choice();
  }

  /** Slots that something is in, or on its way out of. */
  private long occupied() {
    return candidates.values().stream().filter(Candidate::isIn).count();
  }

  private long leaving() {
    return candidates.values().stream()
        .filter(each -> each.isIn() && choiceOf(each) == Choice.LEAVE)
        .count();
  }

  // ---- a rotation that is under way

  /**
   * What is being left goes on being left; what was to follow goes on waiting for it. The slot is
   * one: it belongs to the first until that is out, and to the second from then on.
   */
  private boolean goOnRotating() {
    boolean found = false;
    for (Candidate entrant : candidates.values()) {
      Optional<MarketId> first =
          Optional.ofNullable(before.get(entrant.market()))
              .filter(last -> last.choice() == Choice.HOLD)
              .flatMap(Assignment::inRotationWith);
      Optional<Candidate> leaver = first.map(candidates::get).filter(this::isOnItsWayOut);
      if (leaver.isPresent()) {
        found = true;
        if (entrant.standing() == Standing.FLAT && entrant.outlook().refusal().isEmpty()) {
          MarketId left = leaver.get().market();
          assigned.put(entrant.market(), Assignment.rotatedIn(part(entrant, left), left));
        }
      }
    }
    return found;
  }

  private boolean isOnItsWayOut(Candidate candidate) {
    return candidate.standing() == Standing.UNRESOLVED && choiceOf(candidate) == Choice.LEAVE;
  }

  // ---- what is entered

  private void fillFreeSlots() {
    long free = settings.maxPositions() - occupied();
    List<Candidate> best = enterable().sorted(BEST_FIRST).toList();
    for (Candidate entrant : best) {
      if (free > 0 && share(entrant, null).signum() == 0) {
        assigned.put(entrant.market(), Assignment.waiting(AllocationReason.NO_MONEY_AT_VENUE));
      } else if (free > 0) {
        assigned.put(
            entrant.market(),
            Assignment.hold(part(entrant, null), AllocationReason.AMONG_THE_BEST));
        free--;
      }
    }
  }

  private Stream<Candidate> enterable() {
    return candidates.values().stream()
        .filter(each -> each.standing() == Standing.FLAT && choiceOf(each) == Choice.WAIT)
        .filter(each -> each.outlook().refusal().isEmpty())
        .filter(this::isWorthAPosition);
  }

  /** A better market in the place of a worse one: the pair that gains most, if any pays. */
  private record Move(Candidate from, Candidate to, BigDecimal gain) {}

  private void rotate() {
    List<Move> moves = new ArrayList<>();
    List<Candidate> entrants = enterable().filter(each -> isPast(each.rotatedAt())).toList();
    for (Candidate from : stayingWithForecast().filter(this::mayBeLeft).toList()) {
      for (Candidate to : entrants) {
        gain(from, to)
            .filter(gain -> gain.signum() > 0)
            .ifPresent(gain -> moves.add(new Move(from, to, gain)));
      }
    }
    moves.stream()
        .min(
            Comparator.comparing(Move::gain)
                .reversed()
                .thenComparing(move -> move.from().market().name())
                .thenComparing(move -> move.to().market().name()))
        .ifPresent(this::move);
  }

  private void move(Move move) {
    MarketId from = move.from().market();
    MarketId to = move.to().market();
    assigned.put(from, new Assignment(Choice.LEAVE, Usd.ZERO, AllocationReason.ROTATED_OUT, to));
    assigned.put(to, Assignment.rotatedIn(part(move.to(), from), from));
  }

  private boolean mayBeLeft(Candidate candidate) {
    Instant since = candidate.heldSince();
    Duration minHold = settings.rotation().minHold();
    boolean longEnough = since == null || !now.isBefore(since.plus(minHold));
    return longEnough && isPast(candidate.rotatedAt());
  }

  private boolean isPast(@Nullable Instant rotatedAt) {
    return rotatedAt == null || !now.isBefore(rotatedAt.plus(settings.rotation().gap()));
  }

  /**
   * Over the horizon, beyond the costs of the move and the least improvement; of the notional that
   * is left. Where less lies at the other venue, less is earned there.
   */
  private Optional<BigDecimal> gain(Candidate from, Candidate to) {
    CarryOutlook.Costs leaving = from.outlook().costs();
    CarryOutlook.Costs entering = to.outlook().costs();
    BigDecimal share = share(to, from.market());
    if (leaving == null || entering == null || share.signum() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        settings
            .rotation()
            .over(to.rate().multiply(share).subtract(from.rate()))
            .subtract(leaving.exit())
            .subtract(entering.enter().multiply(share))
            .subtract(settings.rotation().minImprovement()));
  }
}
