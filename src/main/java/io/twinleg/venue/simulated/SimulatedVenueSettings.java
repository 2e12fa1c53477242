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
 * @param accountEvery how often the account is reported while it does not change
 */
public record SimulatedVenueSettings(
    VenueCapabilities capabilities,
    Duration iocAnswer,
    Duration otherAnswer,
    Duration bookAge,
    Duration fundingAge,
    Duration accountAge,
    Duration accountEvery) {
  public static final SimulatedVenueSettings STANDARD =
      new SimulatedVenueSettings(
          new VenueCapabilities(true, true, false, true, true, AccountMode.CLASSIC),
          TimeInForce.IOC_ANSWER,
          TimeInForce.OTHER_ANSWER,
          Duration.ofSeconds(3),
          Duration.ofSeconds(90),
          Duration.ofSeconds(5),
          Duration.ofMinutes(60));

  /** As Aster's first API: a host for each leg, no nonce to invalidate, two separate wallets. */
  public SimulatedVenueSettings withSeparateHosts() {
    return new SimulatedVenueSettings(
        new VenueCapabilities(false, false, false, false, true, AccountMode.CLASSIC),
        iocAnswer,
        otherAnswer,
        bookAge,
        fundingAge,
        accountAge,
        accountEvery);
  }

  public SimulatedVenueSettings withAges(Duration book, Duration funding) {
    return new SimulatedVenueSettings(
        capabilities, iocAnswer, otherAnswer, book, funding, accountAge, accountEvery);
  }

  Duration age(Feed feed) {
    return switch (feed) {
      case BOOK -> bookAge;
      case FUNDING -> fundingAge;
      case ACCOUNT -> accountAge;
    };
  }
}
