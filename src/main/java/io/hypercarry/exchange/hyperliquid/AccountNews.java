package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.FillRow;
import io.hypercarry.protocol.hyperliquid.FundingDelta;
import io.hypercarry.protocol.hyperliquid.LedgerRow;
import io.hypercarry.protocol.hyperliquid.OrderState;

/**
 * Who hears what happens to an account. Told on the exchange's thread, at the time at which the
 * venue's streams would tell it.
 */
interface AccountNews {
  void updated(OrderState order);

  void filled(FillRow fill);

  void funded(FundingDelta funding);

  void moved(LedgerRow row);

  /** Balances, positions or open orders are not what they were. */
  void changed();
}
