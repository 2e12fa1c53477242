package io.twinleg.research.bars;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryException;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.WorldGateway;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account of our own exchange on rows of prices: fills at the row's price and a flat fee, and
 * funding on the price that the row names. Each row is an hour of the exchange's own, so that two
 * rows of one recorded hour are both paid.
 */
final class BarAccount {
  private static final MarketId MARKET = new MarketId("BARS");
  private static final AccountId OWNER = new AccountId("owner");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  /** Lots of a position stay below 10^16, so that no sum of them leaves a long. */
  private static final int FIGURES = 16;

  private static final int DECIMALS_MAX = 14;
  private static final int PERP_ID = 1;

  private final Instrument spot;
  private final Instrument perp;
  private final Rows world;
  private final Exchange exchange;

  /** The rows, and what is offered to the account at the present one. */
  private final class Rows implements MarketModel {
    private final List<BarRow> rows;
    private int next;
    private @Nullable Offer offer;

    Rows(List<BarRow> rows) {
      this.rows = rows;
    }

    private record Offer(Instrument instrument, BookSnapshot quotes) {}

    @Override
    public List<String> assumptions() {
      return List.of("Any size fills at the row's price.");
    }

    @Override
    public Instant start() {
      return FIRST;
    }

    @Override
    public List<FundingHour> historyBeforeStart(InstrumentId id, int hours) {
      return List.of();
    }

    @Override
    public Optional<Instant> nextMove() {
      return offer != null ? Optional.of(exchange.now()) : nextRow();
    }

    private Optional<Instant> nextRow() {
      return next < rows.size() ? Optional.of(timeOf(next)) : Optional.empty();
    }

    @Override
    public void move(WorldGateway gateway) {
      if (offer != null) {
        gateway.oracle(perp, row().perp());
        gateway.quote(offer.instrument(), offer.quotes());
        offer = null;
      } else {
        gateway.oracle(perp, rows.get(next++).settledOn());
      }
    }

    @Override
    public Settlement settlement(InstrumentId id, Instant hour) {
      BigDecimal rate = row().rate();
      return rate == null ? new Settlement.Missing() : new Settlement.Prescribed(Rate.hourly(rate));
    }

    /** Rows are hours: nothing needs to be looked at between them. */
    @Override
    public Optional<Duration> observedEvery() {
      return Optional.of(HOUR);
    }

    BarRow row() {
      return rows.get(next - 1);
    }
  }

  /**
   * @param leverage the most that the account may open a short with
   */
  BarAccount(List<BarRow> rows, FeeSchedule fees, Usd spotQuote, Usd perpQuote, int leverage) {
    Price lowest = rows.stream().map(BarRow::spot).min(Price::compareTo).orElseThrow();
    int decimals = decimals(spotQuote.plus(perpQuote), lowest);
    spot = instrument(Leg.SPOT, decimals, 1);
    perp = instrument(Leg.PERP, decimals, leverage);
    world = new Rows(rows);
    exchange = new Exchange(List.of(spot, perp), fees, world);
    exchange.admin().open(OWNER, spotQuote, perpQuote);
    execute(new Request.SetLeverage(perp.id(), leverage, true));
  }

  private static int decimals(Usd capital, Price lowest) {
    BigDecimal most = capital.value().divide(lowest.value(), 0, RoundingMode.UP);
    return Math.clamp(FIGURES - most.precision(), 0, DECIMALS_MAX);
  }

  private static Instrument instrument(Leg leg, int decimals, int leverage) {
    InstrumentId id = new InstrumentId(MARKET, leg);
    return new Instrument(
        id,
        id.toString(),
        id.toString(),
        leg == Leg.PERP ? PERP_ID : 0,
        decimals,
        new PriceRule.FixedTick(new Price(1)),
        Usd.ZERO,
        BigDecimal.ONE,
        leverage,
        false);
  }

  private static Instant timeOf(int row) {
    return FIRST.plus(HOUR.multipliedBy(row));
  }

  /** Goes to the next row: its funding has then been paid. */
  BarRow advance() {
    exchange.advanceTo(timeOf(world.next));
    return world.row();
  }

  // ---- what a rule may do at the present row

  /** Buys with so much quote; the fee is taken of the coins. */
  void buySpotFor(Usd quote) {
    BigDecimal size =
        quote.value().divide(world.row().spot().value(), spot.sizeDecimals(), RoundingMode.DOWN);
    trade(spot, Side.BUY, world.row().spot(), new Quantity(size));
  }

  /** The fee is taken of the proceeds, which are returned. */
  Usd sellSpot(Quantity coins) {
    Usd before = books().spotQuote();
    trade(spot, Side.SELL, world.row().spot(), coins);
    return books().spotQuote().minus(before);
  }

  void openShort(Quantity size) {
    trade(perp, Side.SELL, world.row().perp(), size);
  }

  void closeShort(Quantity size) {
    trade(perp, Side.BUY, world.row().perp(), size);
  }

  private void trade(Instrument instrument, Side side, Price price, Quantity size) {
    Quantity lots = instrument.nearest(size);
    if (!lots.isPositive()) {
      return;
    }
    List<PriceLevel> all = List.of(new PriceLevel(price, lots));
    BookSnapshot quotes =
        side == Side.BUY ? new BookSnapshot(List.of(), all) : new BookSnapshot(all, List.of());
    world.offer = new Rows.Offer(instrument, quotes);
    exchange.advanceTo(exchange.now());
    execute(
        new Request.Place(
            Optional.empty(),
            instrument.id(),
            side,
            price,
            lots,
            TimeInForce.IOC,
            false,
            Optional.empty()));
  }

  /** A rule that asks for more than the account can do is no result. */
  private void execute(Request request) {
    for (ExecutionReport report : exchange.admin().executeManually(OWNER, request)) {
      if (report instanceof ExecutionReport.Rejected rejected) {
        throw new HistoryException(
            "at %s the account of %s USD cannot do what the rule asks: %s"
                .formatted(world.row().time(), books().deposited(), rejected.text()));
      }
    }
  }

  void move(Usd amount, Leg from) {
    if (amount.signum() > 0 && !exchange.admin().move(OWNER, amount, from)) {
      throw new HistoryException(
          "at %s the account of %s USD cannot move %s USD out of its %s wallet: so much is not free."
              .formatted(world.row().time(), books().deposited(), amount, from));
    }
  }

  /** Parts what is in both wallets anew, while nothing is held. */
  void part(BigDecimal ofSpot) {
    Usd all = books().spotQuote().plus(books().perpQuote());
    Usd wanted = new Usd(all.value().multiply(ofSpot).setScale(2, RoundingMode.DOWN));
    Usd excess = books().spotQuote().minus(wanted);
    move(excess.max(Usd.ZERO), Leg.SPOT);
    move(excess.negated().max(Usd.ZERO), Leg.PERP);
  }

  // ---- the exchange's books

  AuditSnapshot books() {
    return exchange.audit(OWNER);
  }

  Quantity coins() {
    return books().coins(spot.id());
  }

  /** Positive for a short. */
  Quantity shorted() {
    return books().position(perp.id()).negated();
  }

  /** Collateral with what is unrealised at the row's price. */
  Usd perpEquity() {
    AuditSnapshot books = books();
    Usd entry = books.entries().getOrDefault(perp.id(), Usd.ZERO);
    Usd now = world.row().perp().times(shorted());
    return books.perpQuote().plus(entry).minus(now);
  }

  Usd spotValue() {
    return books().spotQuote().plus(world.row().spot().times(coins()));
  }
}
