package io.hypercarry.core.execution;

import java.time.Instant;

/**
 * An order whose outcome is unknown, and how far the asking has come (semantics 2.6). Not found is
 * never proof of anything but together with a burnt or an expired nonce.
 *
 * @param since when it became unknown
 * @param askedAt when the last question about it left
 * @param notFound how many questions found no record of it
 */
record Doubt(Instant since, Stage stage, Instant askedAt, int notFound) {
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

  static Doubt begun(Instant now) {
    return new Doubt(now, Stage.NEW, now, 0);
  }

  Doubt at(Stage next, Instant now) {
    return new Doubt(
        next == Stage.JUDGED && stage != Stage.JUDGED ? now : since, next, now, notFound);
  }

  Doubt notFoundAgain() {
    return new Doubt(since, stage, askedAt, notFound + 1);
  }
}
