package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Fixture F0 with fast flow: a spot bid is hit in parts within a second, quotes move by a few
 * ticks, and the funding is rich for half a minute and poor for the next. A carry there enters and
 * leaves again and again; it is made to be killed in the middle of it.
 */
public final class ActiveWorld implements MarketModel {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final long SEASON_MS = 15_000;
  private static final Rate RICH = Rate.hourly("0.00003");
  private static final Rate POOR = Rate.hourly("0.000001");
  private static final int HOURS_BEFORE = 48;

  private final Instrument spot;
  private final Instrument perp;
  private final Instant start;
  private final SplittableRandom random;
  private Instant next;
  private int steps;

  public ActiveWorld(Instant start, long seed) {
    this(FixtureF0.SPOT, FixtureF0.PERP, start, seed);
  }

  /** The same flow and prices in another market. */
  public ActiveWorld(Instrument spot, Instrument perp, Instant start, long seed) {
    this.spot = spot;
    this.perp = perp;
    this.start = start;
    random = new SplittableRandom(seed);
    next = start;
  }

  @Override
  public List<String> assumptions() {
    return List.of();
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    List<FundingHour> all = new ArrayList<>();
    Instant newest = Instant.ofEpochSecond(start.getEpochSecond() / 3600 * 3600);
    for (int back = Math.min(hours, HOURS_BEFORE) - 1; back >= 0; back--) {
      all.add(new FundingHour(newest.minus(Duration.ofHours(back)), RICH));
    }
    return all;
  }

  @Override
  public Optional<Instant> nextMove() {
    return Optional.of(next);
  }

  @Override
  public void move(WorldGateway gateway) {
    if (steps % 8 == 0) {
      quote(gateway, new BigDecimal("0.001").multiply(BigDecimal.valueOf(random.nextInt(3))));
    }
    if (random.nextInt(3) > 0) {
      hitWhoWaits(gateway);
    }
    steps++;
    next = next.plus(STEP);
  }

  private void quote(WorldGateway gateway, BigDecimal up) {
    gateway.oracle(perp, Price.of(FixtureF0.ORACLE));
    gateway.quote(spot, FixtureF0.book(at("40.000", up), at("40.010", up)));
    gateway.quote(perp, FixtureF0.book(at("40.020", up), at("40.030", up)));
  }

  private static String at(String price, BigDecimal up) {
    return new BigDecimal(price).add(up).toPlainString();
  }

  /** From a crumb, which is no hedge's worth, to more than a clip. */
  private void hitWhoWaits(WorldGateway gateway) {
    gateway.accountQuotes(spot).bids().stream()
        .findFirst()
        .ifPresent(bid -> {
          Quantity bite = Quantity.of(BigDecimal.valueOf(random.nextInt(5, 90), 2).toPlainString());
          gateway.trade(spot, Side.SELL, bid.price(), bite);
        });
  }

  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    long season = Duration.between(start, now).toMillis() / SEASON_MS;
    return Optional.of(season % 2 == 0 ? RICH : POOR);
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return new Settlement.Prescribed(RICH);
  }
}
