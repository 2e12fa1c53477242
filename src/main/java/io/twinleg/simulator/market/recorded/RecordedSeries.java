package io.twinleg.simulator.market.recorded;

import io.twinleg.core.model.Instrument;
import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordedFunding;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All that was recorded of one market. */
record RecordedSeries(
    Instrument spotLeg, Instrument perpLeg, Candles spot, Candles perp, RecordedFunding funding) {
  /** A launch is over when spot has stayed near the perp for so long. */
  private static final int CALM_HOURS = 72;

  private static final BigDecimal JUNK = new BigDecimal("0.05");
  private static final int MISSING_PERCENT_MAX = 5;
  private static final Duration HOUR = Duration.ofHours(1);

  static RecordedSeries read(HistoryArchive archive, RecordedWorld.Market market) {
    return new RecordedSeries(
        market.spot(),
        market.perp(),
        archive.spot(market.spotCoin()),
        archive.perp(market.perpCoin()),
        archive.funding(market.perpCoin()));
  }

  String name() {
    return perpLeg.id().market().name();
  }

  /** With the last hour that all three recordings know. */
  Instant end() {
    Instant candles = earlier(spot.end(), perp.end());
    return earlier(candles, funding.last());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The first hour that has all data, a full signal behind it, and the spot launch behind it. */
  Optional<Instant> firstStart(int signalHours) {
    Instant end = end();
    Instant hour = later(funding.first(), firstPrices());
    while (hour.isBefore(end)) {
      Optional<Instant> junk = nextJunk(hour);
      if (junk.isPresent()) {
        hour = junk.get().plus(HOUR);
      } else if (hasPrices(hour) && hasSignal(hour, signalHours)) {
        return Optional.of(hour);
      } else {
        hour = hour.plus(HOUR);
      }
    }
    return Optional.empty();
  }

  boolean hasPrices(Instant hour) {
    return spot.at(hour).isPresent() && perp.at(hour).isPresent();
  }

  Instant firstPrices() {
    return later(spot.first(), perp.first());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The record goes back that far, few of its hours are missing, and not the newest. */
  private boolean hasSignal(Instant hour, int hours) {
    return funding.at(hour).isPresent()
        && !funding.first().isAfter(hour.minus(HOUR.multipliedBy(hours - 1)))
        && funding.hoursKnown(hour, hours) * 100L >= hours * (100L - MISSING_PERCENT_MAX);
  }

  /** The last hour of the days that follow whose close was off the perp's by more than 5 %. */
  private Optional<Instant> nextJunk(Instant from) {
    for (int ahead = CALM_HOURS - 1; ahead >= 0; ahead--) {
      Instant hour = from.plus(HOUR.multipliedBy(ahead));
      if (isJunk(hour)) {
        return Optional.of(hour);
      }
    }
    return Optional.empty();
  }

  private boolean isJunk(Instant hour) {
    Optional<Candle> ofSpot = spot.at(hour);
    Optional<Candle> ofPerp = perp.at(hour);
    return ofSpot.isPresent()
        && ofPerp.isPresent()
        && isApart(ofSpot.get().close().value(), ofPerp.get().close().value());
  }

  private boolean isApart(BigDecimal spotPrice, BigDecimal perpPrice) {
    BigDecimal inUnits = spotPrice.multiply(perpLeg.unitMultiplier());
    BigDecimal apart = inUnits.subtract(perpPrice).abs();
    return apart.compareTo(perpPrice.multiply(JUNK)) > 0;
  }
}
