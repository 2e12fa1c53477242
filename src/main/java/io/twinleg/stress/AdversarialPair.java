package io.twinleg.stress;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The two books of one market under faults: a sparse random walk in quiet times, and what the
 * scheduled faults do to it. A resting order is filled within seconds, in parts, and mostly when
 * the price is about to move away; in one case of three the other book is empty when it is hedged.
 */
final class AdversarialPair {
  private static final long BPS = 100_000L;
  private static final long ONE = 1_000_000_000L;

  private final long seed;
  private final Instant start;
  private final AdversarialBook spot;
  private final AdversarialBook perp;
  private final AdversarialTakers takers;
  private final AdversarialFunding funding;
  private final List<InjectedFault> faults;
  private final SeededRandom walk;
  private final long unitMultiplier;
  private long oracleE8;
  private final long basisE9;
  private Instant nextStep;
  private Instant nextFault;

  AdversarialPair(
      long seed,
      Instrument spot,
      Instrument perp,
      Price price,
      Instant start,
      FaultSchedule schedule) {
    String name = perp.id().market().name();
    this.seed = seed;
    this.start = start;
    this.spot = new AdversarialBook(spot, SeededRandom.of(seed, name + " hostile spot"));
    this.perp = new AdversarialBook(perp, SeededRandom.of(seed, name + " hostile perp"));
    takers =
        new AdversarialTakers(
            this.spot,
            this.perp,
            SeededRandom.of(seed, name + " hostile takers"),
            schedule.of(FaultKind.SPOOF));
    funding = new AdversarialFunding(seed, name, schedule.of(FaultKind.FUNDING));
    faults = schedule.faults();
    walk = SeededRandom.of(seed, name + " hostile walk");
    unitMultiplier = perp.unitMultiplier().longValueExact();
    oracleE8 = price.e8();
    basisE9 = walk.between(6 * BPS, 14 * BPS);
    nextStep = start;
    nextFault = start;
  }

  Instant nextMove() {
    Instant next = nextStep.isBefore(nextFault) ? nextStep : nextFault;
    return takers.nextCheck().isBefore(next) ? takers.nextCheck() : next;
  }

  void move(WorldGateway gateway) {
    Instant now = gateway.now();
    if (!now.isBefore(nextFault)) {
      nextFault = edgeAfter(now);
      jump(now);
    }
    boolean steps = !now.isBefore(nextStep);
    if (steps) {
      step(now);
    }
    takers.returnWhenDue(now);
    show(gateway, now);
    takers.trade(gateway, now);
    long shock = takers.takeShock();
    if (shock != 0) {
      oracleE8 += AdversarialBook.share(oracleE8, shock);
      show(gateway, now);
    }
  }

  private void step(Instant now) {
    oracleE8 += AdversarialBook.share(oracleE8, walk.bell(8 * BPS));
    spot.reshape(oracleE8 / unitMultiplier);
    perp.reshape(oracleE8);
    boolean busy = takers.isBusy(now) || squeeze(now) > 0;
    nextStep = now.plusMillis(busy ? walk.between(2_000, 15_000) : walk.between(60_000, 180_000));
  }

  /** When the next fault of a market begins or ends. */
  private Instant edgeAfter(Instant now) {
    Instant edge = Instant.MAX;
    for (InjectedFault each : faults) {
      if (each.kind().isOfTheMarket()) {
        edge = earlierAfter(now, edge, each.at());
        edge = earlierAfter(now, edge, each.end());
      }
    }
    return edge;
  }

  private static Instant earlierAfter(Instant now, Instant one, Instant other) {
    return other.isAfter(now) && other.isBefore(one) ? other : one;
  }

  private void jump(Instant now) {
    for (InjectedFault each : faults) {
      if (each.kind() == FaultKind.GAP && each.at().equals(now)) {
        SeededRandom random = each.random(seed);
        long by = random.between(50 * BPS, random.oneIn(5) ? 1_500 * BPS : 300 * BPS);
        oracleE8 += AdversarialBook.share(oracleE8, random.oneIn(2) ? by : -by);
        nextStep = now;
      }
    }
  }

