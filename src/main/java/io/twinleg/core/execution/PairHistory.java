package io.twinleg.core.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pair remembers from state to state.
 *
 * @param lastEntry when the last entry was completed, {@code lastExit} the last exit: cooldowns run
 *     from these
 * @param lastEntryOrder when the last entry order was sent
 * @param nextRound no entry round before this
 * @param backoff how long the pause after the next fruitless round is
 * @param block why entries are blocked, and until when
 * @param unhedgedSince since when the market is un-hedged without a break
 * @param leaveSince since when leaving is wanted without a break
 * @param tooClose post-only quotes rejected in a row
 * @param round what the entry round under way has filled
 */
record PairHistory(
    Optional<Instant> lastEntry,
    Optional<Instant> lastExit,
    Optional<Instant> lastEntryOrder,
    Instant nextRound,
    Duration backoff,
    Optional<Block> block,
    Optional<Instant> unhedgedSince,
    Optional<Instant> leaveSince,
    int tooClose,
    RoundFills round) {

  /** Entries are blocked after a reject that time may cure. */
  record Block(String reason, Instant until) {}

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

  static final PairHistory NONE =
      new PairHistory(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          FIRST_BACKOFF,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          RoundFills.EMPTY);

  /** The last round filled something: the pause that follows is the first and short one. */
  boolean isAfterFruitfulRound() {
    return backoff.equals(FIRST_BACKOFF);
  }

  /** A round ended with a position: what is missing of it may follow after the first pause. */
  PairHistory entered(Instant now) {
    return new PairHistory(
        Optional.of(now),
        lastExit,
        lastEntryOrder,
        now.plus(FIRST_BACKOFF),
        FIRST_BACKOFF,
        block,
        unhedgedSince,
        leaveSince,
        0,
        RoundFills.EMPTY);
  }

  PairHistory exited(Instant now) {
    return new PairHistory(
        lastEntry,
        Optional.of(now),
        lastEntryOrder,
        now,
        FIRST_BACKOFF,
        block,
        unhedgedSince,
        Optional.empty(),
        0,
        RoundFills.EMPTY);
  }

  PairHistory entryOrderSent(Instant now) {
    return new PairHistory(
        lastEntry,
        lastExit,
        Optional.of(now),
        nextRound,
        backoff,
        block,
        unhedgedSince,
        leaveSince,
        tooClose,
        round);
  }

  /** A round ended with nothing filled: the pause doubles, up to ten minutes. */
  PairHistory fruitless(Instant now) {
    Duration doubled = backoff.multipliedBy(2);
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        now.plus(backoff),
        doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled,
        block,
        unhedgedSince,
        leaveSince,
        0,
        RoundFills.EMPTY);
  }

  /** A round ended with something filled: the next one may follow after the first pause. */
  PairHistory fruitful(Instant now) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        now.plus(FIRST_BACKOFF),
        FIRST_BACKOFF,
        block,
        unhedgedSince,
        leaveSince,
        0,
        RoundFills.EMPTY);
  }

  PairHistory blocked(String reason, Instant until) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        nextRound,
        backoff,
        Optional.of(new Block(reason, until)),
        unhedgedSince,
        leaveSince,
        tooClose,
        round);
  }

  PairHistory unhedged(Optional<Instant> since) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        nextRound,
        backoff,
        block,
        since,
        leaveSince,
        tooClose,
        round);
  }

  PairHistory leaving(Optional<Instant> since) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        nextRound,
        backoff,
        block,
        unhedgedSince,
        since,
        tooClose,
        round);
  }

  PairHistory quotedTooClose(int times) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        nextRound,
        backoff,
        block,
        unhedgedSince,
        leaveSince,
        times,
        round);
  }

  PairHistory tallied(RoundFills tally) {
    return new PairHistory(
        lastEntry,
        lastExit,
        lastEntryOrder,
        nextRound,
        backoff,
        block,
        unhedgedSince,
        leaveSince,
        tooClose,
        tally);
  }
}
