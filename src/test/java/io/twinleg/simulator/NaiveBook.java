package io.twinleg.simulator;

import io.twinleg.core.model.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A book so simple that it is plainly right: one list, searched from end to end every time. */
final class NaiveBook {
  /** Prices in 10^-8, sizes in lots. Background quotes have owner 0. */
  record Entry(long arrival, int owner, int order, Side side, long price, long lots) {}

  record Trade(int takerOrder, int makerOrder, long price, long lots) {}

  final List<Entry> entries = new ArrayList<>();
  final List<Trade> trades = new ArrayList<>();
  private long arrivals;

  /** Returns what is left. */
  long take(int owner, int order, Side side, long limit, long lots) {
    long left = lots;
    while (left > 0) {
      Optional<Entry> best = best(side.opposite()).filter(it -> reaches(side, limit, it.price()));
      if (best.isEmpty()) {
        return left;
      }
      Entry maker = best.get();
      if (owner != 0 && maker.owner() == owner) {
        entries.remove(maker);
        continue;
      }
      long traded = Math.min(left, maker.lots());
      trades.add(new Trade(order, maker.order(), maker.price(), traded));
      replace(maker, maker.lots() - traded);
      left -= traded;
    }
    return 0;
  }

  /** Two background sizes directly behind each other are merged into one. */
  void rest(int owner, int order, Side side, long price, long lots) {
    for (int i = entries.size() - 1; i >= 0 && owner == 0; i--) {
      Entry last = entries.get(i);
      if (last.side() == side && last.price() == price) {
        if (last.owner() == 0) {
          replace(last, last.lots() + lots);
          return;
        }
        break;
      }
    }
    entries.add(new Entry(arrivals++, owner, order, side, price, lots));
  }

  void cancel(int order) {
    entries.removeIf(entry -> entry.order() == order && entry.owner() != 0);
  }

  void quote(long[][] bids, long[][] asks) {
    shrink(Side.BUY, bids);
    shrink(Side.SELL, asks);
    grow(Side.BUY, bids);
    grow(Side.SELL, asks);
  }

  private void shrink(Side side, long[][] quotes) {
    for (long price : entries.stream().mapToLong(Entry::price).distinct().toArray()) {
      long excess = backgroundAt(side, price) - quoted(quotes, price);
      for (int i = entries.size() - 1; i >= 0 && excess > 0; i--) {
        Entry entry = entries.get(i);
        if (entry.owner() == 0 && entry.side() == side && entry.price() == price) {
          long gone = Math.min(excess, entry.lots());
          replace(entry, entry.lots() - gone);
          excess -= gone;
        }
      }
    }
  }

  private void grow(Side side, long[][] quotes) {
    for (long[] quote : quotes) {
      long more = quote[1] - backgroundAt(side, quote[0]);
      if (more > 0) {
        long left = take(0, 0, side, quote[0], more);
        if (left > 0) {
          rest(0, 0, side, quote[0], left);
        }
      }
    }
  }

  private static long quoted(long[][] quotes, long price) {
    for (long[] quote : quotes) {
      if (quote[0] == price) {
        return quote[1];
      }
    }
    return 0;
  }

  private long backgroundAt(Side side, long price) {
    return entries.stream()
        .filter(it -> it.owner() == 0 && it.side() == side && it.price() == price)
        .mapToLong(Entry::lots)
        .sum();
  }

  private void replace(Entry entry, long lots) {
    int at = entries.indexOf(entry);
    if (lots == 0) {
      entries.remove(at);
    } else {
      entries.set(
          at,
          new Entry(
              entry.arrival(), entry.owner(), entry.order(), entry.side(), entry.price(), lots));
    }
  }

  Optional<Entry> best(Side side) {
    Optional<Entry> best = Optional.empty();
    for (Entry entry : entries) {
      if (entry.side() == side && best.filter(it -> !isBetter(entry, it)).isEmpty()) {
        best = Optional.of(entry);
      }
    }
    return best;
  }

  private static boolean isBetter(Entry one, Entry other) {
    long advantage = (one.price() - other.price()) * one.side().sign();
    return advantage > 0 || (advantage == 0 && one.arrival() < other.arrival());
  }

  private static boolean reaches(Side taker, long limit, long price) {
    return taker == Side.BUY ? price <= limit : price >= limit;
  }

  long lotsAt(Side side, long price) {
    return entries.stream()
        .filter(it -> it.side() == side && it.price() == price)
        .mapToLong(Entry::lots)
        .sum();
  }
}
