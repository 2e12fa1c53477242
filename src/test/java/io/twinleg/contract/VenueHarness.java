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
 * Our exchange with a market that only the test moves, and a venue adapter to it for one account,
 * which has a thousand in each wallet.
 */
interface VenueHarness extends AutoCloseable {
  /** A price below the book, one at its best ask, one above everything, and a size of 20 or so. */
  record Numbers(String bid, String ask, String below, String farBelow, String size) {}

  Numbers numbers();

  MarketSymbols symbols();

  /** As the exchange lists it. */
  Instrument listed(Leg leg);

  ScriptedWorld world();

  AccountId account();

  /** Anew each time: the one before was closed. */
  Venue open();

  <T> T call(Function<Exchange, T> work);

  /** A pattern of the first line of the request that places an order. */
  String orderRequest();

  /** Empty where the adapter is in the exchange's own process. */
  Optional<FaultyTransport> transport();

  @Override
  void close();
}
