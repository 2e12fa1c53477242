package io.twinleg.venue;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A venue's public side: market data, trades and their events, without an account or a key. */
public interface PublicMarket extends AutoCloseable {
  DataClient marketData();

  TradeFeed trades();

  EventSource events();

  /** Closes sockets and threads. */
  @Override
  void close();

  /** The tradable markets of a venue, sorted by name. */
  record Listing(List<Row> spot, List<Row> perps) {
    public Listing {
      spot = spot.stream().sorted(Comparator.comparing(Row::name)).toList();
      perps = perps.stream().sorted(Comparator.comparing(Row::name)).toList();
    }

    /**
     * One market, as its venue names it; a name that several pairs share appears as often.
     *
     * @param price the mark; null where it is not known
     * @param hourlyFunding the running period's estimate; null on spot and where it is not known
     * @param tick the step of the price where it stands now; null where it is not known
     */
    public record Row(
        String name,
        @Nullable BigDecimal price,
        @Nullable BigDecimal hourlyFunding,
        @Nullable BigDecimal tick,
        BigDecimal sizeStep) {}
  }
}
