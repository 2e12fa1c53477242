package io.twinleg.core.execution.orders;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order whose outcome is unknown, and how far its resolution has come (specification 2.6). That
 * the venue finds no record of it proves nothing by itself: only with an invalidated or expired
 * nonce; and of a nonce that the venue had judged before, only where the venue looked after it had
 * judged, and long enough after that for a record to appear.
 *
 * @param since when it became unknown, or was known to be judged
 * @param judgedAt by the venue's clock, when the nonce was known to be judged
 * @param queriedAt when the last query about it left
 * @param notFound how many queries that count found no record of it
 */
public record UnknownOrder(
    Instant since, Stage stage, @Nullable Instant judgedAt, Instant queriedAt, int notFound) {
  /** An order may be invisible for so long after it was taken. */
  private static final Duration INVISIBLE = Duration.ofMillis(1200);

  private static final Duration QUERY_AGAIN = Duration.ofSeconds(1);
  private static final Duration INVALIDATION_ANSWER = Duration.ofSeconds(3);
  private static final Duration JUDGED_AGAIN = Duration.ofMillis(500);

  /** How long a record of a judged nonce may take to appear. */
  private static final Duration RECORD_APPEARS = Duration.ofSeconds(2);

  /** Longest life of what was sent, and the venue's clock, after which it can no longer land. */
  private static final Duration EXPIRED = Duration.ofSeconds(7);

  public enum Stage {
    /** No query was sent yet. */
    NEW,
    /** The venue was asked for the order. */
    QUERIED,
    /** Its nonce is being used up. */
    INVALIDATING,
    /** The venue had judged the nonce before: there is a record, or it was refused without one. */
    JUDGED
  }

  public static UnknownOrder since(Instant now) {
    return new UnknownOrder(now, Stage.NEW, null, now, 0);
  }

  public UnknownOrder at(Stage next, Instant now) {
    Stage reached = stage == Stage.JUDGED ? stage : next;
    return new UnknownOrder(since, reached, judgedAt, now, notFound);
  }

  /** What was not found until now proves nothing any more. */
  public UnknownOrder judged(Instant venueTime, Instant now) {
    return stage == Stage.JUDGED ? this : new UnknownOrder(now, Stage.JUDGED, venueTime, now, 0);
  }

  public UnknownOrder notFound(Instant venueTime) {
    boolean tooEarly = judgedAt != null && venueTime.isBefore(judgedAt.plus(INVISIBLE));
    return tooEarly ? this : new UnknownOrder(since, stage, judgedAt, queriedAt, notFound + 1);
  }

  /** What to send next, or when to look again; one of the two at most. */
  public record NextQuery(@Nullable Command command, @Nullable Instant at) {
    private static NextQuery send(Command command) {
      return new NextQuery(command, null);
    }
  }

  public static NextQuery nextQuery(WorkingOrder order, VenueCapabilities venue, Instant now) {
    return order
        .unknown()
        .map(unknown -> unknown.query(order, venue, now))
        .orElse(new NextQuery(null, null));
  }

  private NextQuery query(WorkingOrder order, VenueCapabilities venue, Instant now) {
    return switch (stage) {
      case NEW -> query(order);
      case QUERIED ->
          notFound > 0 && venue.invalidateNonce()
              ? NextQuery.send(new Command.InvalidateNonce(order.id()))
              : queryAfter(QUERY_AGAIN, order, venue, now);
      case INVALIDATING -> queryAfter(INVALIDATION_ANSWER, order, venue, now);
      case JUDGED -> queryAfter(JUDGED_AGAIN, order, venue, now);
    };
  }

  private NextQuery queryAfter(
      Duration wait, WorkingOrder order, VenueCapabilities venue, Instant now) {
    Instant due = queriedAt.plus(venue.onTheWire(wait));
    return now.isBefore(due) ? new NextQuery(null, due) : query(order);
  }

  private static NextQuery query(WorkingOrder order) {
    return NextQuery.send(new Command.QueryOrder(order.id(), order.instrument()));
  }

  /**
   * When time alone may prove how the order ended: with the record of a judged nonce that should
   * have appeared, or with the expiry of what was sent. Empty where only an answer can.
   */
  public Optional<Instant> provenAt(WorkingOrder order, VenueCapabilities venue) {
    if (stage == Stage.JUDGED) {
      return Optional.of(since.plus(venue.onTheWire(RECORD_APPEARS)));
    }
    return venue.invalidateNonce()
        ? Optional.empty()
        : Optional.of(order.sentAt().plus(venue.onTheWire(EXPIRED)));
  }

  /** How the order ended, once {@link #provenAt} has come; empty while it is not proven. */
  public Optional<String> verdict(WorkingOrder order) {
    boolean untouched = order.filled().isZero();
    if (stage == Stage.JUDGED) {
      return notFound > 0 && untouched ? Optional.of("refused") : Optional.empty();
    }
    return notFound > 1 && untouched ? Optional.of("never_landed") : Optional.empty();
  }
}
