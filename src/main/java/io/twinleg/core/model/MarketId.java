package io.twinleg.core.model;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One carry market, named by its base as in the configuration: "HYPE". A market at another venue
 * than the run's own has that venue before its base, "aster/BTC": so that two venues may list one
 * coin, and a market says where it is traded.
 */
public record MarketId(String name) implements Comparable<MarketId> {
  /** No base has it: a configuration refuses it in a name. */
  private static final char SEPARATOR = '/';

  /**
   * A venue of a run. The first has no name: a run with one venue never needs one, and what
   * journals of such runs hold is the first's.
   */
  public record VenueId(String name) implements Comparable<VenueId> {
    public static final VenueId FIRST = new VenueId("");

    public boolean isFirst() {
      return name.isEmpty();
    }

    @Override
    public int compareTo(VenueId other) {
      return name.compareTo(other.name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public MarketId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a market needs a name");
    }
  }

  /** A market of this base at a venue. */
  public static MarketId at(VenueId venue, String base) {
    return new MarketId(venue.isFirst() ? base : venue.name() + SEPARATOR + base);
  }

  /** Where it is traded. */
  public VenueId venue() {
    int separator = name.indexOf(SEPARATOR);
    return separator < 0 ? VenueId.FIRST : new VenueId(name.substring(0, separator));
  }

  /** The coin, whatever the venue. */
  public String base() {
    return name.substring(name.indexOf(SEPARATOR) + 1);
  }

  /** The same elements: those of these markets in this order, then the others in theirs. */
  public static <T> List<T> inOrder(
      List<T> elements, Function<? super T, MarketId> market, List<MarketId> first) {
    return elements.stream()
        .sorted(
            Comparator.comparingInt(each -> {
              int index = first.indexOf(market.apply(each));
              return index < 0 ? first.size() : index;
            }))
        .toList();
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
