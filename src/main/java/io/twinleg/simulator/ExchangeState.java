package io.twinleg.simulator;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the exchange share: the present instant, the events scheduled for later, the
 * listed instruments and the accounts. Instruments and accounts are iterated in the order of their
 * ids; scheduled events run in the order of time, and of being scheduled where the times are equal.
 */
final class ExchangeState {
  private record Scheduled(Instant time, long sequence, Runnable action) {}

  private final PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(
          Comparator.comparing(Scheduled::time).thenComparingLong(Scheduled::sequence));
  private final List<Instrument> instruments;
  private final Map<InstrumentId, ListedInstrument> listings = new TreeMap<>();
  private final Map<AccountId, Account> accounts = new TreeMap<>();
  private final FeeSchedule defaultFees;
  private Instant now;
  private long scheduled;

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
    queue.add(new Scheduled(time, scheduled++, action));
  }

  Optional<Instant> nextScheduled() {
    return Optional.ofNullable(queue.peek()).map(Scheduled::time);
  }

  void runNextScheduled() {
    queue.remove().action().run();
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
}
