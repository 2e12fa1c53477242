package io.twinleg.core.model;

/** One carry market, named by its base as in the configuration: "HYPE". */
public record MarketId(String name) implements Comparable<MarketId> {
  public MarketId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a market needs a name");
    }
  }

  @Override
  public int compareTo(MarketId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
