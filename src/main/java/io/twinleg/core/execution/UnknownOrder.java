package io.twinleg.core.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An order whose outcome is unknown, and how far the asking has come (specification 2.6). Not found
 * is never proof of anything but together with a burnt or an expired nonce; and of a nonce that the
 * venue had judged before, only where the venue looked after it had judged, and long enough after
 * that for a record to appear: what it found before that, it may have found before the order came.
 *
 * @param since when it became unknown, or was known to be judged
 * @param judged by the venue's clock, when the nonce was known to be judged
 * @param askedAt when the last question about it left
 * @param notFound how many questions that count found no record of it
 */
record UnknownOrder(
    Instant since, Stage stage, Optional<Instant> judged, Instant askedAt, int notFound) {
  /** An order may be invisible for so long after it was taken. */
  private static final Duration INVISIBLE = Duration.ofMillis(1200);

  enum Stage {
    /** Nothing asked yet. */
    NEW,
    /** The venue was asked for the order. */
    ASKED,
    /** Its nonce is being used up. */
    BURNING,
    /** The venue had judged the nonce before: there is a record, or it was refused without one. */
    JUDGED
  }

  static UnknownOrder begun(Instant now) {
    return new UnknownOrder(now, Stage.NEW, Optional.empty(), now, 0);
  }

  UnknownOrder at(Stage next, Instant now) {
    return new UnknownOrder(since, stage == Stage.JUDGED ? stage : next, judged, now, notFound);
  }

  /** What was not found until now proves nothing any more. */
  UnknownOrder judged(Instant venueTime, Instant now) {
    return stage == Stage.JUDGED
        ? this
        : new UnknownOrder(now, Stage.JUDGED, Optional.of(venueTime), now, 0);
  }

  UnknownOrder notFound(Instant venueTime) {
    boolean counts = judged.filter(when -> venueTime.isBefore(when.plus(INVISIBLE))).isEmpty();
    return counts ? new UnknownOrder(since, stage, judged, askedAt, notFound + 1) : this;
  }
}
