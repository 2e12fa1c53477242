package io.twinleg.venue;

/**
 * One venue: its market data, trading for one account, and the events of both. A venue knows no
 * decision, and its users do not know which venue it is.
 */
public interface Venue extends AutoCloseable {
  DataClient marketData();

  ExecutionClient trading();

  EventSource events();

  /** Closes sockets, threads and files. Orders stay as they are. */
  @Override
  void close();
}
