package io.twinleg.venue;

/**
 * One venue behind one door: what it shows to anybody, what it does for our account, and the facts
 * it sends. Nothing behind this port knows of a decision; nothing in front of it knows which venue
 * it is.
 */
public interface Venue extends AutoCloseable {
  DataClient marketData();

  ExecutionClient trading();

  EventSource events();

  /** Lets go of sockets, threads and files. Orders are untouched. */
  @Override
  void close();
}
