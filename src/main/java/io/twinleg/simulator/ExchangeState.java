package io.twinleg.simulator;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the exchange share: the present instant, the events scheduled for later, the
 * listed instruments and the accounts. Instruments and accounts are iterated in the order of their
 * ids; scheduled events run in the order of time, and of being scheduled where the times are equal.
 */
final class ExchangeState {
  /**
   * @param remembered whether an owner plans it again after a restore
   */
  private record Scheduled(Due due, Runnable action, boolean remembered) {}

  private final transient PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(Comparator.comparing(Scheduled::due));
  private final transient List<Instrument> instruments;
  private final Map<InstrumentId, ListedInstrument> listings = new TreeMap<>();
  private final Map<AccountId, Account> accounts = new TreeMap<>();
  private final transient FeeSchedule defaultFees;
  private Instant now;
  private long scheduled;
  private @Nullable StoredOrders stored;

  ExchangeState(List<Instrument> instruments, FeeSchedule defaultFees, Instant start) {
    this.instruments = List.copyOf(instruments);
    this.defaultFees = defaultFees;
    now = start;
    for (Instrument instrument : instruments) {
      if (listings.put(instrument.id(), new ListedInstrument(instrument)) != null) {
        throw new IllegalArgumentException(instrument.id() + " is listed twice");
      }
    }
  }

  // ---- time

  Instant now() {
    return now;
  }

  void setNow(Instant now) {
    this.now = now;
  }

  void schedule(Instant time, Runnable action) {
    queue.add(new Scheduled(next(time), action, false));
  }

  /** For an owner that remembers what it planned. */
  Due remember(Instant time, Runnable action) {
    Due due = next(time);
    again(due, action);
    return due;
  }

  Due next(Instant time) {
    return new Due(time, scheduled++);
  }

  void again(Due due, Runnable action) {
    queue.add(new Scheduled(due, action, true));
  }

  Optional<Instant> nextScheduled() {
    return Optional.ofNullable(queue.peek()).map(next -> next.due().time());
  }

  void runNextScheduled() {
    queue.remove().action().run();
  }

  // ---- snapshots

  void store() {
    if (!queue.stream().allMatch(Scheduled::remembered)) {
      throw new IllegalStateException("something is planned that a snapshot cannot hold");
    }
    stored = StoredOrders.of(this);
  }

  void resume() {
    queue.clear();
    Objects.requireNonNull(stored).into(this);
    stored = null;
  }

  // ---- instruments

  List<Instrument> instruments() {
    return instruments;
  }

  ListedInstrument listing(InstrumentId id) {
    return findListing(id)
        .orElseThrow(() -> new IllegalArgumentException(id + " is not traded here"));
  }

  Optional<ListedInstrument> findListing(InstrumentId id) {
    return Optional.ofNullable(listings.get(id));
  }

  /** In the order of their ids. */
  Collection<ListedInstrument> listings() {
    return listings.values();
  }

  List<ListedInstrument> perps() {
    return listings.values().stream().filter(ListedInstrument::isPerp).toList();
  }

  // ---- accounts

  FeeSchedule defaultFees() {
    return defaultFees;
  }

  /**
   * @param minNotional the least value of an order of this account; null: its instrument's
   */
  Account openAccount(AccountId id, FeeSchedule fees, @Nullable Usd minNotional) {
    Account account = new Account(id, fees, minNotional);
    if (accounts.putIfAbsent(id, account) != null) {
      throw new IllegalArgumentException("account " + id + " exists already");
    }
    return account;
  }

  Account account(AccountId id) {
    Account account = accounts.get(id);
    if (account == null) {
      throw new IllegalArgumentException("there is no account " + id);
    }
    return account;
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  /**
   * The orders of all accounts and the books that they rest in, as values: an order stands in its
   * account and in its book at once, which a snapshot of fields cannot say.
   */
  record StoredOrders(List<StoredOrder> orders, Map<InstrumentId, StoredBook> books) {

    /**
     * Of one account those with a client order id in the order of their arrival, then the others.
     */
    record StoredOrder(
        AccountId account,
        long id,
        InstrumentId instrument,
        Request.Place terms,
        long limit,
        FillOrigin origin,
        long lots,
        List<Fill> fills,
        Order.Status status) {

      private static StoredOrder of(Order order) {
        return new StoredOrder(
            order.account().id(),
            order.id(),
            order.listing().id(),
            order.terms(),
            order.limit(),
            order.origin(),
            order.lots(),
            List.copyOf(order.fills()),
            order.status());
      }

      private Order order(ExchangeState state) {
        return Order.restored(state.account(account), state.listing(instrument), this);
      }
    }

    record StoredBook(long version, List<StoredLevel> bids, List<StoredLevel> asks) {}

    /** One price of one side, first come first. */
    record StoredLevel(long price, List<StoredEntry> queue) {}

    /**
     * @param order whose; 0 where it is the market model's
     */
    record StoredEntry(long order, long lots) {
      private static StoredEntry of(OrderBook.BookEntry entry) {
        return switch (entry) {
          case Order order -> new StoredEntry(order.id(), order.lots());
          case OrderBook.BackgroundOrder quote -> new StoredEntry(0, quote.lots());
        };
      }
    }

    // ---- to store

    static StoredOrders of(ExchangeState state) {
      List<StoredOrder> orders = new ArrayList<>();
      for (Account account : state.accounts()) {
        Set<Order> all = new LinkedHashSet<>(account.orders().known());
        all.addAll(account.orders().resting());
        all.forEach(order -> orders.add(StoredOrder.of(order)));
      }
      Map<InstrumentId, StoredBook> books = new LinkedHashMap<>();
      for (ListedInstrument listing : state.listings()) {
        OrderBook book = listing.book();
        books.put(
            listing.id(),
            new StoredBook(book.version(), levels(book, Side.BUY), levels(book, Side.SELL)));
      }
      return new StoredOrders(orders, books);
    }

    private static List<StoredLevel> levels(OrderBook book, Side side) {
      return book.side(side).levels().stream()
          .map(level ->
              new StoredLevel(level.price(), level.queue().stream().map(StoredEntry::of).toList()))
          .toList();
    }

    // ---- to restore

    /** Into an exchange without orders; what its books have is forgotten. */
    void into(ExchangeState state) {
      Map<Long, Order> byId = new LinkedHashMap<>();
      for (StoredOrder stored : orders) {
        Order order = stored.order(state);
        byId.put(order.id(), order);
        order.account().orders().register(order);
      }
      for (ListedInstrument listing : state.listings()) {
        StoredBook stored = books.get(listing.id());
        if (stored == null) {
          throw new IllegalArgumentException("no book of " + listing.id());
        }
        listing.book().clear();
        fill(listing.book(), Side.BUY, stored.bids(), byId);
        fill(listing.book(), Side.SELL, stored.asks(), byId);
        listing.book().setVersion(stored.version());
      }
      byId.values().stream()
          .filter(order -> order.status() instanceof Order.Status.Working)
          .forEach(order -> order.account().orders().rest(order));
    }

    private static void fill(
        OrderBook book, Side side, List<StoredLevel> levels, Map<Long, Order> byId) {
      for (StoredLevel level : levels) {
        for (StoredEntry entry : level.queue()) {
          OrderBook.BookEntry restored =
              entry.order() == 0
                  ? new OrderBook.BackgroundOrder(entry.lots())
                  : Objects.requireNonNull(byId.get(entry.order()), "its book has another order");
          book.side(side).restore(level.price(), restored);
        }
      }
    }
  }
}
