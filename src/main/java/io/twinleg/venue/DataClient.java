package io.twinleg.venue;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import java.util.List;

/** What a venue shows to anybody: public, keyless. */
public interface DataClient {
  /**
   * Finds both legs by the names of the configuration.
   *
   * @throws VenueException with a sentence for the operator when a name is unknown, ambiguous or
   *     delisted
   */
  Pair resolve(MarketSymbols names);

  /**
   * The newest settled hours of a perp, oldest first, at most {@code hours} of them; a missing hour
   * is absent.
   */
  List<FundingHour> fundingHistory(Instrument perp, int hours);

  /**
   * From now on the facts carry this instrument's book, prices and funding. Books arrive conflated:
   * the newest one, and only when its top or the depth of a clip has changed (specification 1.13).
   */
  void subscribe(Instrument instrument, Usd clip);

  record Pair(Instrument spot, Instrument perp) {}
}
