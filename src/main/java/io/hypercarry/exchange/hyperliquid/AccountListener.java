package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.hyperliquid.FillRow;
import io.hypercarry.protocol.hyperliquid.FundingDelta;
import io.hypercarry.protocol.hyperliquid.LedgerRow;
import io.hypercarry.protocol.hyperliquid.OrderState;

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
