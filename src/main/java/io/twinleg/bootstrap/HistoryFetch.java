package io.twinleg.bootstrap;

import io.twinleg.history.HistoryFiles;
import io.twinleg.history.HistoryFiles.Kind;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.venue.hyperliquid.market.HistoryClient;
import io.twinleg.venue.hyperliquid.market.ListedAssets;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Brings a folder of recordings up to what a Hyperliquid venue has. Each page is in its file,
 * whole, before the next is asked for, and the next fetch begins behind the last row that is there:
 * what ends a fetch costs a page at most.
 */
public final class HistoryFetch {
  private static final Duration HOUR = Duration.ofHours(1);

  private final HistoryFiles files;
  private final HistoryClient client;
  private final Instant from;
  private final Instant now;
  private final Instant until;
  private final Consumer<HistoryFiles.Imported> progress;

  /**
   * @param from of a file that has no row yet
   * @param until no hour that ends later
   * @param progress receives what each page came to
   */
  public HistoryFetch(
      Path folder,
      HistoryClient client,
      Instant from,
      Instant until,
      Consumer<HistoryFiles.Imported> progress) {
    this.files = new HistoryFiles(folder);
    this.client = client;
    this.from = from.truncatedTo(ChronoUnit.HOURS);
    this.now = client.now();
    this.until = until.isBefore(now) ? until : now;
    this.progress = progress;
  }

  /** Funding and both candles of one market. */
  public void market(InstrumentCatalog market, ListedAssets listed) {
    funding(market.name());
    candles(Kind.PERP, market.name(), market.name());
    String spot =
        listed.spot().stream()
            .filter(pair -> pair.symbol().equals(market.spotSymbol()))
            .map(ListedAssets.SpotPair::wireName)
            .findFirst()
            .orElseThrow(() ->
                new UsageException(
                    "the venue lists no " + market.spotSymbol() + ", the spot of " + market));
    candles(Kind.SPOT, market.recordedSpot(), spot);
  }

  private Instant begin(Kind kind, String coin) {
    return files.last(kind, coin).map(last -> last.plus(HOUR)).orElse(from);
  }

  /** Until a page brings nothing new: how many rows a full page has is the venue's business. */
  private void funding(String coin) {
    Instant next = begin(Kind.FUNDING, coin);
    boolean more = next.isBefore(until);
    while (more) {
      Instant begun = next;
      List<HyperliquidFundingRow> page = client.funding(coin, next, now);
      Map<Instant, List<String>> rows = new TreeMap<>();
      for (HyperliquidFundingRow row : page) {
        Instant at = Instant.ofEpochMilli(row.time());
        next = at.isBefore(next) ? next : at.plusMillis(1);
        if (!at.isAfter(until)) {
          rows.putIfAbsent(
              at.truncatedTo(ChronoUnit.HOURS),
              List.of(Long.toString(row.time()), row.rate().toPlainString()));
        }
      }
      add(Kind.FUNDING, coin, rows);
      more = next.isAfter(begun) && next.isBefore(until);
    }
  }

  private void candles(Kind kind, String coin, String wireName) {
    Instant next = begin(kind, coin);
    boolean more = next.isBefore(until);
    while (more) {
      Map<Instant, List<String>> rows = new TreeMap<>();
      for (CandleRow row : client.candles(wireName, next, until)) {
        Instant open = Instant.ofEpochMilli(row.openTime());
        boolean isOver = !open.plus(HOUR).isAfter(until);
        if (isOver && !open.isBefore(next)) {
          rows.put(open, fields(row));
        }
      }
      add(kind, coin, rows);
      more = !rows.isEmpty();
      next = begin(kind, coin);
      more = more && !next.plus(HOUR).isAfter(until);
    }
  }

  private static List<String> fields(CandleRow row) {
    return List.of(
        Long.toString(row.openTime()),
        row.open().toPlainString(),
        row.high().toPlainString(),
        row.low().toPlainString(),
        row.close().toPlainString(),
        row.volume().toPlainString());
  }

  private void add(Kind kind, String coin, Map<Instant, List<String>> rows) {
    if (!rows.isEmpty()) {
      progress.accept(files.add(kind, coin, new ArrayList<>(rows.values())));
    }
  }
}
