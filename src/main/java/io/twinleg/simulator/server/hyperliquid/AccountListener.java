package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OrderState;

/** Who passes on what happens to accounts. Told when the news arrives, on the exchange's thread. */
interface AccountListener {
  void updated(AccountId account, OrderState order);

  void filled(AccountId account, FillRow fill);

  void paid(AccountId account, FundingDelta payment);

  void moved(AccountId account, LedgerRow row);

  /** Ended by the venue and not by its owner. */
  void cancelledByVenue(AccountId account, HyperliquidOrderRecord order);

  /** Balances, positions or open orders are not what they were. */
  void changed(AccountId account);
}
