package io.twinleg.research;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cost of taking against the mid price: for each taker fill of ours, how far its price was
 * worse than the mid of its leg in the last book before its order was sent. Half the spread,
 * impact, and the move of the market while the order travelled are all in it. It is a part of the
 * basis, not a further cost.
 */
final class SlippageStats {
  private static final BigDecimal BPS = new BigDecimal("10000");

  private final Map<ClientOrderId, Price> mids = new LinkedHashMap<>();
  private final Set<ClientOrderId> took = new LinkedHashSet<>();
  private Usd cost = Usd.ZERO;
  private Usd notional = Usd.ZERO;
  private long fillsWithoutMid;

  void sent(ClientOrderId order, Price mid) {
    mids.put(order, mid);
  }

  void add(Fill fill) {
    if (fill.maker()) {
      return;
    }
    Optional<Price> mid = fill.clientOrderId().flatMap(id -> Optional.ofNullable(mids.get(id)));
    if (mid.isEmpty()) {
      fillsWithoutMid++;
      return;
    }
    Usd atMid = mid.get().times(fill.quantity());
    Usd worse =
        fill.side() == Side.BUY ? fill.notional().minus(atMid) : atMid.minus(fill.notional());
    took.add(fill.clientOrderId().get());
    cost = cost.plus(worse);
    notional = notional.plus(atMid);
  }

  void add(SlippageStats other) {
    took.addAll(other.took);
    cost = cost.plus(other.cost);
    notional = notional.plus(other.notional);
    fillsWithoutMid += other.fillsWithoutMid;
  }

  /** Positive: the fills were worse than the mid. */
  Usd cost() {
    return cost;
  }

  int orders() {
    return took.size();
  }

  /** Taker fills without a known mid: there was no book, or the order was not ours. */
  long fillsWithoutMid() {
    return fillsWithoutMid;
  }

  /** The cost in bps of the traded notional at the mids. */
  Optional<BigDecimal> bps() {
    return notional.signum() == 0
        ? Optional.empty()
        : Optional.of(cost.value().multiply(BPS).divide(notional.value(), MathContext.DECIMAL64));
  }
}
