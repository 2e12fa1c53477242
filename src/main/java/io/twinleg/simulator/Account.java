package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One account in classic mode: a wallet of quote and coins for spot, and a wallet of collateral for
 * perps. Every amount is exact: a fee is the rate times the trade, not rounded to a token's
 * decimals.
 */
final class Account {
  /** Hyperliquid's default for a coin whose leverage was never set, where the coin allows it. */
  private static final int DEFAULT_LEVERAGE = 20;

  /** The newest fills, payments, transfers and ended orders, as the venue keeps its newest. */
  private static final int HISTORY_MAX = 10_000;

  private final AccountId id;
  private FeeSchedule feeSchedule;
  private final @Nullable Usd minNotional;
  private final Orders orders = new Orders();
  private final Map<InstrumentId, Quantity> coins = new TreeMap<>();
  private final Map<InstrumentId, Position> positions = new TreeMap<>();
  private final List<Fill> fills = new ArrayList<>();
  private final List<FundingPayment> payments = new ArrayList<>();
  private Usd spotQuote = Usd.ZERO;
  private Usd perpQuote = Usd.ZERO;
  private Usd fees = Usd.ZERO;
  private Usd funding = Usd.ZERO;
  private Usd realised = Usd.ZERO;
  private Usd deposited = Usd.ZERO;
  private final TreeMap<Long, ExecutionReport> transfers = new TreeMap<>();
  private boolean changed;

  /**
   * @param minNotional the least value of an order, in quote; null: that of its instrument
   */
  Account(AccountId id, FeeSchedule feeSchedule, @Nullable Usd minNotional) {
    this.id = id;
    this.feeSchedule = feeSchedule;
    this.minNotional = minNotional;
  }

  AccountId id() {
    return id;
  }

  FeeSchedule feeSchedule() {
    return feeSchedule;
  }

  /** Of every fill from now on. */
  void setFeeSchedule(FeeSchedule fees) {
    feeSchedule = fees;
  }

  Usd minNotional(Instrument instrument) {
    return minNotional == null ? instrument.minNotional() : minNotional;
  }

  Orders orders() {
    return orders;
  }

  Usd spotQuote() {
    return spotQuote;
  }

  Usd perpQuote() {
    return perpQuote;
  }

  Quantity coins(InstrumentId spot) {
    return coins.getOrDefault(spot, Quantity.ZERO);
  }

  Map<InstrumentId, Quantity> coins() {
    return coins;
  }

  Map<InstrumentId, Position> positions() {
    return positions;
  }

  Position position(Instrument perp) {
    return positions.computeIfAbsent(
        perp.id(), id -> new Position(Math.min(DEFAULT_LEVERAGE, perp.maxLeverage())));
  }

  boolean hasPosition() {
    return positions.values().stream().anyMatch(position -> !position.isFlat());
  }

  List<Fill> fills() {
    return fills;
  }

  List<FundingPayment> payments() {
    return payments;
  }

  Usd fees() {
    return fees;
  }

  Usd funding() {
    return funding;
  }

  Usd realised() {
    return realised;
  }

  Usd deposited() {
    return deposited;
  }

  void apply(Instrument instrument, Fill fill) {
    if (instrument.leg() == Leg.SPOT) {
      applySpot(fill);
    } else {
      applyPerp(instrument, fill);
    }
    fees = fees.plus(fill.fee().usd(fill.price()));
    addNewest(fills, fill);
    touch();
  }

  private static <T> void addNewest(List<T> history, T newest) {
    history.add(newest);
    if (history.size() > HISTORY_MAX) {
      history.removeFirst();
    }
  }

  private void applySpot(Fill fill) {
    if (fill.side() == Side.BUY) {
      spotQuote = spotQuote.minus(fill.notional());
      addCoins(fill.instrument(), fill.quantity().minus(new Quantity(fill.fee().amount())));
    } else {
      addCoins(fill.instrument(), fill.quantity().negated());
      spotQuote = spotQuote.plus(fill.notional()).minus(new Usd(fill.fee().amount()));
    }
  }

  private void applyPerp(Instrument perp, Fill fill) {
    Quantity signed = fill.quantity().times(BigDecimal.valueOf(fill.side().sign()));
    Usd gain = position(perp).trade(signed, fill.price());
    realised = realised.plus(gain);
    perpQuote = perpQuote.plus(gain).minus(new Usd(fill.fee().amount()));
  }

  void apply(FundingPayment payment) {
    perpQuote = perpQuote.plus(payment.amount());
    funding = funding.plus(payment.amount());
    addNewest(payments, payment);
    touch();
  }

