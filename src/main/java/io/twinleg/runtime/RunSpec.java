package io.twinleg.runtime;

import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a start is given.
 *
 * @param config the effective configuration, as the run's first event carries it
 * @param continuous the exchange stood still while nobody was there
 * @param historyHours of settled funding, asked for at the first start of a journal and at every
 *     later one
 * @param end when to stop by itself
 */
public record RunSpec(
    String runId,
    String configHash,
    String config,
    boolean continuous,
    List<Market> markets,
    int historyHours,
    Optional<End> end) {

  /** A market as the configuration names it, and the clip that its books are read for. */
  public record Market(MarketSymbols names, Usd clip) {}

  /** Either so long after the first instant of the journal, or at an instant. */
  public sealed interface End {
    record After(Duration sinceBeginning) implements End {}

    record At(Instant instant) implements End {}
  }

  /**
   * Lets a venue speak before a journal is recalled: our own exchange must tell the same as it did
   * then. Asking again at the start itself changes nothing.
   */
  public static void listen(Venue venue, RunSpec start) {
    for (Market market : start.markets()) {
      DataClient.Pair pair = venue.marketData().resolve(market.names());
      venue.marketData().subscribe(pair.spot(), market.clip());
      venue.marketData().subscribe(pair.perp(), market.clip());
    }
  }

  public RunSpec {
    markets = List.copyOf(markets);
  }
}
