package io.twinleg.simulator;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account in classic mode: a wallet of quote and coins for spot, and a wallet of collateral for
 * perps. Every amount is exact: a fee is the rate times the trade, not rounded to a token's
 * decimals.
 */
final class Account {
  /** Hyperliquid's default for a coin whose leverage was never set, where the coin allows it. */
  private static final int DEFAULT_LEVERAGE = 20;

  private final AccountId id;
  private final FeeTerms terms;
  private final AccountOrders orders = new AccountOrders();
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
  private final Map<Long, ExecutionReport> transfers = new TreeMap<>();
  private boolean changed;

  Account(AccountId id, FeeTerms terms) {
    this.id = id;
    this.terms = terms;
  }

  AccountId id() {
    return id;
  }

  FeeTerms terms() {
    return terms;
  }

  AccountOrders orders() {
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
    fills.add(fill);
    touch();
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
    Usd won = position(perp).trade(signed, fill.price());
    realised = realised.plus(won);
    perpQuote = perpQuote.plus(won).minus(new Usd(fill.fee().amount()));
  }

  void apply(FundingPayment payment) {
    perpQuote = perpQuote.plus(payment.amount());
    funding = funding.plus(payment.amount());
    payments.add(payment);
    touch();
  }

  void deposit(Usd amount, Leg into) {
    add(amount, into);
    deposited = deposited.plus(amount);
  }

  /** What was answered to a transfer; empty while it has not been heard of. */
  Optional<ExecutionReport> transfer(long name) {
    return Optional.ofNullable(transfers.get(name));
  }

  void transferred(long name, ExecutionReport answer) {
    transfers.put(name, answer);
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

  /** Balances, positions or orders are not what was last told. */
  void touch() {
    changed = true;
  }

  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
