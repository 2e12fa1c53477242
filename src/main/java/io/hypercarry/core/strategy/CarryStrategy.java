package io.hypercarry.core.strategy;

import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Gate;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.Refusal;
import io.hypercarry.core.model.Target;
import io.hypercarry.core.model.Target.Stance;
import io.hypercarry.core.model.Usd;
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
public final class CarryStrategy {
  /** Of the entry threshold: an entry under way is given up only below this part of it. */
  private static final BigDecimal ENTRY_WITHDRAWN_BELOW = new BigDecimal("0.9");

  private static final BigDecimal BPS = new BigDecimal("10000");

  private final StrategySettings settings;
  private final Function<PairMarket, EntryStyle> style;
  private final Usd clip;
  private final FundingReading funding;
  private Seen seen = Seen.NOTHING;
  private Optional<Target> lastTarget = Optional.empty();

  /**
   * @param style how an entry would be made now: it may depend on the books
   */
  public CarryStrategy(
      StrategySettings settings, Function<PairMarket, EntryStyle> style, Usd clip) {
    this.settings = settings;
    this.style = style;
    this.clip = clip;
    this.funding = new FundingReading(settings.signalWindowHours(), settings.horizonHours());
  }

  /** Worked out anew when a book, a rate, the fees or the minute has changed. */
  public Target target(PairMarket market, FeeSchedule fees, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    if (lastTarget.isEmpty() || !seen.isStill(market, fees, minute)) {
      seen = new Seen(market.version(), market.funding().version(), fees, minute);
      lastTarget = Optional.of(fresh(market, fees, now));
    }
    return lastTarget.get();
  }

  /** What the last target was made of. */
  private record Seen(long market, long funding, FeeSchedule fees, Instant minute) {
    private static final FeeSchedule NO_FEES =
        new FeeSchedule(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    static final Seen NOTHING = new Seen(-1, -1, NO_FEES, Instant.MIN);

    boolean isStill(PairMarket view, FeeSchedule schedule, Instant thisMinute) {
      return market == view.version()
          && funding == view.funding().version()
          && minute.equals(thisMinute)
          && fees.equals(schedule);
    }
  }

  private Target fresh(PairMarket market, FeeSchedule fees, Instant now) {
    funding.refresh(market, now);
    Optional<BigDecimal> apr = funding.apr();
    Optional<BigDecimal> running = market.runningRate().map(Rate::apr);
    Optional<RoundTrip> trip = RoundTrip.of(market, fees, style.apply(market), clip);
    Optional<FundingForecast> forecast = funding.forecast();
    Optional<BigDecimal> expected =
        funding.expectedSum().flatMap(sum -> trip.map(t -> bps(sum.subtract(t.cost()))));
    OptionalInt breakEven =
        forecast.isPresent() && trip.isPresent()
            ? forecast.get().hoursToEarn(trip.get().cost(), longestBreakEven())
            : OptionalInt.empty();
    Target.Edge edge =
        new Target.Edge(
            apr.map(value -> value.setScale(6, RoundingMode.HALF_EVEN)),
            running.map(value -> value.setScale(6, RoundingMode.HALF_EVEN)),
            expected,
            breakEven.isPresent() ? Optional.of(breakEven.getAsInt()) : Optional.empty(),
            market.midBasis().map(CarryStrategy::bps));
    return decide(apr, edge, leavesForValue(trip));
  }

  private Target decide(Optional<BigDecimal> apr, Target.Edge edge, boolean leaveForValue) {
    if (apr.isEmpty()) {
      return keep(
          edge,
          Refusal.named(
              Gate.SIGNAL, "signal_missing", "none", settings.signalWindowHours() + " h"));
    }
    if (apr.get().compareTo(settings.exitThresholdApr()) <= 0) {
      return new Target(
          Stance.LEAVE_RATE, Usd.ZERO, false, edge, Optional.of(aprRefusal(apr.get())));
    }
    if (settings.evGate() && leaveForValue) {
      return new Target(Stance.LEAVE_VALUE, Usd.ZERO, false, edge, evRefusal(edge));
    }
    if (apr.get().compareTo(settings.enterThresholdApr()) < 0) {
      return keep(edge, aprRefusal(apr.get()));
    }
    Optional<Refusal> byValue = settings.evGate() ? evRefusal(edge) : Optional.empty();
    return byValue
        .map(refusal -> keep(edge, refusal))
        .orElseGet(() ->
            new Target(Stance.ENTER, settings.targetUsdNotional(), true, edge, Optional.empty()));
  }

  private Target keep(Target.Edge edge, Refusal refusal) {
    return new Target(Stance.KEEP, Usd.ZERO, worthFinishing(edge), edge, Optional.of(refusal));
  }

  private boolean worthFinishing(Target.Edge edge) {
    BigDecimal least = settings.enterThresholdApr().multiply(ENTRY_WITHDRAWN_BELOW);
    return edge.apr().isPresent() && edge.apr().get().compareTo(least) >= 0;
  }

  private Refusal aprRefusal(BigDecimal apr) {
    return Refusal.blocked(
        Gate.APR,
        "apr",
        apr.setScale(6, RoundingMode.HALF_EVEN),
        settings.enterThresholdApr().toPlainString());
  }

  private Optional<Refusal> evRefusal(Target.Edge edge) {
    if (edge.expectedValueBps().isEmpty()) {
      return Optional.of(
          Refusal.blocked(Gate.EXPECTED_VALUE, "ev_unknown", "none", settings.minEdgeBps()));
    }
    BigDecimal expected = edge.expectedValueBps().get();
    if (expected.compareTo(settings.minEdgeBps()) < 0) {
      return Optional.of(
          Refusal.blocked(Gate.EXPECTED_VALUE, "ev_bps", expected, settings.minEdgeBps()));
    }
    boolean inTime =
        edge.breakEvenHours().isPresent()
            && edge.breakEvenHours().get() <= settings.maxBreakEvenHours();
    return inTime
        ? Optional.empty()
        : Optional.of(
            Refusal.blocked(
                Gate.EXPECTED_VALUE,
                "break_even_h",
                edge.breakEvenHours().map(String::valueOf).orElse("none"),
                settings.maxBreakEvenHours()));
  }

  /** Staying is expected to cost more than leaving and coming back. */
  private boolean leavesForValue(Optional<RoundTrip> trip) {
    return funding.expectedSum().isPresent()
        && trip.isPresent()
        && funding.expectedSum().get().compareTo(trip.get().fees().negate()) < 0;
  }

  /** Told up to twice the limit, so that a refusal says by how much. */
  private int longestBreakEven() {
    return 2 * settings.maxBreakEvenHours();
  }

  private static BigDecimal bps(BigDecimal fraction) {
    return fraction.multiply(BPS).setScale(2, RoundingMode.HALF_EVEN);
  }
}
