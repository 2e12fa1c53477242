package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What moves the exchange's books: every participant but the accounts. A world is a function of its
 * inputs (its seed, its recording) and of what it reads through the gateway, so the same orders at
 * the same times lead to the same history.
 */
public interface MarketModel {
  /** The assumptions behind this world's results, a sentence each. */
  List<String> assumptions();

  /** The instant at which the exchange opens. */
  Instant start();

  /**
   * Settled funding from before the start, oldest first, at most {@code hours}; a missing hour is
   * absent.
   */
  List<FundingHour> historyBeforeStart(InstrumentId perp, int hours);

  /** When it acts next; never before its last move. Empty when the world has ended. */
  Optional<Instant> nextMove();

  /** Acts, at the instant that {@link #nextMove} named. */
  void move(WorldGateway gateway);

  /**
   * The rate that settles at a full hour where the world prescribes it (a recording): empty lets
   * the exchange settle by its own formula. A recording's missing hour settles nothing at all.
   */
  Settlement settlement(InstrumentId perp, Instant hour);

  /**
   * What the venue shows as the rate that the current hour will settle at, where the world
   * prescribes it; empty lets the exchange show its own formula's. Called at the end of every turn.
   */
  default Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return Optional.empty();
  }

  /**
   * How the market is published: empty for each change by itself as a venue does; a record's
   * observations, so far apart, are published whole.
   */
  default Optional<Duration> observedEvery() {
    return Optional.empty();
  }

  /** How the rate of an hour is determined. */
  sealed interface Settlement {
    /** By the venue's formula over the hour's premium samples. */
    record ByFormula() implements Settlement {}

    record Prescribed(Rate rate) implements Settlement {}

    /** No payment and no rate: the hour is missing from the record. */
    record Missing() implements Settlement {}

    /**
     * Known some time after the hour ({@link Exchange#settle}) and paid then, on what was held at
     * the hour: a world that follows a live venue.
     */
    record Later() implements Settlement {}
  }
}
