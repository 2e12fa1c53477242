package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The synthetic world: market participants drawn from a seed, made so that a carry meets everything
 * that it is for within two weeks. Funding is rich at the start and has been for a week; a week
 * later it is gone; passive orders fill late and in parts; the first fill leaves a leg without its
 * hedge for a second. Prices and funding follow from the seed alone, whatever accounts do.
 */
public final class SyntheticWorld implements MarketModel {
  private final long seed;
  private final transient List<Market> listed;
  private final Instant start;
  private final List<SyntheticPair> markets;
  private final transient Map<InstrumentId, FundingBackfill> pasts = new TreeMap<>();

  /** A pair of instruments, and what a unit of the perp costs when the world opens. */
  public record Market(Instrument spot, Instrument perp, Price perpPrice) {
    public Market {
      if (!spot.id().equals(perp.id().other())) {
        throw new IllegalArgumentException(
            spot.id() + " and " + perp.id() + " are no market's legs");
      }
    }

    String name() {
      return id().name();
    }

    private MarketId id() {
      return perp.id().market();
    }
  }

  public SyntheticWorld(long seed, List<Market> markets, Instant start) {
    this.seed = seed;
    this.listed = List.copyOf(markets);
    this.start = start;
    List<SyntheticPair> pairs = new ArrayList<>();
    for (Market market : markets) {
      FundingRegimes seasons = new FundingRegimes(seed, market.name());
      PricePath walk = new MeanRevertingPath(seed, market, seasons, start);
      pairs.add(SyntheticPair.of(seed, walk, market.spot(), market.perp(), FlowProfile.SYNTHETIC));
      pasts.put(market.perp().id(), new FundingBackfill(seed, market.name(), seasons, start));
    }
    this.markets = List.copyOf(pairs);
  }

  /** The same, not yet moved, with these markets first where two act at one instant. */
  public SyntheticWorld inOrder(List<MarketId> first) {
    return new SyntheticWorld(seed, MarketId.inOrder(listed, Market::id, first), start);
  }

  @Override
  public List<String> assumptions() {
    return List.of(
        "Prices, books and funding are made up from a seed and prove nothing about any market's"
            + " future.",
        "The oracle walks at random at 70 % a year and is drawn back to where it began within"
            + " weeks.",
        "The perp stands 10 to 11 bps above the oracle in a rich week (45 to 60 % a year) and 6 to"
            + " 7 bps below it in a poor one (about -7 % a year); rich and poor weeks alternate,"
            + " and the eight days before the start were rich.",
        "Spot is quoted 1.4 to 3 bps wide with 2 000 to 8 000 USD a level, the perp 1 to 2.4 bps"
            + " wide with 8 000 to 30 000 USD a level; both books are requoted every 25 s on"
            + " average and are whole again after each trade.",
        "An order at the top of a book is seen within 45 s and taken in parts some seconds later;"
            + " one in eight waits 25 s longer.",
        "One bite in three is a sweep: for up to 2.5 s the bids (for a sale, the asks) of both"
            + " books stand 50 to 100 bps back, in half of the sweeps with a little left at the top"
            + " of the book that is to hedge.",
        "The very first bite is a sweep and the first that completes an order is not, so that every"
            + " seed shows a repair and an entry.",
        "A price does not pass an account's order for up to 10 s, in which takers reach it first.");
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    FundingBackfill past = pasts.get(perp);
    return past == null ? List.of() : past.hours(hours);
  }

  @Override
  public Optional<Instant> nextMove() {
    return SyntheticPair.nextMove(markets);
  }

  @Override
  public void move(WorldGateway gateway) {
    SyntheticPair.moveNext(markets, gateway);
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return new Settlement.ByFormula();
  }
}
