package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same rough quarter of an hour in every leg mode: books that wander, thin out and are swept,
 * orders rejected, late or lost, and a rate that comes and goes. After every event and before every
 * order {@link InvariantRecorder} holds it against the safety invariants and the exchange's books.
 */
@Execution(ExecutionMode.CONCURRENT)
class LegModesTest {
  private static final int SEEDS = 3;
  private static final int MOVES = 600;

  @ParameterizedTest
  @EnumSource(LegMode.class)
  void keepsTheSafetyInvariantsAndItsLedgerReconciles(LegMode mode) {
    int entered = 0;
    int left = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Trader trader = trade(mode, seed);
      entered += trader.events("entered_position").size();
      left += trader.events("exit_completed").size();
    }
    assertThat(entered).as("entries in %s", mode).isGreaterThan(SEEDS);
    assertThat(left).as("exits in %s", mode).isPositive();
  }

  private static Trader trade(LegMode mode, int seed) {
    MarketScript script = new MarketScript(new SplittableRandom(seed));
    Trader trader =
        Trader.startOn(
            script.fixture,
            "execution.leg_mode=" + mode.name().toLowerCase(Locale.ROOT),
            "execution.max_clip_usd=100",
            "execution.enter_exit_cooldown_s=10",
            "execution.max_replaces_per_min=200");
    try {
      for (int move = 0; move < MOVES; move++) {
        script.move();
        trader.advanceMillis(script.random.nextInt(200, 2500));
      }
      script.calm();
      trader.advance(Duration.ofMinutes(2));
      assertThat(trader.state()).isIn("FLAT", "HEDGED", "ENTERING");
      assertThat(apart(trader)).isLessThan(new BigDecimal("10.5"));
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "%s, seed %d: %s%n%s".formatted(mode, seed, broken.getMessage(), end(trader)), broken);
    }
    return trader;
  }

  private static BigDecimal apart(Trader trader) {
    Quantity gap = trader.books().ownedSpot().minus(trader.books().shortPerp());
    return gap.value().abs().multiply(new BigDecimal("40"));
  }

  private static String end(Trader trader) {
    String log = trader.log();
    return log.substring(Math.max(0, log.length() - 4000));
  }

  /** What happens to the market and to our messages, drawn from a seed. */
  private static final class MarketScript {
    private final MarketFixture fixture = MarketFixture.f0();
    private final SplittableRandom random;
    private int spotTicks = 40_000;
    private int basisTicks = 20;

    MarketScript(SplittableRandom random) {
      this.random = random;
    }

    void move() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> wander();
        case 3, 4 -> sweep(SPOT, Side.SELL);
        case 5, 6 -> sweep(PERP, Side.BUY);
        case 7 -> sweep(SPOT, Side.BUY);
        case 8 -> sweep(PERP, Side.SELL);
        case 9 -> reject();
        case 10 -> disturb();
        default -> fixture.funding(random.nextInt(3) == 0 ? "0.000001" : "0.00003");
      }
    }

    void calm() {
      fixture.funding("0.00003");
      fixture.quotes(SPOT, book(spotTicks, 500)).quotes(PERP, book(spotTicks + basisTicks, 500));
    }

    private void wander() {
      spotTicks += random.nextInt(-20, 21);
      basisTicks = random.nextInt(-5, 40);
      fixture
          .quotes(SPOT, book(spotTicks, random.nextInt(3, 40)))
          .quotes(PERP, book(spotTicks + basisTicks, random.nextInt(3, 40)));
    }

    private static BookSnapshot book(int bidTicks, int size) {
      return new BookSnapshot(side(bidTicks, -10, size), side(bidTicks + 10, 10, size));
    }

    private static List<PriceLevel> side(int best, int step, int size) {
      List<PriceLevel> levels = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long ticks = best + (long) i * step;
        levels.add(
            new PriceLevel(
                Price.of(BigDecimal.valueOf(ticks, 3)), new Quantity(BigDecimal.valueOf(size))));
      }
      return levels;
    }

    /** A taker hits a little of the touch, our order first where it is the best. */
    private void sweep(Instrument instrument, Side side) {
      BigDecimal hundredths = BigDecimal.valueOf(random.nextInt(5, 400), 2);
      String limit = side == Side.BUY ? "60.000" : "30.000";
      fixture.takerTrades(instrument, side, limit, hundredths.toPlainString());
    }

    private void reject() {
      Leg leg = random.nextBoolean() ? Leg.SPOT : Leg.PERP;
      RejectReason reason =
          random.nextInt(3) > 0 ? RejectReason.IOC_CANCEL : RejectReason.OPEN_INTEREST_CAP;
      if (random.nextInt(4) == 0) {
        fixture.rejectsNext(leg, reason, "as drawn");
      }
    }

    private void disturb() {
      var instrument = random.nextBoolean() ? SPOT.id() : PERP.id();
      switch (random.nextInt(8)) {
        case 0 -> fixture.faults().loseNextOrder(instrument);
        case 1 -> fixture.faults().loseNextAnswer(instrument);
        case 2 -> fixture.faults().delayNextOrder(instrument, Duration.ofMillis(700));
        case 3 -> fixture.faults().delayNextAnswer(instrument, Duration.ofMillis(900));
        default -> {
          // a quiet moment
        }
      }
    }
  }
}
