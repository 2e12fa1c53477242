package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the venue shows to anybody. Called on the runner's thread. */
final class HyperliquidDataClient implements DataClient {
  private final PublicClient publicClient;
  private final Map<InstrumentId, Instant> settled = new TreeMap<>();
  private final Set<InstrumentId> subscribed = new TreeSet<>();
  private Optional<ListedAssets> listed = Optional.empty();

  HyperliquidDataClient(PublicClient side) {
    this.publicClient = side;
  }

  @Override
  public Pair resolve(MarketSymbols names) {
    return new InstrumentResolver(listed()).resolve(names);
  }

  /** Asked for once: a run keeps the ids that it started with. */
  private ListedAssets listed() {
    ListedAssets known = listed.orElseGet(() -> ListedAssets.request(publicClient.info()));
    listed = Optional.of(known);
    return known;
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument perp, int hours) {
    List<FundingHour> history =
        new FundingPages(publicClient.info()).newest(perp, hours, publicClient.clock().instant());
    if (!history.isEmpty()) {
      settled.put(perp.id(), history.get(history.size() - 1).hour());
    }
    return history;
  }

  @Override
  public void subscribe(Instrument instrument, Usd clip) {
    if (!subscribed.add(instrument.id())) {
      return;
    }
    publicClient.feeds().followBook(instrument, clip);
    if (instrument.leg() == Leg.PERP) {
      publicClient.feeds().followPerp(instrument, settledUntil(instrument));
    }
  }

  /** Without a history what settles from now on is told, and nothing before. */
  private Instant settledUntil(Instrument perp) {
    Instant hour = publicClient.clock().instant().truncatedTo(ChronoUnit.HOURS);
    return Optional.ofNullable(settled.get(perp.id())).orElse(hour);
  }
}
