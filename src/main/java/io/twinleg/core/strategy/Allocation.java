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
import java.util.Locale;
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

  /** Why: its name in lower case is in the journal. */
  public enum Reason {
    /** Held, and nothing is better by more than a move costs. */
    HELD,
    AMONG_THE_BEST,
    ROTATED_IN,
    ROTATED_OUT,
    /** More markets are held than may be. */
    TOO_MANY_POSITIONS,
    /** The costs are earned back, and the expected rate is at or below the exit threshold. */
    EXIT_THRESHOLD,
    /** Staying over the horizon is expected to cost more than leaving and coming back. */
    STAYING_COSTS_MORE,
    /** Something is under way or unknown. */
    UNRESOLVED,
    /** Halted, delisted, stale, in quarantine, or entries are forbidden. */
    NOT_TRADABLE,
    NOT_AMONG_THE_BEST,
    /** Caps or the depth of the books leave less than a position is worth. */
    TOO_THIN_OR_CAPPED,
    /** The history of its rates is too short, or has gaps. */
    NO_FORECAST,
    /** A book is missing, or too thin for a clip. */
    NO_PRICES,
    BELOW_ENTRY_THRESHOLD,
    BELOW_ITS_COSTS;

    public String logName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was decided of a market.
   *
   * @param notional to be held of one leg; nothing where the market is left or waits
   * @param other the market of the same rotation: entered in its place, or to be left first; null
   *     outside of a rotation
   */
  public record Assignment(Choice choice, Usd notional, Reason reason, @Nullable MarketId other) {
    static Assignment hold(Usd notional, Reason reason) {
      return new Assignment(Choice.HOLD, notional, reason, null);
    }

    static Assignment leave(Reason reason) {
      return new Assignment(Choice.LEAVE, Usd.ZERO, reason, null);
    }

    static Assignment waiting(Reason reason) {
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
      Collection<Candidate> candidates,
      Map<MarketId, Assignment> before,
      Instant now) {
    this.settings = settings;
    candidates.forEach(each -> this.candidates.put(each.market(), each));
    this.before = before;
    this.now = now;
  }

  /**
   * Decides on every market.
   *
   * @param before what was decided the last time; a rotation that is under way goes on
   */
  public static Map<MarketId, Assignment> decide(
      PortfolioSettings settings,
      Collection<Candidate> candidates,
      Map<MarketId, Assignment> before,
      Instant now) {
    return new Allocation(settings, candidates, before, now).decide();
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
          assigned.put(candidate.market(), Assignment.hold(size(candidate), Reason.NOT_TRADABLE));
      case HELD -> assigned.put(candidate.market(), held(candidate));
    }
  }

  private Reason idle(Candidate candidate) {
    if (candidate.standing() == Standing.BARRED) {
      return Reason.NOT_TRADABLE;
    }
    return candidate
        .outlook()
        .refusal()
        .orElse(
            isWorthAPosition(candidate) ? Reason.NOT_AMONG_THE_BEST : Reason.TOO_THIN_OR_CAPPED);
  }

  private boolean isWorthAPosition(Candidate candidate) {
    return part(candidate).value().compareTo(StrategySettings.LEAST_TARGET_USD) >= 0;
  }

  /** What was decided of it stands until it is resolved; what was never decided on is kept. */
  private Assignment undecided(Candidate candidate) {
    Assignment last = before.get(candidate.market());
    return last == null || last.choice() == Choice.WAIT
        ? Assignment.hold(size(candidate), Reason.UNRESOLVED)
        : last;
  }

  private Assignment held(Candidate candidate) {
    return candidate
        .outlook()
        .leaving()
        .map(Assignment::leave)
        .orElseGet(() -> Assignment.hold(size(candidate), Reason.HELD));
  }

  private static Usd part(Candidate candidate) {
    return candidate.outlook().settings().targetUsdNotional().min(candidate.most());
  }

  /**
   * What is held keeps the size it was given, while its value and its part of the capital stay
   * within the band of it: neither a book that is a little deeper nor a price that moved a little
   * is worth an order. After a fall it is filled up to its part, where that pays its costs.
   */
  private Usd size(Candidate candidate) {
    Usd part = part(candidate);
    Assignment last = before.get(candidate.market());
    Usd given = last == null || last.notional().signum() == 0 ? part : last.notional();
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
      assigned.put(worst.market(), Assignment.leave(Reason.TOO_MANY_POSITIONS));
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
          assigned.put(
              entrant.market(),
              new Assignment(Choice.HOLD, part(entrant), Reason.ROTATED_IN, leaver.get().market()));
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
    for (Candidate entrant : best.subList(0, (int) within(free, best.size()))) {
      assigned.put(entrant.market(), Assignment.hold(part(entrant), Reason.AMONG_THE_BEST));
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
    assigned.put(from, new Assignment(Choice.LEAVE, Usd.ZERO, Reason.ROTATED_OUT, to));
    assigned.put(to, new Assignment(Choice.HOLD, part(move.to()), Reason.ROTATED_IN, from));
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

  /** Over the horizon, beyond the costs of the move and the least improvement; of notional. */
  private Optional<BigDecimal> gain(Candidate from, Candidate to) {
    CarryOutlook.Costs leaving = from.outlook().costs();
    CarryOutlook.Costs entering = to.outlook().costs();
    if (leaving == null || entering == null) {
      return Optional.empty();
    }
    return Optional.of(
        settings
            .rotation()
            .over(to.rate().subtract(from.rate()))
            .subtract(leaving.exit())
            .subtract(entering.enter())
            .subtract(settings.rotation().minImprovement()));
  }
}
