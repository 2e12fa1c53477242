package io.twinleg.venue;

import java.util.List;

/** A venue's public side: market data, trades and their events, without an account or a key. */
public interface PublicMarket extends AutoCloseable {
  DataClient marketData();

  TradeFeed trades();

  EventSource events();

  /** Closes sockets and threads. */
  @Override
  void close();

  /** The tradable names of a venue, sorted. A name that several pairs share appears as often. */
  record Listing(List<String> spot, List<String> perps) {
    public Listing {
      spot = spot.stream().sorted().toList();
      perps = perps.stream().sorted().toList();
    }
  }
}
