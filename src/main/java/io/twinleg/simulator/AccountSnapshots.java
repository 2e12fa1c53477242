package io.twinleg.simulator;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account written down: as its owner sees it, and as an auditor does. */
final class AccountSnapshots {
  private final Margin margin;

  AccountSnapshots(Margin margin) {
    this.margin = margin;
  }

  AccountState state(Account account) {
    Usd freeForSpot = account.spotQuote().minus(account.orders().heldQuote());
    return new AccountState(
        false,
        freeForSpot,
        margin.free(account),
        margin.equity(account),
        margin.maintenance(account),
        account.spotQuote(),
        balances(account),
        positions(account),
        account.orders().resting().stream().map(AccountSnapshots::openOrder).toList());
  }

  private static List<SpotBalance> balances(Account account) {
    return account.coins().entrySet().stream()
        .filter(coin -> !coin.getValue().isZero())
        .map(coin ->
            new SpotBalance(
                coin.getKey(), coin.getValue(), account.orders().heldCoins(coin.getKey())))
        .toList();
  }

  /** A flat position is none, whatever leverage its coin is set to. */
  private List<PerpPosition> positions(Account account) {
    return account.positions().entrySet().stream()
        .filter(held -> !held.getValue().isFlat())
        .map(held -> position(held.getKey(), held.getValue()))
        .toList();
  }

  private PerpPosition position(InstrumentId perp, Position held) {
    return new PerpPosition(perp, held.size(), held.entry(), held.leverage(), margin.mark(perp));
  }

  private static OpenOrder openOrder(Order order) {
    return new OpenOrder(
        order.name(), order.listing().id(), order.side(), order.terms().price(), order.remaining());
  }

  AuditSnapshot view(Account account) {
    Map<InstrumentId, Quantity> coins = new TreeMap<>(account.coins());
    Map<InstrumentId, Quantity> sizes = new TreeMap<>();
    Map<InstrumentId, Usd> entries = new TreeMap<>();
    account.positions().forEach((perp, held) -> sizes.put(perp, held.size()));
    account.positions().forEach((perp, held) -> entries.put(perp, held.entry()));
    return new AuditSnapshot(
        account.spotQuote(),
        account.perpQuote(),
        coins,
        sizes,
        entries,
        account.fees(),
        account.funding(),
        account.realised(),
        account.deposited(),
        account.fills());
  }
}
