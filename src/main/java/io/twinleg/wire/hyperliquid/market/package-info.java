/**
 * Public data: books, trades, candles, funding rates, the lists of perps and spot pairs with their
 * current figures, and the venue's clock. May import {@code wire.hyperliquid}.
 */
package io.twinleg.wire.hyperliquid.market;
