package io.twinleg.bench;

import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.wire.hyperliquid.market.BookScan;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A frame of a book of 20 levels a side, to its best levels and the depth of a clip. */
final class BookRows {
  private static final int LEVELS = 20;
  private static final int FRAMES = 64;
  private static final long CLIP_E8 = 60_000_000_000L;

  private final List<String> frames = new ArrayList<>();
  private final BookScan scan = new BookScan();
  private final BookScan.Levels bids = new BookScan.Levels();
  private final BookScan.Levels asks = new BookScan.Levels();
  private final JsonFactory json = new JsonFactory();
  private int next;

  BookRows() {
    for (int i = 0; i < FRAMES; i++) {
      frames.add(frame(i));
    }
  }

  List<BenchRow> rows() {
    return List.of(
        new BenchRow(
            "book",
            "an l2Book frame to top of book and clip depth",
            false,
            rounds -> Beside.measure(rounds, this::scanned, "Jackson streaming", this::streamed)),
        new BenchRow(
            "book-tree",
            "the same read as a tree, as a frame in an unusual form is",
            false,
            rounds -> Beside.measure(rounds, this::tree, "Jackson streaming", this::streamed)));
  }

  /** As the venue sends it; every frame has other prices and sizes. */
  static String frame(int seed) {
    return "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"HYPE\",\"time\":"
        + (1_764_000_000_000L + seed)
        + ",\"levels\":["
        + side(seed, -1)
        + ","
        + side(seed, 1)
        + "]}}";
  }

  private static String side(int seed, int step) {
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      BigDecimal price = BigDecimal.valueOf(34_290 + seed % 7 + (long) step * (i + 1), 3);
      BigDecimal size = BigDecimal.valueOf(1_437 + 311L * i + 17L * seed, 2);
      levels.add("{\"px\":\"%s\",\"sz\":\"%s\",\"n\":%d}".formatted(price, size, 1 + i % 5));
    }
    return "[" + String.join(",", levels) + "]";
  }

  /** The operation of the row {@code book}. */
  static Callable<Object> scanning() {
    return new BookRows()::scanned;
  }

  private String frame() {
    return frames.get(next++ & FRAMES - 1);
  }

  private Object scanned() {
    if (!scan.read(frame())) {
      throw new IllegalStateException("a frame in an unusual form");
    }
    bids.limit(scan.bids(), CLIP_E8 / (scan.bids().priceE8(0) / 100_000_000));
    asks.limit(scan.asks(), CLIP_E8 / (scan.asks().priceE8(0) / 100_000_000));
    return scan;
  }

  private Object tree() {
    return L2Book.read(ServerFrame.read(frame()).data());
  }

  /** The least that a general parser is asked for: every level's price and size as decimals. */
  private Object streamed() {
    List<BigDecimal> values = new ArrayList<>(4 * LEVELS);
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), frame())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          token = parser.nextToken();
          if (name.equals("px") || name.equals("sz")) {
            values.add(new BigDecimal(parser.getString()));
          }
        }
      }
    }
    return values;
  }
}
