package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidTradeRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Candles and trades of the markets. The exchange does not report background trades, so candles
 * follow the middle of the book, with the volume of the accounts; trades are those of the accounts.
 */
final class MarketHistory {
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
  private static final int MINUTES_KEPT = 20_000;
  private static final int CANDLES_MAX = 5000;
  private static final int TRADES_KEPT = 500;
  private static final Map<String, Duration> INTERVALS = intervals();

  private final Map<String, NavigableMap<Long, CandleRow>> minutes = new TreeMap<>();
  private final Map<String, List<HyperliquidTradeRow>> trades = new TreeMap<>();

  private static Map<String, Duration> intervals() {
    Map<String, Duration> intervals = new LinkedHashMap<>();
    for (int minutes : new int[] {1, 3, 5, 15, 30}) {
      intervals.put(minutes + "m", Duration.ofMinutes(minutes));
    }
    for (int hours : new int[] {1, 2, 4, 8, 12}) {
      intervals.put(hours + "h", Duration.ofHours(hours));
    }
    intervals.put("1d", Duration.ofDays(1));
    intervals.put("3d", Duration.ofDays(3));
    intervals.put("1w", Duration.ofDays(7));
    intervals.put("1M", Duration.ofDays(30));
    return intervals;
  }

  /** The middle of a book, now. */
  void see(Exchange exchange, Instrument instrument) {
    Universe.InstrumentValuation.mid(exchange.book(instrument.id()))
        .ifPresent(mid -> see(instrument.wireName(), mid.value(), exchange.now()));
  }

  private void see(String coin, BigDecimal price, Instant now) {
    NavigableMap<Long, CandleRow> own = minutes.computeIfAbsent(coin, each -> new TreeMap<>());
    long open = now.toEpochMilli() / MINUTE_MS * MINUTE_MS;
    CandleRow known = own.get(open);
    own.put(open, known == null ? flat(coin, "1m", open, MINUTE_MS, price) : with(known, price));
    if (own.size() > MINUTES_KEPT) {
      own.pollFirstEntry();
    }
  }

  private static CandleRow flat(
      String coin, String interval, long open, long lengthMs, BigDecimal price) {
    long close = open + lengthMs - 1;
    return new CandleRow(
        open, close, coin, interval, price, price, price, price, BigDecimal.ZERO, 0);
  }

  private static CandleRow with(CandleRow candle, BigDecimal price) {
    return new CandleRow(
        candle.openTime(),
        candle.closeTime(),
        candle.coin(),
        candle.interval(),
        candle.open(),
        price,
        candle.high().max(price),
        candle.low().min(price),
        candle.volume(),
        candle.trades());
  }

  /** A trade of an account as the taker: its maker is the other side of the same trade. */
  void traded(FillRow fill, String user) {
    if (fill.crossed()) {
      List<HyperliquidTradeRow> own =
          trades.computeIfAbsent(fill.coin(), each -> new ArrayList<>());
      own.add(trade(fill, user));
      if (own.size() > TRADES_KEPT) {
        own.removeFirst();
      }
      count(fill);
    }
  }

  static HyperliquidTradeRow trade(FillRow fill, String user) {
    String background = "0x" + "0".repeat(40);
    return new HyperliquidTradeRow(
        fill.coin(),
        fill.isBuy(),
        fill.price(),
        fill.size(),
        fill.time(),
        fill.hash(),
        fill.tid(),
        fill.isBuy() ? List.of(user, background) : List.of(background, user));
  }

  private void count(FillRow fill) {
    NavigableMap<Long, CandleRow> own =
        minutes.computeIfAbsent(fill.coin(), each -> new TreeMap<>());
    own.computeIfPresent(
        fill.time() / MINUTE_MS * MINUTE_MS,
        (open, candle) ->
            new CandleRow(
                candle.openTime(),
                candle.closeTime(),
                candle.coin(),
                candle.interval(),
                candle.open(),
                candle.close(),
                candle.high(),
                candle.low(),
                candle.volume().add(fill.size()),
                candle.trades() + 1));
  }

  /** Newest first. */
  List<HyperliquidTradeRow> trades(String coin) {
    return trades.getOrDefault(coin, List.of()).reversed();
  }

  static boolean isInterval(String interval) {
    return INTERVALS.containsKey(interval);
  }

  List<CandleRow> candles(String coin, String interval, long from, long to) {
    long length = Optional.ofNullable(INTERVALS.get(interval)).orElseThrow().toMillis();
    NavigableMap<Long, CandleRow> all = new TreeMap<>();
    minutes
        .getOrDefault(coin, new TreeMap<>())
        .forEach((open, minute) ->
            all.merge(
                open / length * length,
                within(minute, interval, open / length * length, length),
                MarketHistory::joined));
    List<CandleRow> found =
        List.copyOf(all.subMap(from / length * length, true, Math.max(from, to), true).values());
    return found.subList(Math.max(0, found.size() - CANDLES_MAX), found.size());
  }

  Optional<CandleRow> newest(String coin, String interval, long now) {
    List<CandleRow> candles = candles(coin, interval, 0, now);
    return candles.isEmpty() ? Optional.empty() : Optional.of(candles.getLast());
  }

  private static CandleRow within(CandleRow minute, String interval, long open, long length) {
    return new CandleRow(
        open,
        open + length - 1,
        minute.coin(),
        interval,
        minute.open(),
        minute.close(),
        minute.high(),
        minute.low(),
        minute.volume(),
        minute.trades());
  }

  private static CandleRow joined(CandleRow first, CandleRow next) {
    return new CandleRow(
        first.openTime(),
        first.closeTime(),
        first.coin(),
        first.interval(),
        first.open(),
        next.close(),
        first.high().max(next.high()),
        first.low().min(next.low()),
        first.volume().add(next.volume()),
        first.trades() + next.trades());
  }

  /** A day ago, or as far back as is known. */
  Optional<BigDecimal> dayAgo(String coin, Instant now) {
    NavigableMap<Long, CandleRow> own = minutes.getOrDefault(coin, new TreeMap<>());
    return Optional.ofNullable(own.ceilingEntry(now.minus(Duration.ofDays(1)).toEpochMilli()))
        .map(entry -> entry.getValue().open());
  }

  BigDecimal dayVolume(String coin, Instant now) {
    long since = now.minus(Duration.ofDays(1)).toEpochMilli();
    return minutes.getOrDefault(coin, new TreeMap<>()).tailMap(since, true).values().stream()
        .map(CandleRow::volume)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
