package io.twinleg.core.model;

/**
 * Our own name for an order, 16 bytes as 0x and 32 hex digits. Made once (specification 2.4),
 * unique for ever.
 */
public record ClientOrderId(String hex) implements Comparable<ClientOrderId> {
  private static final String MAGIC = "4843";
  private static final int VERSION = 1;

  public ClientOrderId {
    if (!hex.matches("0x[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a client order id is 0x and 32 hex digits, found " + hex);
    }
  }

  /**
   * magic(2) version(1) | book id(4) | market(2) | leg and purpose(1) | causing sequence(5) |
   * ordinal(1): a replay makes the same id, and a new order never repeats one.
   */
  public static ClientOrderId of(
      OrderIdTag book,
      int market,
      Leg leg,
      OrderPurpose purpose,
      long causingSequence,
      int ordinal) {
    if (market < 0 || market > 0xffff || ordinal < 0 || ordinal > 0xff) {
      throw new IllegalArgumentException(
          "market " + market + " or ordinal " + ordinal + " does not fit an id");
    }
    int legAndPurpose = leg.code() << 4 | purpose.code();
    return new ClientOrderId(
        String.format(
            "0x%s%02x%s%04x%02x%010x%02x",
            MAGIC, VERSION, book.hex(), market, legAndPurpose, causingSequence, ordinal));
  }

  /** Whether any journal of this program placed the order. */
  public boolean isOurs() {
    return hex.startsWith("0x" + MAGIC);
  }

  /** Whether an order on the account was placed by this journal. Any other is left alone. */
  public boolean belongsTo(OrderIdTag book) {
    return hex.startsWith(String.format("0x%s%02x%s", MAGIC, VERSION, book.hex()));
  }

  @Override
  public int compareTo(ClientOrderId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
