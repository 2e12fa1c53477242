package io.twinleg.core.portfolio;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledgers of all markets and the account at each venue behind them. Owned by the Engine and
 * changed by {@link #apply} alone; the conservation identity is asserted after every event, in
 * production too.
 */
public final class Portfolio {
  private final TreeMap<MarketId, PairLedger> ledgers = new TreeMap<>();
  private final TreeMap<MarketId, ExternalPosition> foreign = new TreeMap<>();
  private final TreeMap<VenueId, BuyingPower> accounts = new TreeMap<>();
  private Optional<OrderIdTag> book = Optional.empty();

  /**
   * What an event changed in our own books, if it did: a fill or payment seen twice changes
   * nothing.
   */
  public sealed interface Booking {
    record Nothing() implements Booking {}

    /** A fill of an order of ours. */
    record Own(Fill fill) implements Booking {}

    /**
     * The part of a trade that is not ours which closed some of our short.
     *
     * @param result what that part brought, its fee taken: below zero is a loss
     */
    record Foreign(Fill fill, Usd result) implements Booking {}

    record Funding(FundingPayment payment) implements Booking {}
  }

  private static final Booking NOTHING = new Booking.Nothing();

  public PairLedger ledger(MarketId market) {
    PairLedger known = ledgers.get(market);
    if (known != null) {
      return known;
    }
    account(market.venue());
    PairLedger added = new PairLedger();
    ledgers.put(market, added);
    return added;
  }

  /** At a run's first venue. */
  public BuyingPower account() {
    return account(VenueId.FIRST);
  }

  public BuyingPower account(VenueId venue) {
    return accounts.computeIfAbsent(venue, id -> new BuyingPower());
  }

  /** The account's perp size that is not ours, signed. */
  public Quantity foreignPerp(MarketId market) {
    return foreign(market).size();
  }

  private ExternalPosition foreign(MarketId market) {
    return foreign.computeIfAbsent(market, id -> new ExternalPosition());
  }

  public Booking apply(SequencedEvent event) {
    Booking booking = book(event);
    ledgers.values().forEach(PairLedger::checkConservation);
    return booking;
  }

  private Booking book(SequencedEvent event) {
    return switch (event.fact()) {
      case Event.RunStarted started -> {
        book = Optional.of(started.bookId());
        if (!started.continuous()) {
          accounts.values().forEach(account -> account.silent(false));
        }
        yield NOTHING;
      }
      case Event.OrderFilled filled -> fill(filled.fill());
      case Event.FundingReceived received -> funding(received.payment());
      case Event.AccountReported report ->
          report(event.venue(), report.account(), event.receivedTime());
      case Event.FeedStatusChanged changed -> feed(event.venue(), changed);
      case Event.CoinsTransferred moved -> {
        foreign(moved.spot().market()).movedSpot(moved.change().negated(), moved.what());
        yield NOTHING;
      }
      default -> NOTHING;
    };
  }

  private Booking fill(Fill fill) {
    PairLedger ledger = ledger(fill.instrument().market());
    if (isOurs(fill)) {
      if (!ledger.book(fill)) {
        return NOTHING;
      }
      use(fill);
      return new Booking.Own(fill);
    }
    if (fill.instrument().leg() == Leg.SPOT) {
      foreign(fill.instrument().market()).tradedSpot(fill);
      return NOTHING;
    }
    Usd before = ledger.realised().net();
    return foreign(fill.instrument().market())
        .apply(fill, ledger.shortPerp())
        .filter(ledger::book)
        .<Booking>map(ours -> new Booking.Foreign(ours, ledger.realised().net().minus(before)))
        .orElse(NOTHING);
  }

  /** Coins that trades of others have sold since the venue last agreed with the books. */
  public Quantity spotSoldByOthers(MarketId market) {
    return foreign(market).spotSold();
  }

  /** The venue refuses a sale for want of coins: whatever its account shows to be missing is. */
  public void spotNotThere(MarketId market) {
    foreign(market).movedSpot(ledger(market).ownedSpot(), "not there");
  }

  /** Coins that left the account without a trade since the venue last agreed with the books. */
  public Quantity spotMoved(MarketId market) {
    return foreign(market).spotMoved();
  }

  /** By what the last of them left. */
  public String spotMovedBy(MarketId market) {
    return foreign(market).spotMovedBy();
  }

  /** The venue and the books agree: what others have sold until now was not ours. */
  public void agreed(MarketId market) {
    foreign(market).spotAgreed();
  }

  /** Sets a market's books to what the venue shows. */
  public void correct(PositionAdjustment correction) {
    ledger(correction.market()).correct(correction);
    foreign(correction.market()).correct(correction.foreignPerp());
    ledger(correction.market()).checkConservation();
  }

  private boolean isOurs(Fill fill) {
    return fill.clientOrderId().isPresent()
        && book.filter(fill.clientOrderId().get()::belongsTo).isPresent();
  }

  private void use(Fill fill) {
    BuyingPower account = account(fill.instrument().market().venue());
    if (fill.instrument().leg() == Leg.PERP) {
      account.perpTraded(fill);
    } else if (fill.side() == Side.SELL) {
      account.spotSold(fill.notional());
    }
    if (fill.instrument().leg() == Leg.SPOT && fill.side() == Side.BUY) {
      account.spotBought(fill.notional());
    } else if (fill.instrument().leg() == Leg.PERP && fill.side() == Side.SELL) {
      account.perpSold(fill.notional());
    }
  }

  private Booking funding(FundingPayment payment) {
    MarketId market = payment.instrument().market();
    PairLedger ledger = ledger(market);
    FundingPayment ours = foreign(market).share(payment, ledger.shortPerp());
    return ledger.book(ours) ? new Booking.Funding(ours) : NOTHING;
  }

  private Booking report(VenueId venue, AccountState state, Instant now) {
    BuyingPower account = account(venue);
    List<MarketId> markets =
        ledgers.keySet().stream().filter(market -> market.venue().equals(venue)).toList();
    boolean holding = markets.stream().map(this::ledger).anyMatch(PairLedger::isHolding);
    if (account.isImplausible(state, holding, now)) {
      return NOTHING;
    }
    for (MarketId market : markets) {
      ExternalPosition perp = foreign(market);
      if (!perp.isKnown()) {
        perp.begin(state.perpSize(InstrumentId.perp(market)).plus(ledger(market).shortPerp()));
      }
    }
    account.report(state);
    return NOTHING;
  }

  private Booking feed(VenueId venue, Event.FeedStatusChanged changed) {
    if (changed.feed() == Event.FeedStatusChanged.Feed.ACCOUNT) {
      account(venue).silent(!changed.fresh());
    }
    return NOTHING;
  }
}
