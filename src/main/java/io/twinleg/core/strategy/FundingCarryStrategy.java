package io.twinleg.core.strategy;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.TargetPosition.Stance;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What to hold of one market: never how to get there. The averaged funding rate decides what is
 * worth entering and leaving, and the expected value of a round trip whether it pays for its costs.
 */
public final class FundingCarryStrategy {
  /** Of the entry threshold: an entry under way is given up only below this part of it. */
  private static final BigDecimal ENTRY_WITHDRAWN_BELOW = new BigDecimal("0.9");

  private static final BigDecimal BPS = new BigDecimal("10000");

  private final StrategySettings settings;
  private final Function<PairMarketData, LiquidityRoles> style;
  private final Usd clip;
  private final FundingSignal funding;
  private Seen seen = Seen.NOTHING;
  private Optional<TargetPosition> lastTarget = Optional.empty();

  /**
   * @param style how an entry would be made now: it may depend on the books
   */
  public FundingCarryStrategy(
      StrategySettings settings, Function<PairMarketData, LiquidityRoles> style, Usd clip) {
    this.settings = settings;
    this.style = style;
    this.clip = clip;
    this.funding = new FundingSignal(settings.signalWindowHours(), settings.horizonHours());
  }

  /** Worked out anew when a book, a rate, the fees or the minute has changed. */
  public TargetPosition target(PairMarketData market, FeeSchedule fees, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    if (lastTarget.isEmpty() || !seen.isStill(market, fees, minute)) {
      seen = new Seen(market.version(), market.funding().version(), fees, minute);
      lastTarget = Optional.of(fresh(market, fees, now));
    }
    return lastTarget.get();
  }

  /** What going in and coming out costs today; empty while a book is missing or too thin. */
  public Optional<CarryOutlook.Costs> costs(PairMarketData market, FeeSchedule fees) {
    BigDecimal usual = market.meanBasis().orElse(BigDecimal.ZERO);
    return RoundTripCost.of(market, fees, style.apply(market), clip)
        .flatMap(trip -> market.midBasis().map(now -> trip.today(now, usual)));
  }

  public StrategySettings settings() {
    return settings;
  }

  /** What the last target was made of. */
  private record Seen(long market, long funding, FeeSchedule fees, Instant minute) {
    private static final FeeSchedule NO_FEES =
        new FeeSchedule(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    static final Seen NOTHING = new Seen(-1, -1, NO_FEES, Instant.MIN);

    boolean isStill(PairMarketData view, FeeSchedule schedule, Instant thisMinute) {
      return market == view.version()
          && funding == view.funding().version()
          && minute.equals(thisMinute)
          && fees.equals(schedule);
    }
  }

  private TargetPosition fresh(PairMarketData market, FeeSchedule fees, Instant now) {
    funding.refresh(market, now);
    Optional<BigDecimal> apr = funding.apr();
    Optional<BigDecimal> running = market.runningRate().map(Rate::apr);
    Optional<RoundTripCost> trip = RoundTripCost.of(market, fees, style.apply(market), clip);
    Optional<FundingForecast> forecast = funding.forecast();
    Optional<BigDecimal> expected =
        funding.expectedSum().flatMap(sum -> trip.map(t -> bps(sum.subtract(t.cost()))));
    OptionalInt breakEven =
        forecast.isPresent() && trip.isPresent()
            ? forecast.get().hoursToEarn(trip.get().cost(), longestBreakEven())
            : OptionalInt.empty();
    TargetPosition.Edge edge =
        new TargetPosition.Edge(
            apr.map(value -> value.setScale(6, RoundingMode.HALF_EVEN)),
            running.map(value -> value.setScale(6, RoundingMode.HALF_EVEN)),
            expected,
            breakEven.isPresent() ? Optional.of(breakEven.getAsInt()) : Optional.empty(),
            market.midBasis().map(FundingCarryStrategy::bps));
    return decide(apr, edge, leavesForValue(trip));
  }

  private TargetPosition decide(
      Optional<BigDecimal> apr, TargetPosition.Edge edge, boolean leaveForValue) {
    if (apr.isEmpty()) {
      return keep(
          edge,
          Denial.named(
              EntryCheck.SIGNAL, "signal_missing", "none", settings.signalWindowHours() + " h"));
    }
    if (apr.get().compareTo(settings.exitThresholdApr()) <= 0) {
      return new TargetPosition(
          Stance.LEAVE_RATE, Usd.ZERO, false, edge, Optional.of(aprRefusal(apr.get())));
    }
    if (settings.evGate() && leaveForValue) {
      return new TargetPosition(Stance.LEAVE_VALUE, Usd.ZERO, false, edge, evRefusal(edge));
    }
    if (apr.get().compareTo(settings.enterThresholdApr()) < 0) {
      return keep(edge, aprRefusal(apr.get()));
    }
    Optional<Denial> byValue = settings.evGate() ? evRefusal(edge) : Optional.empty();
    return byValue
        .map(refusal -> keep(edge, refusal))
        .orElseGet(() ->
            new TargetPosition(
                Stance.ENTER, settings.targetUsdNotional(), true, edge, Optional.empty()));
  }

  private TargetPosition keep(TargetPosition.Edge edge, Denial refusal) {
    return new TargetPosition(
        Stance.KEEP, Usd.ZERO, worthFinishing(edge), edge, Optional.of(refusal));
  }

  private boolean worthFinishing(TargetPosition.Edge edge) {
    BigDecimal least = settings.enterThresholdApr().multiply(ENTRY_WITHDRAWN_BELOW);
    return edge.apr().isPresent() && edge.apr().get().compareTo(least) >= 0;
  }

  private Denial aprRefusal(BigDecimal apr) {
    return Denial.blocked(
        EntryCheck.APR,
        "apr",
        apr.setScale(6, RoundingMode.HALF_EVEN),
        settings.enterThresholdApr().toPlainString());
  }

  private Optional<Denial> evRefusal(TargetPosition.Edge edge) {
    if (edge.expectedValueBps().isEmpty()) {
      return Optional.of(
          Denial.blocked(EntryCheck.EXPECTED_VALUE, "ev_unknown", "none", settings.minEdgeBps()));
    }
    BigDecimal expected = edge.expectedValueBps().get();
    if (expected.compareTo(settings.minEdgeBps()) < 0) {
      return Optional.of(
          Denial.blocked(EntryCheck.EXPECTED_VALUE, "ev_bps", expected, settings.minEdgeBps()));
    }
    boolean inTime =
        edge.breakEvenHours().isPresent()
            && edge.breakEvenHours().get() <= settings.maxBreakEvenHours();
    return inTime
        ? Optional.empty()
        : Optional.of(
            Denial.blocked(
                EntryCheck.EXPECTED_VALUE,
                "break_even_h",
                edge.breakEvenHours().map(String::valueOf).orElse("none"),
                settings.maxBreakEvenHours()));
  }

  /** Staying is expected to cost more than leaving and coming back. */
  private boolean leavesForValue(Optional<RoundTripCost> trip) {
    return funding.expectedSum().isPresent()
        && trip.isPresent()
        && funding.expectedSum().get().compareTo(trip.get().fees().negate()) < 0;
  }

  /** Computed up to twice the limit, so that a denial shows by how much. */
  private int longestBreakEven() {
    return 2 * settings.maxBreakEvenHours();
  }

  private static BigDecimal bps(BigDecimal fraction) {
    return fraction.multiply(BPS).setScale(2, RoundingMode.HALF_EVEN);
  }
}
