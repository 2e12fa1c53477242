package io.twinleg.simulator;

/**
 * How takers treat accounts that wait at the top of a book. Times in ms.
 *
 * @param firstMsMin from seeing an order to the first bite
 * @param restMsMin from one bite to the next
 * @param sluggishOneIn in so many orders, nobody cares for {@code sluggishMs} more
 * @param sweepOneIn in so many bites, one takes the market along: see {@link TakerModels}
 * @param staged whether the first bite is a sweep and the first whole one after it is not
 * @param idleMsMin looks at the street while nobody is known to wait; 0: only with the path's steps
 */
record TakerProfile(
    long firstMsMin,
    long firstMsMax,
    long restMsMin,
    long restMsMax,
    int sluggishOneIn,
    long sluggishMs,
    int sweepOneIn,
    boolean staged,
    long idleMsMin,
    long idleMsMax) {

  /** A newcomer's two weeks show a half-filled leg and its repair, whatever the seed. */
  static final TakerProfile SYNTHETIC =
      new TakerProfile(300, 3_000, 2_000, 8_000, 8, 25_000, 3, true, 0, 0);

  /** Slower, and nothing staged: the record moves every two minutes, the eyes oftener. */
  static final TakerProfile RECORDED =
      new TakerProfile(2_000, 15_000, 4_000, 20_000, 6, 30_000, 6, false, 20_000, 40_000);
}
