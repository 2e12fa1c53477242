package io.twinleg.simulator;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens to an account or a market other than by requests through the wire: its owner
 * deposits, moves money and trades by hand; the exchange halts a coin, liquidates, deleverages. All
 * of it happens at once, at the exchange's present instant.
 */
public final class ExchangeAdmin {
  private final Accounts accounts;
  private final Listings listings;
  private final WalletTransfers transfers;
  private final Liquidations liquidations;
  private final MatchingEngine matching;
  private final RequestHandler requests;
  private final NetworkModel wire;
  private final InstantSource clock;
  private final Consumer<ListedInstrument> statusNews;
  private final Runnable stir;

  ExchangeAdmin(
      Accounts accounts,
      Listings listings,
      WalletTransfers transfers,
      Liquidations liquidations,
      MatchingEngine matching,
      RequestHandler requests,
      NetworkModel wire,
      InstantSource clock,
      Consumer<ListedInstrument> statusNews,
      Runnable stir) {
    this.accounts = accounts;
    this.listings = listings;
    this.transfers = transfers;
    this.liquidations = liquidations;
    this.matching = matching;
    this.requests = requests;
    this.wire = wire;
    this.clock = clock;
    this.statusNews = statusNews;
    this.stir = stir;
  }

  /** Opens an account, with what is in its two wallets from the start; nobody is told. */
  public void open(AccountId id, Usd spotQuote, Usd perpQuote) {
    open(accounts.open(id), spotQuote, perpQuote);
  }

  /** As a member of another venue than the one whose terms are the usual here. */
  public void open(AccountId id, Usd spotQuote, Usd perpQuote, FeeTerms terms) {
    open(accounts.open(id, terms), spotQuote, perpQuote);
  }

  private static void open(Account account, Usd spotQuote, Usd perpQuote) {
    account.deposit(spotQuote, Leg.SPOT);
    account.deposit(perpQuote, Leg.PERP);
    account.takeChanged();
  }

  /** What an account traded before this exchange was opened: nobody is told. */
  public void restore(AccountId id, Fill fill) {
    accounts.get(id).apply(listings.get(fill.instrument()).instrument(), fill);
  }

  /** What an account moved between its wallets before this exchange was opened: nobody is told. */
  public void restore(AccountId id, Usd moved, Leg from) {
    accounts.get(id).move(moved, from);
  }

  /** What an account was paid before this exchange was opened: nobody is told. */
  public void restore(AccountId id, FundingPayment payment) {
    accounts.get(id).apply(payment);
  }

  /** Into the account from outside; negative: out of it. */
  public void deposit(AccountId id, Usd amount, Leg into) {
    stir.run();
    Account account = accounts.get(id);
    account.deposit(amount, into);
    String what = amount + " USDC into " + WalletTransfers.wallet(into);
    wire.stream(account, new ExecutionReport.Transferred(amount, what, clock.instant()));
  }

  /** Coins of the owner's own, from outside. */
  public void depositCoins(AccountId id, InstrumentId spot, Quantity quantity) {
    stir.run();
    Account account = accounts.get(id);
    account.addCoins(listings.get(spot).id(), quantity);
    String what = quantity + " " + spot.market() + " into spot";
    wire.stream(account, new ExecutionReport.Transferred(Usd.ZERO, what, clock.instant()));
  }

  /** Between the wallets. Returns false, and moves nothing, where so much is not free. */
  public boolean move(AccountId id, Usd amount, Leg from) {
    stir.run();
    return transfers.move(accounts.get(id), amount, from);
  }

  /**
   * Out of the exchange, at the owner's wish. Returns false, and pays nothing, where so much is not
   * free.
   */
  public boolean withdraw(AccountId id, Usd amount, Leg from) {
    stir.run();
    boolean can = transfers.canLeave(accounts.get(id), amount, from);
    if (can) {
      deposit(id, amount.negated(), from);
    }
    return can;
  }

  /** Coins, from one account to another. Returns false where so many are not free. */
  public boolean sendCoins(AccountId from, AccountId to, InstrumentId spot, Quantity quantity) {
    stir.run();
    Account account = accounts.get(from);
    Quantity free = account.coins(spot).minus(account.orders().heldCoins(spot));
    boolean can = quantity.isPositive() && !quantity.exceeds(free);
    if (can) {
      depositCoins(from, spot, quantity.negated());
      depositCoins(to, spot, quantity);
    }
    return can;
  }

  /**
   * A request of the owner by hand. Its answers are returned here and nobody else is told them;
   * fills and changes of the account reach the account's connection as always.
   */
  public List<ExecutionReport> byHand(AccountId id, Request request) {
    stir.run();
    return requests.execute(accounts.get(id), request);
  }

  /** As the margin engine would, in the book: also where the account could carry the position. */
  public void liquidate(AccountId id, InstrumentId perp, Quantity quantity) {
    stir.run();
    liquidations.reduce(accounts.get(id), listings.get(perp), quantity);
  }

  /** Closes a part of the position at the mark, without the book and without a fee. */
  public void deleverage(AccountId id, InstrumentId perp, Quantity quantity) {
    stir.run();
    liquidations.deleverage(accounts.get(id), listings.get(perp), quantity);
  }

  /**
   * @param delisted the coin is to go: only orders that leave it are taken, and what rests is
   *     cancelled
   * @param halted nothing trades
   */
  public void setStatus(InstrumentId id, boolean delisted, boolean halted) {
    stir.run();
    ListedInstrument listing = listings.get(id);
    listing.setStatus(delisted, halted);
    if (delisted) {
      accounts.all().forEach(account -> cancelAll(account, listing));
    }
    statusNews.accept(listing);
  }

  private void cancelAll(Account account, ListedInstrument listing) {
    account.orders().resting(order -> order.listing() == listing).stream()
        .forEach(order -> matching.cancel(order, "delistedCanceled"));
  }
}
