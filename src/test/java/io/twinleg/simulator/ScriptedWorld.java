package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A world that makes the moves that a test schedules, and nothing else. Moves may be added in any
 * order, also while it runs, for a time to come; those of one instant happen in the order in which
 * they were added. Funding is the exchange's own formula until a rate is prescribed.
 */
public final class ScriptedWorld implements MarketModel {
  private final Instant start;
  private final TreeMap<Instant, List<Consumer<WorldGateway>>> moves = new TreeMap<>();
  private final TreeMap<Instant, Optional<Rate>> rates = new TreeMap<>();
  private final Map<InstrumentId, TreeMap<Instant, Optional<Rate>>> ratesOfOne = new TreeMap<>();
  private final Map<InstrumentId, List<FundingHour>> history = new TreeMap<>();
  private final List<String> assumptions = new ArrayList<>();
  private List<Rate> past = List.of();

  private ScriptedWorld(Instant start) {
    this.start = start;
  }

  public static ScriptedWorld startingAt(Instant start) {
    return new ScriptedWorld(start);
  }

  public ScriptedWorld at(Duration afterStart, Consumer<WorldGateway> move) {
    return at(start.plus(afterStart), move);
  }

  public ScriptedWorld at(Instant time, Consumer<WorldGateway> move) {
    moves.computeIfAbsent(time, at -> new ArrayList<>()).add(move);
    return this;
  }

  /** From then on every perp shows this rate and settles at it, until another is prescribed. */
  public ScriptedWorld fundingRate(Instant from, Rate rate) {
    rates.put(from, Optional.of(rate));
    return at(from, gateway -> {});
  }

  public ScriptedWorld fundingRate(Duration afterStart, Rate rate) {
    return fundingRate(start.plus(afterStart), rate);
  }

  /** For one perp only; it goes before what is prescribed for all. */
  public ScriptedWorld fundingRate(InstrumentId perp, Instant from, Rate rate) {
    ratesOfOne.computeIfAbsent(perp, id -> new TreeMap<>()).put(from, Optional.of(rate));
    return at(from, gateway -> {});
  }

  /** From then on by the exchange's formula again. */
  public ScriptedWorld fundingByFormula(Instant from) {
    rates.put(from, Optional.empty());
    return at(from, gateway -> {});
  }

  /** Every perp settled at this rate in each of so many hours before the start. */
  public ScriptedWorld settledBefore(Rate rate, int hours) {
    past = Collections.nCopies(hours, rate);
    return this;
  }

  /** Exactly these hours of one perp before the start, oldest first. */
  public ScriptedWorld history(InstrumentId perp, List<FundingHour> hours) {
    history.put(perp, List.copyOf(hours));
    return this;
  }

  public ScriptedWorld assuming(String sentence) {
    assumptions.add(sentence);
    return this;
  }

  @Override
  public List<String> assumptions() {
    return List.copyOf(assumptions);
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    List<FundingHour> all = history.getOrDefault(perp, evenPast());
    return all.subList(Math.max(0, all.size() - hours), all.size());
  }

  private List<FundingHour> evenPast() {
    Instant newest = start.truncatedTo(ChronoUnit.HOURS);
    List<FundingHour> hours = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      Instant hour = newest.minus(Duration.ofHours(past.size() - 1L - i));
      hours.add(new FundingHour(hour, past.get(i)));
    }
    return hours;
  }

  @Override
  public Optional<Instant> nextMove() {
    return moves.isEmpty() ? Optional.empty() : Optional.of(moves.firstKey());
  }

  @Override
  public void move(WorldGateway gateway) {
    moves.pollFirstEntry().getValue().forEach(move -> move.accept(gateway));
  }

  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return inForce(ratesOfOne.getOrDefault(perp, new TreeMap<>()), now)
        .or(() -> inForce(rates, now));
  }

  private static Optional<Rate> inForce(TreeMap<Instant, Optional<Rate>> rates, Instant now) {
    var entry = rates.floorEntry(now);
    return entry == null ? Optional.empty() : entry.getValue();
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    Optional<Rate> rate = runningEstimate(perp, hour);
    return rate.isPresent() ? new Settlement.Prescribed(rate.get()) : new Settlement.ByFormula();
  }
}
