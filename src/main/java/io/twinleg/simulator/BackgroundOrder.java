package io.twinleg.simulator;

/** A part of the crowd's size: nobody's in particular, so nobody is told when it fills. */
final class BackgroundOrder extends BookEntry {
  BackgroundOrder(long lots) {
    super(lots);
  }
}
