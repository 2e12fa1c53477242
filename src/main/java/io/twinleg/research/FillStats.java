package io.twinleg.research;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Count, notional and fees of fills, by leg and by maker or taker. */
final class FillStats {
  private final Map<Kind, Sum> sums = new TreeMap<>();

  /** The fills of one leg, as maker or as taker. */
  record Kind(Leg leg, boolean maker) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byLeg = leg.compareTo(other.leg);
      return byLeg != 0 ? byLeg : Boolean.compare(other.maker, maker);
    }
  }

  /**
   * @param fees in USD, a fee in coins at its own fill's price
   */
  record Sum(long count, Usd notional, Usd fees) {
    static final Sum ZERO = new Sum(0, Usd.ZERO, Usd.ZERO);

    Sum plus(Sum other) {
      return new Sum(count + other.count, notional.plus(other.notional), fees.plus(other.fees));
    }
  }

  void add(Fill fill) {
    add(
        new Kind(fill.instrument().leg(), fill.maker()),
        new Sum(1, fill.notional(), fill.fee().usd(fill.price())));
  }

  void add(FillStats other) {
    other.sums.forEach(this::add);
  }

  private void add(Kind kind, Sum sum) {
    sums.put(kind, of(kind).plus(sum));
  }

  Sum of(Kind kind) {
    return sums.getOrDefault(kind, Sum.ZERO);
  }

  Sum all() {
    return sums.values().stream().reduce(Sum.ZERO, Sum::plus);
  }

  /** All four, in the order of a report. */
  static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (Leg leg : Leg.values()) {
      kinds.add(new Kind(leg, true));
      kinds.add(new Kind(leg, false));
    }
    return kinds;
  }
}
