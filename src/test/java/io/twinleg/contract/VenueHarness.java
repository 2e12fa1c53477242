package io.twinleg.contract;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import java.util.Optional;
import java.util.function.Function;

/**
 * Our exchange with a market that stands still until the test moves it, and an adapter for one
 * account, which has a thousand in each wallet.
 */
interface VenueHarness extends AutoCloseable {
  /** A price below the book, one at its best ask, one above everything, and a size of 20 or so. */
  record Numbers(String bid, String ask, String below, String farBelow, String size) {}

  Numbers numbers();

  MarketSymbols names();

  /** As the exchange lists it. */
  Instrument listed(Leg leg);

  ScriptedWorld world();

  AccountId account();

  /** Anew each time: the one before was closed. */
  Venue open();

  <T> T call(Function<Exchange, T> work);

  /** What the adapter sends to place an order: the first line of its request. */
  String orderRequest();

  /** Empty where there is none: the adapter is in the exchange's own process. */
  Optional<FaultyTransport> wire();

  @Override
  void close();
}
