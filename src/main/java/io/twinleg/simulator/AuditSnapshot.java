package io.twinleg.simulator;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The exchange's own books of one account, to check a ledger against.
 *
 * @param perpQuote collateral with all that was realised, paid and received, without unrealised PnL
 * @param positions signed sizes, {@code entries} their entry notional, unsigned
 * @param feesPaid in quote, each at its own fill's price
 * @param fundingReceived positive: the account received it
 * @param realisedPnl of perps, before fees and funding; a spot wallet has no cost basis
 * @param deposited quote that came from outside, coins not counted
 */
public record AuditSnapshot(
    Usd spotQuote,
    Usd perpQuote,
    Map<InstrumentId, Quantity> coins,
    Map<InstrumentId, Quantity> positions,
    Map<InstrumentId, Usd> entries,
    Usd feesPaid,
    Usd fundingReceived,
    Usd realisedPnl,
    Usd deposited,
    List<Fill> fills) {

  public AuditSnapshot {
    coins = Collections.unmodifiableMap(new TreeMap<>(coins));
    positions = Collections.unmodifiableMap(new TreeMap<>(positions));
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    fills = List.copyOf(fills);
  }

  static AuditSnapshot of(Account account) {
    Map<InstrumentId, Quantity> sizes = new TreeMap<>();
    Map<InstrumentId, Usd> entries = new TreeMap<>();
    account.positions().forEach((perp, held) -> sizes.put(perp, held.size()));
    account.positions().forEach((perp, held) -> entries.put(perp, held.entry()));
    return new AuditSnapshot(
        account.spotQuote(),
        account.perpQuote(),
        account.coins(),
        sizes,
        entries,
        account.fees(),
        account.funding(),
        account.realised(),
        account.deposited(),
        account.fills());
  }

  public Quantity coins(InstrumentId spot) {
    return coins.getOrDefault(spot, Quantity.ZERO);
  }

  public Quantity position(InstrumentId perp) {
    return positions.getOrDefault(perp, Quantity.ZERO);
  }

  /** Both wallets with their coins and positions; {@code marks} is called for what is held only. */
  public Usd equity(Function<InstrumentId, Price> marks) {
    Usd equity = spotQuote.plus(perpQuote);
    for (Map.Entry<InstrumentId, Quantity> coin : coins.entrySet()) {
      if (!coin.getValue().isZero()) {
        equity = equity.plus(marks.apply(coin.getKey()).times(coin.getValue()));
      }
    }
    for (Map.Entry<InstrumentId, Quantity> position : positions.entrySet()) {
      if (!position.getValue().isZero()) {
        equity = equity.plus(unrealised(position.getKey(), position.getValue(), marks));
      }
    }
    return equity;
  }

  private Usd unrealised(InstrumentId perp, Quantity size, Function<InstrumentId, Price> marks) {
    Usd entry = entries.getOrDefault(perp, Usd.ZERO);
    Usd value = marks.apply(perp).times(size);
    return size.signum() < 0 ? value.plus(entry) : value.minus(entry);
  }
}
