package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Duration;

/**
 * What the simulated venue can do and how long it is waited for: specification 2.6 and 2.8.
 *
 * @param iocAnswer how long the answer to an IOC is awaited, {@code otherAnswer} to other orders
 * @param bookAge a feed that is silent for longer than its age is published as stale
 * @param fillsAfter an order waits for so many observations of a recorded market and takes what is
 *     quoted then, at whatever price; 0: it goes to the exchange at once, with its own price
 * @param accountEvery how often the account is reported while it does not change
 */
public record SimulatedVenueSettings(
    VenueCapabilities capabilities,
    Duration iocAnswer,
    Duration otherAnswer,
    Duration bookAge,
    Duration fundingAge,
    Duration accountAge,
    Duration accountEvery,
    int fillsAfter) {
  /** So long may the next observation be away: nothing is unknown because the record has a gap. */
  private static final int RECORD_SPEED = 1_000_000;

  public static final SimulatedVenueSettings STANDARD =
      new SimulatedVenueSettings(
          new VenueCapabilities(true, true, false, true, true, AccountMode.CLASSIC),
          TimeInForce.IOC_ANSWER,
          TimeInForce.OTHER_ANSWER,
          Duration.ofSeconds(3),
          Duration.ofSeconds(90),
          Duration.ofSeconds(5),
          Duration.ofMinutes(60),
          0);

  /** As Aster's first API: a host for each leg, no nonce to invalidate, two separate wallets. */
  public SimulatedVenueSettings withSeparateHosts() {
    return new SimulatedVenueSettings(
        new VenueCapabilities(false, false, false, false, true, AccountMode.CLASSIC),
        iocAnswer,
        otherAnswer,
        bookAge,
        fundingAge,
        accountAge,
        accountEvery,
        fillsAfter);
  }

  /**
   * For a record whose observations are far apart: what is decided on one of them is filled on a
   * later one.
   *
   * @param observations how many later; 0 fills on the one that it was decided on
   */
  public SimulatedVenueSettings fillingAfter(int observations) {
    Duration answer = Duration.ofDays(365);
    return new SimulatedVenueSettings(
        new VenueCapabilities(true, true, false, true, true, AccountMode.CLASSIC, RECORD_SPEED),
        answer,
        answer,
        bookAge,
        fundingAge,
        accountAge,
        Duration.ofDays(1),
        observations);
  }

  public SimulatedVenueSettings withAges(Duration book, Duration funding) {
    return new SimulatedVenueSettings(
        capabilities, iocAnswer, otherAnswer, book, funding, accountAge, accountEvery, fillsAfter);
  }

  Duration age(Feed feed) {
    return switch (feed) {
      case BOOK -> bookAge;
      case FUNDING -> fundingAge;
      case ACCOUNT -> accountAge;
    };
  }
}
