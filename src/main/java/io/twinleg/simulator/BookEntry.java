package io.twinleg.simulator;

/** Something with a size that waits in a queue of the book, or that is on its way into it. */
abstract sealed class BookEntry permits BackgroundOrder, Order {
  private long lots;

  BookEntry(long lots) {
    this.lots = lots;
  }

  /** What can still fill. */
  final long lots() {
    return lots;
  }

  final void setLots(long lots) {
    if (lots < 0) {
      throw new IllegalStateException("filled more than there was");
    }
    this.lots = lots;
  }
}
