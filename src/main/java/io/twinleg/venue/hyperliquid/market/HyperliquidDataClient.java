package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The public data of Hyperliquid. Called on the runner's thread. */
final class HyperliquidDataClient implements DataClient {
  private static final int FUNDING_PAGE = 500;

  private final PublicClient publicClient;
  private final Map<InstrumentId, Instant> settled = new TreeMap<>();
  private final Set<InstrumentId> subscribed = new TreeSet<>();
  private @Nullable ListedAssets listed;

  HyperliquidDataClient(PublicClient side) {
    this.publicClient = side;
  }

  @Override
  public Pair resolve(MarketSymbols names) {
    return new InstrumentResolver(listed()).resolve(names);
  }

  /** Requested once: a run keeps the ids that it started with. */
  private ListedAssets listed() {
    ListedAssets known = listed != null ? listed : ListedAssets.request(publicClient.info());
    listed = known;
    return known;
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument perp, int hours) {
    List<FundingHour> history = newestFunding(perp, hours);
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
    } else {
      publicClient.feeds().followCoin(instrument);
    }
  }

  /** The newest {@code hours}, oldest first; a missing hour is absent. */
  private List<FundingHour> newestFunding(Instrument perp, int hours) {
    Instant now = publicClient.clock().instant();
    Instant from = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours));
    Map<Instant, FundingHour> found = new TreeMap<>();
    boolean more = true;
    while (more) {
      List<HyperliquidFundingRow> page =
          publicClient
              .info()
              .request(
                  Requests.fundingHistory(perp.wireName(), from),
                  list -> HyperliquidFundingRow.list(list, perp.wireName()));
      Instant next = from;
      for (HyperliquidFundingRow row : page) {
        Instant after = Instant.ofEpochMilli(row.time() + 1);
        next = after.isAfter(next) ? after : next;
        found.putIfAbsent(hour(row).hour(), hour(row));
      }
      more = page.size() >= FUNDING_PAGE && next.isAfter(from);
      from = next;
    }
    List<FundingHour> all = new ArrayList<>(found.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - hours), all.size()));
  }

  /** Dated to the full hour that it settled. */
  static FundingHour hour(HyperliquidFundingRow row) {
    Instant hour = Instant.ofEpochMilli(row.time()).truncatedTo(ChronoUnit.HOURS);
    return new FundingHour(hour, Rate.hourly(row.rate()));
  }

  /** Without a history, only what settles from now on is published. */
  private Instant settledUntil(Instrument perp) {
    Instant hour = publicClient.clock().instant().truncatedTo(ChronoUnit.HOURS);
    return Optional.ofNullable(settled.get(perp.id())).orElse(hour);
  }
}
