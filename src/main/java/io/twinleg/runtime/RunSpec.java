package io.twinleg.runtime;

import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one start of a run is given.
 *
 * @param config the effective configuration, as the run's first event carries it
 * @param continuous whether the exchange stood still since the last run
 * @param historyHours of settled funding, queried at every start
 * @param end when the run stops by itself
 */
public record RunSpec(
    String runId,
    String configHash,
    String config,
    boolean continuous,
    List<Market> markets,
    int historyHours,
    End end) {

  public RunSpec {
    markets = List.copyOf(markets);
  }

  /** A market as the configuration names it, and the clip that its books are read for. */
  public record Market(MarketSymbols names, Usd clip) {}

  /** When a run stops by itself. */
  public sealed interface End {
    End NEVER = new Never();

    record Never() implements End {}

    /** So long after the first instant of the journal. */
    record After(Duration sinceBeginning) implements End {}

    record At(Instant instant) implements End {}

    /** With the last of a record's data, or by the flag where that is earlier. */
    record WithData(Instant last, @Nullable Duration sinceBeginning) implements End {}
  }

  /**
   * The end of a run that ends by itself.
   *
   * @param isOfRecord a run over a record says why it ends: it may have been asked for more
   */
  public record Stop(Instant at, String reason, boolean isOfRecord) {
    private static Stop byFlag(Instant at, boolean isOfRecord) {
      return new Stop(at, "--for has passed", isOfRecord);
    }

    private static Stop ofRecord(End.WithData data, Instant beginning) {
      Duration length = data.sinceBeginning();
      return length != null && beginning.plus(length).isBefore(data.last())
          ? byFlag(beginning.plus(length), true)
          : new Stop(data.last(), "the recorded data end at " + data.last(), true);
    }
  }

  /**
   * Empty for a run that does not end by itself.
   *
   * @param beginning the first instant of the journal
   */
  public Optional<Stop> stop(Instant beginning) {
    return switch (end) {
      case End.Never never -> Optional.empty();
      case End.After after ->
          Optional.of(Stop.byFlag(beginning.plus(after.sinceBeginning()), false));
      case End.At at -> Optional.of(Stop.byFlag(at.instant(), false));
      case End.WithData data -> Optional.of(Stop.ofRecord(data, beginning));
    };
  }

  /** Subscribes to the markets' books. Subscribing again to the same changes nothing. */
  public static void subscribe(Venue venue, List<Market> markets) {
    markets.forEach(market -> subscribe(venue.marketData(), market));
  }

  static void subscribe(DataClient data, Market market) {
    DataClient.Pair pair = data.resolve(market.names());
    data.subscribe(pair.spot(), market.clip());
    data.subscribe(pair.perp(), market.clip());
  }
}
