package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What moves the exchange's books: everybody but our account. A world is a function of what made it
 * (its seed, its recording) and of what it sees on the street, so the same orders at the same times
 * live through the same history.
 */
public interface MarketModel {
  /** What this world takes for granted, a sentence each, for whoever reads its results. */
  List<String> assumptions();

  /** The instant at which the exchange opens. */
  Instant start();

  /**
   * Settled funding from before the start, oldest first, at most {@code hours}; a missing hour is
   * absent.
   */
  List<FundingHour> historyBeforeStart(InstrumentId perp, int hours);

  /** When it acts next; never before its last move. Empty when the world has come to its end. */
  Optional<Instant> nextMove();

  /** Acts, at the instant that {@link #nextMove} named. */
  void move(WorldGateway street);

  /**
   * The rate that settles at a full hour where the world prescribes it (a recording): empty lets
   * the exchange settle by its own formula. A recording's missing hour settles nothing at all.
   */
  Settlement settlement(InstrumentId perp, Instant hour);

  /**
   * What the venue shows as the rate that the current hour will settle at, where the world
   * prescribes it; empty lets the exchange show its own formula's. Asked after every move and every
   * minute.
   */
  default Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return Optional.empty();
  }

  /** How the rate of an hour is found. */
  sealed interface Settlement {
    /** By the venue's formula over the hour's premium samples. */
    record ByFormula() implements Settlement {}

    record Prescribed(Rate rate) implements Settlement {}

    /** No payment and no rate: the hour is missing from the record. */
    record Missing() implements Settlement {}

    /**
     * Told some time after the hour ({@link Exchange#settle}) and paid then, on what was held at
     * the hour: a world that follows a live venue.
     */
    record Later() implements Settlement {}
  }
}
