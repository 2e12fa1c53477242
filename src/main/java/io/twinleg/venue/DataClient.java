package io.twinleg.venue;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import java.util.List;

/** A venue's public market data: needs no key and no account. */
public interface DataClient {
  /**
   * Finds both legs by the names of the configuration.
   *
   * @throws VenueException with a sentence for the operator when a name is unknown or ambiguous
   */
  Pair resolve(MarketSymbols symbols);

  /**
   * The newest settled hours of a perp, oldest first, at most {@code hours} of them; a missing hour
   * is absent.
   */
  List<FundingHour> fundingHistory(Instrument perp, int hours);

  /**
   * Starts the events of this instrument: book, and for a perp prices and funding. Books are
   * conflated: the newest one, published only when its top or the depth within a clip has changed
   * (specification 1.13).
   */
  void subscribe(Instrument instrument, Usd clip);

  /**
   * Both legs.
   *
   * @param delisted whether the venue trades the perp no more: what is held of it is settled
   */
  record Pair(Instrument spot, Instrument perp, boolean delisted) {
    public Pair(Instrument spot, Instrument perp) {
      this(spot, perp, false);
    }
  }
}
