package io.twinleg.core.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account as the venue sees it, whatever its mode.
 *
 * @param freeForSpot quote that may buy spot now; in a pooled account the same money as {@code
 *     freeForPerp}
 * @param freeForPerp collateral that may open perp positions now
 * @param perpEquity collateral and unrealised PnL of the perp wallet (pooled: of the pool)
 * @param quoteBalance all quote in the spot wallet, held or not
 */
public record AccountState(
    boolean pooled,
    Usd freeForSpot,
    Usd freeForPerp,
    Usd perpEquity,
    Usd maintenanceMargin,
    Usd quoteBalance,
    List<SpotBalance> balances,
    List<PerpPosition> positions,
    List<OpenOrder> openOrders) {

  /**
   * Base coins of one market: {@code hold} is the part in open orders, included in {@code total}.
   */
  public record SpotBalance(InstrumentId instrument, Quantity total, Quantity hold) {}

  /**
   * Signed: negative is short.
   *
   * @param mark the price at which the venue valued it in this report, where it says so
   */
  public record PerpPosition(
      InstrumentId instrument,
      Quantity size,
      Usd entryNotional,
      int leverage,
      Optional<Price> mark) {

    public PerpPosition(InstrumentId instrument, Quantity size, Usd entryNotional, int leverage) {
      this(instrument, size, entryNotional, leverage, Optional.empty());
    }
  }

  /** {@code clientOrderId} is empty for an order placed without one. */
  public record OpenOrder(
      Optional<ClientOrderId> clientOrderId,
      InstrumentId instrument,
      Side side,
      Price price,
      Quantity remaining) {}

  public AccountState {
    balances = List.copyOf(balances);
    positions = List.copyOf(positions);
    openOrders = List.copyOf(openOrders);
  }

  /** Both accounts together, for people: no venue takes the money of another. */
  public AccountState plus(AccountState other) {
    return new AccountState(
        pooled && other.pooled,
        freeForSpot.plus(other.freeForSpot),
        freeForPerp.plus(other.freeForPerp),
        perpEquity.plus(other.perpEquity),
        maintenanceMargin.plus(other.maintenanceMargin),
        quoteBalance.plus(other.quoteBalance),
        joined(balances, other.balances),
        joined(positions, other.positions),
        joined(openOrders, other.openOrders));
  }

  private static <T> List<T> joined(List<T> ours, List<T> others) {
    return Stream.concat(ours.stream(), others.stream()).toList();
  }

  /** Neither money nor a coin nor a position nor an order: a new account, or no answer at all. */
  public boolean showsNothing() {
    return perpEquity.signum() == 0
        && quoteBalance.signum() == 0
        && freeForSpot.signum() == 0
        && freeForPerp.signum() == 0
        && balances.stream().allMatch(balance -> balance.total().isZero())
        && positions.stream().allMatch(position -> position.size().isZero())
        && openOrders.isEmpty();
  }

  public Quantity spotTotal(InstrumentId instrument) {
    return balances.stream()
        .filter(balance -> balance.instrument().equals(instrument))
        .map(SpotBalance::total)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  /** At which a position is carried; empty where there is none. */
  public Optional<Integer> leverage(InstrumentId perp) {
    return positions.stream()
        .filter(position -> position.instrument().equals(perp) && !position.size().isZero())
        .map(PerpPosition::leverage)
        .findFirst();
  }

  public Quantity perpSize(InstrumentId instrument) {
    return positions.stream()
        .filter(position -> position.instrument().equals(instrument))
        .map(PerpPosition::size)
        .reduce(Quantity.ZERO, Quantity::plus);
  }
}
