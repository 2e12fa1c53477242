package io.twinleg.core.model;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** One carry market, named by its base as in the configuration: "HYPE". */
public record MarketId(String name) implements Comparable<MarketId> {
  public MarketId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a market needs a name");
    }
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
