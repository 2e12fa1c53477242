package io.twinleg.venue.aster;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.wire.aster.AsterSpotAccount;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.PositionRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads both wallets as one account. They are separate on Aster, and the owner moves money between
 * them.
 */
final class AccountQueries {
  private static final String QUOTE = "USDT";

  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final AsterInstrumentMap instruments;

  AccountQueries(AsterSpotAdapter spot, AsterPerpAdapter perp, AsterInstrumentMap instruments) {
    this.spot = spot;
    this.perp = perp;
    this.instruments = instruments;
  }

  AccountState read() {
    AsterSpotAccount wallet = spot.account();
    FuturesAccount futures = perp.account();
    AsterSpotAccount.Balance quote = wallet.of(QUOTE);
    return new AccountState(
        false,
        new Usd(quote.free()),
        new Usd(free(futures)),
        new Usd(futures.marginBalance()),
        new Usd(futures.maintenance()),
        new Usd(quote.total()),
        balances(wallet),
        positions(),
        openOrders());
  }

  /**
   * In multi-asset mode each asset shows the headroom of all: the smaller of what USDT and what the
   * account may open.
   */
  private static BigDecimal free(FuturesAccount futures) {
    return futures
        .find(QUOTE)
        .map(FuturesAccount.Asset::available)
        .orElse(futures.available())
        .min(futures.available());
  }

  private List<AccountState.SpotBalance> balances(AsterSpotAccount wallet) {
    List<AccountState.SpotBalance> held = new ArrayList<>();
    for (Instrument instrument : instruments.all(Leg.SPOT)) {
      AsterSpotAccount.Balance coins = wallet.of(base(instrument));
      if (coins.total().signum() != 0) {
        held.add(
            new AccountState.SpotBalance(
                instrument.id(), new Quantity(coins.total()), new Quantity(coins.locked())));
      }
    }
    return held;
  }

  private static String base(Instrument instrument) {
    String symbol = instrument.wireName();
    return symbol.substring(0, symbol.length() - QUOTE.length());
  }

  private List<AccountState.PerpPosition> positions() {
    List<AccountState.PerpPosition> held = new ArrayList<>();
    for (PositionRow row : perp.positions()) {
      Optional<Instrument> instrument = instruments.find(Leg.PERP, row.symbol());
      if (!row.isFlat() && instrument.isPresent()) {
        held.add(
            new AccountState.PerpPosition(
                instrument.get().id(),
                new Quantity(row.amount()),
                new Usd(row.amount().abs().multiply(row.entryPrice())),
                row.leverage()));
      }
    }
    return held;
  }

  private List<AccountState.OpenOrder> openOrders() {
    List<AccountState.OpenOrder> open = new ArrayList<>();
    for (Instrument instrument : instruments.all()) {
      AsterLegAdapter adapter = instrument.leg() == Leg.SPOT ? spot : perp;
      adapter.openOrders(instrument.wireName()).forEach(row -> open.add(order(instrument, row)));
    }
    return open;
  }

  private static AccountState.OpenOrder order(Instrument instrument, OrderReply row) {
    return new AccountState.OpenOrder(
        FillMapper.clientOrderId(row.clientOrderId()),
        instrument.id(),
        row.side(),
        Price.reference(row.price()),
        new Quantity(row.remaining()));
  }
}
