package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.TimeInForce;
import java.time.Duration;

/**
 * Timeouts of the simulated venue: specification 2.6 and 2.8.
 *
 * @param iocAnswer how long the answer to an IOC is awaited, {@code otherAnswer} to other orders
 * @param bookAge a feed that is silent for longer than its age is published as stale
 * @param accountEvery how often the account is reported while it does not change
 */
public record SimulatedVenueSettings(
    Duration iocAnswer,
    Duration otherAnswer,
    Duration bookAge,
    Duration fundingAge,
    Duration accountAge,
    Duration accountEvery) {
  public static final SimulatedVenueSettings STANDARD =
      new SimulatedVenueSettings(
          TimeInForce.IOC_ANSWER,
          TimeInForce.OTHER_ANSWER,
          Duration.ofSeconds(3),
          Duration.ofSeconds(90),
          Duration.ofSeconds(5),
          Duration.ofMinutes(60));

  public SimulatedVenueSettings withAges(Duration book, Duration funding) {
    return new SimulatedVenueSettings(
        iocAnswer, otherAnswer, book, funding, accountAge, accountEvery);
  }

  Duration age(Feed feed) {
    return switch (feed) {
      case BOOK -> bookAge;
      case FUNDING -> fundingAge;
      case ACCOUNT -> accountAge;
    };
  }
}