  void deposit(Usd amount, Leg into) {
    add(amount, into);
    deposited = deposited.plus(amount);
  }

  /** The result of a transfer; empty while its request has not arrived. */
  Optional<ExecutionReport> transfer(long transfer) {
    return Optional.ofNullable(transfers.get(transfer));
  }

  void setTransfer(long transfer, ExecutionReport result) {
    transfers.put(transfer, result);
    if (transfers.size() > HISTORY_MAX) {
      transfers.pollFirstEntry();
    }
  }

  void move(Usd amount, Leg from) {
    add(amount.negated(), from);
    add(amount, from.other());
  }

  private void add(Usd amount, Leg into) {
    if (into == Leg.SPOT) {
      spotQuote = spotQuote.plus(amount);
    } else {
      perpQuote = perpQuote.plus(amount);
    }
    touch();
  }

  void addCoins(InstrumentId spot, Quantity quantity) {
    coins.merge(spot, quantity, Quantity::plus);
    touch();
  }

  /** Balances, positions or orders differ from what was last reported. */
  void touch() {
    changed = true;
  }

  /** Whether it changed since this was last called. */
  boolean takeChanged() {
    boolean result = changed;
    changed = false;
    return result;
  }

  /**
   * The orders of one account: those that rest, those that had a client order id, and the ids whose
   * nonce was invalidated before an order used it. Of what is over, the newest.
   */
  static final class Orders {
    private final transient Map<Long, Order> resting = new TreeMap<>();
    private final transient LinkedHashMap<ClientOrderId, Order> byClientId = new LinkedHashMap<>();
    private final LinkedHashSet<ClientOrderId> invalidated = new LinkedHashSet<>();

    /** In the order of their arrival. */
    Collection<Order> resting() {
      return resting.values();
    }

    /** A copy: ending one of them does not disturb the iteration. */
    List<Order> resting(Predicate<Order> filter) {
      return resting.values().stream().filter(filter).toList();
    }

    /** Those with a client order id, in the order of their arrival. */
    Collection<Order> known() {
      return byClientId.values();
    }

    Optional<Order> find(ClientOrderId id) {
      return Optional.ofNullable(byClientId.get(id));
    }

    boolean isKnown(ClientOrderId id) {
      return byClientId.containsKey(id);
    }

    void register(Order order) {
      order.clientId().ifPresent(id -> byClientId.put(id, order));
      if (byClientId.size() > HISTORY_MAX) {
        forgetOldestEnded();
      }
    }

    private void forgetOldestEnded() {
      Iterator<Order> oldest = byClientId.values().iterator();
      while (oldest.hasNext()) {
        if (!resting.containsKey(oldest.next().id())) {
          oldest.remove();
          return;
        }
      }
    }

    void rest(Order order) {
      resting.put(order.id(), order);
    }

    void end(Order order) {
      resting.remove(order.id());
    }

    /** Returns whether this was in time: whether no order with this id has arrived. */
    boolean invalidate(ClientOrderId id) {
      if (isKnown(id)) {
        return false;
      }
      invalidated.add(id);
      if (invalidated.size() > HISTORY_MAX) {
        invalidated.removeFirst();
      }
      return true;
    }

    boolean isInvalidated(ClientOrderId id) {
      return invalidated.contains(id);
    }

    /** Quote that resting spot buys may still need, over all coins. */
    Usd heldQuote() {
      return resting.values().stream()
          .filter(order -> !order.listing().isPerp() && order.side() == Side.BUY)
          .map(order -> order.terms().price().times(order.remaining()))
          .reduce(Usd.ZERO, Usd::plus);
    }

    /** Coins that resting spot sells may still need. */
    Quantity heldCoins(InstrumentId spot) {
      return remaining(spot, Side.SELL);
    }

    /** What resting orders that may add to a position could still fill on one side. */
    Quantity adding(InstrumentId perp, Side side) {
      return resting.values().stream()
          .filter(order -> !order.terms().reduceOnly())
          .filter(order -> order.side() == side && order.listing().id().equals(perp))
          .map(Order::remaining)
          .reduce(Quantity.ZERO, Quantity::plus);
    }

    private Quantity remaining(InstrumentId instrument, Side side) {
      return resting.values().stream()
          .filter(order -> order.side() == side && order.listing().id().equals(instrument))
          .map(Order::remaining)
          .reduce(Quantity.ZERO, Quantity::plus);
    }
  }
}
