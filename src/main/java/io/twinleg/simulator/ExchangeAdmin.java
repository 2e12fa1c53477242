package io.twinleg.simulator;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an account or a market other than by requests over the network: its owner
 * deposits, transfers and trades manually; the exchange halts a coin, liquidates, deleverages. All
 * of it happens at once, at the exchange's present instant.
 */
public final class ExchangeAdmin {
  private final ExchangeState state;
  private final CollateralHandler collateral;
  private final Margin margin;
  private final MatchingEngine matching;
  private final RequestHandler requests;
  private final NetworkModel network;
  private final Consumer<ListedInstrument> statusListener;
  private final Runnable openTurn;

  ExchangeAdmin(
      ExchangeState state,
      CollateralHandler collateral,
      Margin margin,
      MatchingEngine matching,
      RequestHandler requests,
      NetworkModel network,
      Consumer<ListedInstrument> statusListener,
      Runnable openTurn) {
    this.state = state;
    this.collateral = collateral;
    this.margin = margin;
    this.matching = matching;
    this.requests = requests;
    this.network = network;
    this.statusListener = statusListener;
    this.openTurn = openTurn;
  }

  // ---- before the start; none of this is reported

  /** Opens an account with the exchange's fees and these balances. */
  public void open(AccountId id, Usd spotQuote, Usd perpQuote) {
    open(id, spotQuote, perpQuote, state.defaultFees(), null);
  }

  /**
   * Opens an account with terms of its own, as of another venue over the same books.
   *
   * @param minNotional the least value of an order, in quote; null: that of its instrument
   */
  public void open(
      AccountId id, Usd spotQuote, Usd perpQuote, FeeSchedule fees, @Nullable Usd minNotional) {
    Account account = state.openAccount(id, fees, minNotional);
    account.deposit(spotQuote, Leg.SPOT);
    account.deposit(perpQuote, Leg.PERP);
    account.takeChanged();
  }

  /** The fees of this account's fills from now on. */
  public void setFees(AccountId id, FeeSchedule fees) {
    state.account(id).setFeeSchedule(fees);
  }

  /**
   * Numbers the trades of this instrument by themselves, so that those of the others have the
   * numbers that they would have without it.
   */
  public void numberApart(InstrumentId id) {
    state.listing(id).numberApart();
  }

  /**
   * Orders and trades from before this exchange was opened had these numbers: no other gets one.
   */
  public void numberAfter(long order, long trade) {
    requests.numberAfter(order);
    matching.numberAfter(trade);
  }

  /** Applies a fill from before this exchange was opened. */
  public void restore(AccountId id, Fill fill) {
    numberAfter(fill.orderId(), fill.tradeId());
    state.account(id).apply(state.listing(fill.instrument()).instrument(), fill);
  }

  /** Applies a transfer between the wallets from before this exchange was opened. */
  public void restore(AccountId id, Usd amount, Leg from) {
    state.account(id).move(amount, from);
  }

  /** Applies a funding payment from before this exchange was opened. */
  public void restore(AccountId id, FundingPayment payment) {
    state.account(id).apply(payment);
  }

  // ---- the account's owner

  /** Into the account from outside; negative: out of it. */
  public void deposit(AccountId id, Usd amount, Leg into) {
    openTurn.run();
    Account account = state.account(id);
    account.deposit(amount, into);
    String text = amount + " USDC into " + CollateralHandler.wallet(into);
    network.stream(account, new ExecutionReport.CashTransfer(amount, text, state.now()));
  }

  /** Coins into the account from outside; negative: out of it. */
  public void depositCoins(AccountId id, InstrumentId spot, Quantity quantity) {
    openTurn.run();
    Account account = state.account(id);
    account.addCoins(state.listing(spot).id(), quantity);
    String text = quantity + " " + spot.market() + " into spot";
    network.stream(account, new ExecutionReport.CashTransfer(Usd.ZERO, text, state.now()));
  }

  /** Between the wallets. Returns false, and moves nothing, where so much is not free. */
  public boolean move(AccountId id, Usd amount, Leg from) {
    openTurn.run();
    return collateral.transfer(state.account(id), amount, from);
  }

