package io.twinleg.history;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that was recorded of one market.
 *
 * @param spot candles in quote a coin, {@code perp} in quote a unit of the perp
 */
public record RecordedSeries(
    Instrument spotLeg, Instrument perpLeg, Candles spot, Candles perp, RecordedFunding funding) {
  /** A launch is over when spot has stayed near the perp for so long. */
  private static final int CALM_HOURS = 72;

  private static final BigDecimal JUNK = new BigDecimal("0.05");
  private static final int MISSING_PERCENT_MAX = 5;
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * @param spotCoin of the token that is the perp's asset: UBTC for BTC, HYPE for HYPE
   */
  public static RecordedSeries read(
      HistoryArchive archive,
      Instrument spotLeg,
      String spotCoin,
      Instrument perpLeg,
      String perpCoin) {
    return new RecordedSeries(
        spotLeg,
        perpLeg,
        archive.spot(spotCoin),
        archive.perp(perpCoin),
        archive.funding(perpCoin));
  }

  public String name() {
    return perpLeg.id().market().name();
  }

  /** With the last hour that all three recordings know. */
  public Instant end() {
    Instant candles = earlier(spot.end(), perp.end());
    return earlier(candles, funding.last());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The first hour that has all data, a full signal behind it, and the spot launch behind it. */
  public Optional<Instant> firstStart(int signalHours) {
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

  public boolean hasPrices(Instant hour) {
    return spot.at(hour).isPresent() && perp.at(hour).isPresent();
  }

  public Instant firstPrices() {
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

  /** The last hour of the days that follow of which a price was off the perp's by more than 5 %. */
  private Optional<Instant> nextJunk(Instant from) {
    for (int ahead = CALM_HOURS - 1; ahead >= 0; ahead--) {
      Instant hour = from.plus(HOUR.multipliedBy(ahead));
      if (isJunk(hour)) {
        return Optional.of(hour);
      }
    }
    return Optional.empty();
  }

  /** Whether a price of the hour is off the perp's by more than 5 %. */
  boolean isJunk(Instant hour) {
    return spot.at(hour)
        .flatMap(bought -> perp.at(hour).map(sold -> isJunk(bought, sold)))
        .orElse(false);
  }

  /** Any of the four: a day may open at 240,000 and close at the market. */
  private boolean isJunk(Candle bought, Candle sold) {
    return isApart(bought.open(), sold.open())
        || isApart(bought.high(), sold.high())
        || isApart(bought.low(), sold.low())
        || isApart(bought.close(), sold.close());
  }

  private boolean isApart(Price spotPrice, Price perpPrice) {
    BigDecimal inUnits = spotPrice.value().multiply(perpLeg.unitMultiplier());
    BigDecimal apart = inUnits.subtract(perpPrice.value()).abs();
    return apart.compareTo(perpPrice.value().multiply(JUNK)) > 0;
  }
}
