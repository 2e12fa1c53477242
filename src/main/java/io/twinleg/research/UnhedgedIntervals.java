package io.twinleg.research;

import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times when one leg stood alone, as {@link HedgeImbalance#isUnhedged} has it: more than the
 * lots cannot close, and worth an order. Between two events nothing changes; what was over within
 * its own instant (two fills of one message) is none.
 */
final class UnhedgedIntervals {
  private static final BigDecimal MILLIS = new BigDecimal("1000");

  private final List<Spell> spells = new ArrayList<>();
  private Optional<Spell> open = Optional.empty();
  private Usd standing = Usd.ZERO;
  private long repairOrders;
  private long unwindOrders;

  /**
   * One time without a full hedge.
   *
   * @param largest the most that was un-hedged, in USD
   * @param usdSeconds un-hedged USD times the seconds that they were so
   * @param repaired an order of a repair was sent meanwhile
   * @param unwound an order of an unwinding was
   */
  record Spell(
      Instant since,
      Instant until,
      Usd largest,
      BigDecimal usdSeconds,
      boolean repaired,
      boolean unwound) {
    Duration length() {
      return Duration.between(since, until);
    }

    private Spell lasting(Instant now, Usd usd) {
      BigDecimal millis = BigDecimal.valueOf(Duration.between(until, now).toMillis());
      BigDecimal more = usd.value().multiply(millis).divide(MILLIS);
      return new Spell(since, now, largest, usdSeconds.add(more), repaired, unwound);
    }

    private Spell atLeast(Usd usd) {
      return new Spell(since, until, largest.max(usd), usdSeconds, repaired, unwound);
    }

    private Spell with(OrderPurpose purpose) {
      return new Spell(
          since,
          until,
          largest,
          usdSeconds,
          repaired || purpose == OrderPurpose.REPAIR,
          unwound || purpose == OrderPurpose.UNWIND);
    }
  }

  void see(Instant now, HedgeImbalance delta) {
    passed(now);
    boolean unhedged = delta.isUnhedged();
    if (unhedged) {
      standing = delta.usd();
      Spell spell =
          open.orElseGet(() -> new Spell(now, now, standing, BigDecimal.ZERO, false, false));
      open = Optional.of(spell.atLeast(standing));
    } else {
      open.filter(spell -> !spell.length().isZero()).ifPresent(spells::add);
      open = Optional.empty();
    }
  }

  /** Time goes by, and nothing else. */
  void passed(Instant now) {
    open = open.map(spell -> spell.lasting(now, standing));
  }

  void sent(OrderPurpose purpose) {
    repairOrders += purpose == OrderPurpose.REPAIR ? 1 : 0;
    unwindOrders += purpose == OrderPurpose.UNWIND ? 1 : 0;
    open = open.map(spell -> spell.with(purpose));
  }

  void add(UnhedgedIntervals other) {
    spells.addAll(other.spells());
    repairOrders += other.repairOrders;
    unwindOrders += other.unwindOrders;
  }

  /** The one that still lasts comes last. */
  List<Spell> spells() {
    List<Spell> all = new ArrayList<>(spells);
    open.ifPresent(all::add);
    return all;
  }

  boolean isUnhedgedNow() {
    return open.isPresent();
  }

  long repairOrders() {
    return repairOrders;
  }

  long unwindOrders() {
    return unwindOrders;
  }

  long repairs() {
    return spells().stream().filter(Spell::repaired).count();
  }

  long unwinds() {
    return spells().stream().filter(Spell::unwound).count();
  }

  BigDecimal usdSeconds() {
    return spells().stream().map(Spell::usdSeconds).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Duration inAll() {
    return spells().stream().map(Spell::length).reduce(Duration.ZERO, Duration::plus);
  }

  Optional<Spell> longest() {
    return spells().stream().max((one, other) -> one.length().compareTo(other.length()));
  }

  Usd largest() {
    return spells().stream().map(Spell::largest).reduce(Usd.ZERO, Usd::max);
  }
}