  private void show(WorldGateway gateway, Instant now) {
    long squeezedE8 = oracleE8 + AdversarialBook.share(oracleE8, squeeze(now));
    gateway.oracle(perp.instrument(), legal(squeezedE8));
    long spotShift = 0;
    long perpShift = basisE9;
    boolean thin = false;
    boolean[] gone = new boolean[4];
    for (InjectedFault each : faults) {
      if (each.isOn(now)) {
        switch (each.kind()) {
          case WICK -> {
            SeededRandom random = each.random(seed);
            long by = random.between(-2_000, 2_000) * BPS;
            spotShift += random.oneIn(2) ? by : 0;
            perpShift += random.oneIn(2) ? by : 0;
          }
          case BASIS -> perpShift += each.random(seed).between(-150, 150) * BPS;
          case THIN -> thin = true;
          case VANISH -> vanish(each.random(seed), gone);
          default -> {
            // not a fault of the books
          }
        }
      }
    }
    boolean retreat = takers.isAway();
    show(gateway, spot, squeezedE8 / unitMultiplier, spotShift, thin, gone[0] || retreat, gone[1]);
    show(gateway, perp, squeezedE8, perpShift, thin, gone[2] || retreat, gone[3]);
  }

  private static void vanish(SeededRandom random, boolean[] gone) {
    int which = random.below(15) + 1;
    for (int i = 0; i < gone.length; i++) {
      gone[i] |= (which >> i & 1) == 1;
    }
  }

  private void show(
      WorldGateway gateway,
      AdversarialBook book,
      long aroundE8,
      long shiftE9,
      boolean thin,
      boolean bids,
      boolean asks) {
    book.around(Math.max(1_000, aroundE8 + AdversarialBook.share(aroundE8, shiftE9)));
    book.thin(thin);
    book.gone(bids, asks);
    book.show(gateway);
  }

  private Price legal(long e8) {
    Price near = new Price(Math.max(1, e8));
    return perp.instrument().prices().round(Side.BUY, near);
  }

  /**
   * How far the price has climbed above its walk: up for most of the time, then most of it back.
   */
  private long squeeze(Instant now) {
    long sum = 0;
    for (InjectedFault each : faults) {
      if (each.kind() == FaultKind.SQUEEZE && each.isOn(now)) {
        long height = each.random(seed).between(2_000, 11_000) * BPS;
        long done = Duration.between(each.at(), now).toMillis() * ONE / each.duration().toMillis();
        long up = Math.min(ONE, done * 3 / 2);
        sum += AdversarialBook.share(height, up);
      }
    }
    return sum;
  }

  // ---- funding

  AdversarialFunding funding() {
    return funding;
  }

  InstrumentId perpId() {
    return perp.instrument().id();
  }

  List<FundingHour> history(int hours) {
    Instant newest = start.truncatedTo(ChronoUnit.HOURS);
    List<FundingHour> settled = new ArrayList<>(hours);
    for (int ago = hours - 1; ago >= 0; ago--) {
      settled.add(new FundingHour(newest.minus(Duration.ofHours(ago)), funding.before(ago)));
    }
    return settled;
  }

  static Rate rate(long e9) {
    return Rate.hourly(BigDecimal.valueOf(e9, 9));
  }

  /**
   * The funding rate of one perp: high in quiet times, and while a fault turns it so low that the
   * mean of a week is low too; the next fault turns it back by as much.
   */
  static final class AdversarialFunding {
    private final long seed;
    private final String market;
    private final List<InjectedFault> turns;
    private final long quietE9;

    AdversarialFunding(long seed, String market, List<InjectedFault> turns) {
      this.seed = seed;
      this.market = market;
      this.turns = turns;
      quietE9 = SeededRandom.of(seed, market + " funding").between(30_000, 90_000);
    }

    Rate at(Instant now) {
      long e9 = quietE9 + noise(now.getEpochSecond() / 3600);
      for (int i = 0; i < turns.size(); i++) {
        if (turns.get(i).isOn(now)) {
          return AdversarialPair.rate(i % 2 == 0 ? -turn(i) : turn(i));
        }
      }
      return AdversarialPair.rate(e9);
    }

    private long turn(int index) {
      return turns.get(index - index % 2).random(seed).between(8_000_000, 20_000_000);
    }

    Rate before(int hoursAgo) {
      return AdversarialPair.rate(quietE9 + noise(-hoursAgo));
    }

    private long noise(long hour) {
      return SeededRandom.of(seed, market + " rates", hour).bell(10_000);
    }

    /** What an hour settles at is what was shown just before it ended. */
    Rate settled(Instant hour) {
      return at(hour.minus(Duration.ofMillis(1)));
    }
  }
}