  /** Out of the exchange. Returns false, and pays nothing, where so much is not free. */
  public boolean withdraw(AccountId id, Usd amount, Leg from) {
    openTurn.run();
    boolean free = collateral.isFree(state.account(id), amount, from);
    if (free) {
      deposit(id, amount.negated(), from);
    }
    return free;
  }

  /** Coins, from one account to another. Returns false where so many are not free. */
  public boolean sendCoins(AccountId from, AccountId to, InstrumentId spot, Quantity quantity) {
    openTurn.run();
    Account account = state.account(from);
    Quantity free = account.coins(spot).minus(account.orders().heldCoins(spot));
    boolean covered = quantity.isPositive() && !quantity.exceeds(free);
    if (covered) {
      depositCoins(from, spot, quantity.negated());
      depositCoins(to, spot, quantity);
    }
    return covered;
  }

  /**
   * A manual request of the owner. Its answers are returned and reported to no listener; fills and
   * changes of the account reach the account's listener as always.
   */
  public List<ExecutionReport> executeManually(AccountId id, Request request) {
    openTurn.run();
    return requests.execute(state.account(id), request);
  }

  // ---- the exchange

  /** As the margin engine would, in the book; also where the account has enough margin. */
  public void liquidate(AccountId id, InstrumentId perp, Quantity quantity) {
    openTurn.run();
    reduce(state.account(id), state.listing(perp), quantity);
  }

  /** Closes a part of the position at the mark, without the book and without a fee. */
  public void deleverage(AccountId id, InstrumentId perp, Quantity quantity) {
    openTurn.run();
    deleverage(state.account(id), state.listing(perp), quantity);
  }

  /**
   * @param delisted only orders that reduce are accepted, and what rests is cancelled
   * @param halted nothing trades
   */
  public void setStatus(InstrumentId id, boolean delisted, boolean halted) {
    openTurn.run();
    ListedInstrument listing = state.listing(id);
    listing.setStatus(delisted, halted);
    if (delisted) {
      state.accounts().forEach(account -> cancelAll(account, listing));
    }
    statusListener.accept(listing);
  }

  private void cancelAll(Account account, ListedInstrument listing) {
    account
        .orders()
        .resting(order -> order.listing() == listing)
        .forEach(order -> matching.cancel(order, "delistedCanceled"));
  }

  // ---- liquidation

  /**
   * Liquidates an account whose equity is below its maintenance margin: every perp order of it is
   * cancelled and every position is sold or bought back in the book, at any price. What the book
   * does not take stays and is tried again at the next turn. A loss beyond the collateral stays as
   * a negative balance, where a test can see it; no other account pays for it.
   */
  void liquidateIfUndermargined(Account account) {
    if (account.hasPosition() && margin.equity(account).isBelow(margin.maintenance(account))) {
      cancelPerpOrders(account);
      for (ListedInstrument perp : state.perps()) {
        reduce(account, perp, account.position(perp.instrument()).size().abs());
      }
    }
  }

  private void cancelPerpOrders(Account account) {
    List<Order> orders = account.orders().resting(order -> order.listing().isPerp());
    for (Order order : orders) {
      if (order.status() instanceof Order.Status.Working) {
        matching.cancel(order, "liquidatedCanceled");
      }
    }
  }

  /** Closes a part of a position in the book, with the taker's fee. */
  private void reduce(Account account, ListedInstrument perp, Quantity quantity) {
    Order order = requests.forced(account, perp, quantity, FillOrigin.LIQUIDATION);
    if (order.lots() > 0 && !perp.isHalted()) {
      matching.match(perp, order.side(), order.limit(), order);
      matching.end(order, "liquidated");
    }
  }

  /** Closes a part of a position at the mark, outside the book, without a fee. */
  private void deleverage(Account account, ListedInstrument perp, Quantity quantity) {
    Price mark =
        perp.mark().orElseThrow(() -> new IllegalStateException(perp.id() + " has no mark price"));
    Order order = requests.forced(account, perp, quantity, FillOrigin.DELEVERAGING);
    if (order.lots() > 0) {
      matching.fillOutsideTheBook(order, mark);
    }
  }
}
