package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.request.Signing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * @param signing empty for public data only
 * @param timeSync how often the venue's clock is requested
 * @param spotGrid and {@code perpGrid}: tick and step by the configuration, which override the
 *     venue's
 */
public record AsterSettings(
    Optional<Signing> signing,
    String futuresUrl,
    String spotUrl,
    Duration timeSync,
    Duration maxBookAge,
    Duration maxFundingAge,
    Grid spotGrid,
    Grid perpGrid) {

  /** An empty value leaves it to the venue. */
  public record Grid(Optional<BigDecimal> tick, Optional<BigDecimal> step) {
    public static final Grid OF_THE_VENUE = new Grid(Optional.empty(), Optional.empty());
  }

  public static AsterSettings of(Optional<Signing> signing, String futuresUrl, String spotUrl) {
    return new AsterSettings(
        signing,
        futuresUrl,
        spotUrl,
        Duration.ofMinutes(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(90),
        Grid.OF_THE_VENUE,
        Grid.OF_THE_VENUE);
  }

  public AsterSettings withAges(Duration book, Duration funding) {
    return new AsterSettings(
        signing, futuresUrl, spotUrl, timeSync, book, funding, spotGrid, perpGrid);
  }

  public AsterSettings withTimeSync(Duration every) {
    return new AsterSettings(
        signing, futuresUrl, spotUrl, every, maxBookAge, maxFundingAge, spotGrid, perpGrid);
  }

  public AsterSettings withGrids(Grid ofSpot, Grid ofPerp) {
    return new AsterSettings(
        signing, futuresUrl, spotUrl, timeSync, maxBookAge, maxFundingAge, ofSpot, ofPerp);
  }

  String url(Leg leg) {
    return leg == Leg.SPOT ? spotUrl : futuresUrl;
  }

  Grid grid(Leg leg) {
    return leg == Leg.SPOT ? spotGrid : perpGrid;
  }
}
