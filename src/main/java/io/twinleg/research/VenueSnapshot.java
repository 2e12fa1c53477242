package io.twinleg.research;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.research.VenueReconciliation.MarkHistory;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The account as the venue reported it at one instant, and our own ledgers at that instant. */
final class VenueSnapshot {
  private static final Price ONE = Price.of("1");

  private final Instant at;
  private final AccountState state;
  private final Usd transferred;
  private final long booked;
  private final Map<MarketId, Holding> holdings = new TreeMap<>();

  /**
   * What we held, the cash, and the prices to value it at.
   *
   * @param markAt the venue's time of the mark
   */
  private record Holding(
      Quantity owned, Quantity shorted, Usd cash, Price spot, Price mark, Instant markAt) {
    Usd net() {
      return cash.plus(spot.times(owned)).minus(mark.times(shorted));
    }
  }

  /**
   * @param transferred into the account so far
   * @param booked how many fills and payments we had booked
   */
  VenueSnapshot(Instant at, AccountState state, Usd transferred, long booked) {
    this.at = at;
    this.state = state;
    this.transferred = transferred;
    this.booked = booked;
  }

  void add(MarketId market, PairLedger ledger, Price spot, MarkHistory.Mark mark) {
    Quantity owned = ledger.ownedSpot();
    Quantity shorted = ledger.shortPerp();
    Usd cash = ledger.net(ONE, ONE).minus(ONE.times(owned)).plus(ONE.times(shorted));
    holdings.put(market, new Holding(owned, shorted, cash, spot, mark.price(), mark.since()));
  }

  Instant at() {
    return at;
  }

  long booked() {
    return booked;
  }

  /** A mark from before this snapshot may arrive after it. */
  void marked(MarketId market, MarkHistory.Mark mark) {
    Holding known = holdings.get(market);
    if (known != null && !mark.since().isAfter(at) && !mark.since().isBefore(known.markAt)) {
      holdings.put(
          market,
          new Holding(
              known.owned, known.shorted, known.cash, known.spot, mark.price(), mark.since()));
    }
  }

  /** Whether the venue's position in every market is ours alone. */
  boolean isOursAlone() {
    return holdings.entrySet().stream()
        .allMatch(each ->
            state
                .perpSize(InstrumentId.perp(each.getKey()))
                .equals(each.getValue().shorted().negated()));
  }

  Usd ours() {
    return holdings.values().stream().map(Holding::net).reduce(Usd.ZERO, Usd::plus);
  }

  /** What the account has gained since {@code first}. */
  Usd gainedSince(VenueSnapshot first) {
    Usd gained = worth(state).minus(worth(first.state));
    return gained.minus(transferred.minus(first.transferred));
  }

  /** Coins that were there from the start are valued as at the end: their price is not our gain. */
  private Usd worth(AccountState account) {
    Usd worth =
        account.pooled() ? account.perpEquity() : account.quoteBalance().plus(account.perpEquity());
    for (Map.Entry<MarketId, Holding> each : holdings.entrySet()) {
      Quantity coins = account.spotTotal(InstrumentId.spot(each.getKey()));
      worth = worth.plus(each.getValue().spot().times(coins));
    }
    return worth;
  }
}
