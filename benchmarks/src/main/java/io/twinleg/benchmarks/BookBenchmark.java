package io.twinleg.benchmarks;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONReader;
import io.twinleg.wire.hyperliquid.market.BookScan;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** A frame of a book of 20 levels a side, by the scanner and by general parsers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BookBenchmark {
  private static final int LEVELS = 20;
  private static final int FRAMES = 64;

  /** As a general parser maps it. */
  public record Level(BigDecimal px, BigDecimal sz, long n) {}

  public record Book(String coin, long time, List<List<Level>> levels) {}

  public record Frame(String channel, Book data) {}

  private final List<String> frames = new ArrayList<>();
  private final BookScan scan = new BookScan();
  private final BookScan.Levels bids = new BookScan.Levels();
  private final BookScan.Levels asks = new BookScan.Levels();
  private final JsonFactory json = new JsonFactory();
  private final JsonMapper mapper = JsonMapper.builder().build();
  private int next;

  public BookBenchmark() {
    for (int i = 0; i < FRAMES; i++) {
      frames.add(
          "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"HYPE\",\"time\":"
              + (1_764_000_000_000L + i)
              + ",\"levels\":["
              + side(i, -1)
              + ","
              + side(i, 1)
              + "]}}");
    }
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

  private String frame() {
    return frames.get(next++ & FRAMES - 1);
  }

  @Benchmark
  public Object scan() {
    if (!scan.read(frame())) {
      throw new IllegalStateException("a frame in an unusual form");
    }
    bids.limit(scan.bids(), 1_700_000_000L);
    asks.limit(scan.asks(), 1_700_000_000L);
    return scan;
  }

  @Benchmark
  public Object tree() {
    return L2Book.read(ServerFrame.read(frame()).data());
  }

  @Benchmark
  public Object jacksonStreaming() {
    List<BigDecimal> values = new ArrayList<>(4 * LEVELS);
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), frame())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          if (name.equals("px") || name.equals("sz")) {
            values.add(new BigDecimal(parser.getString()));
          }
        }
      }
    }
    return values;
  }

  @Benchmark
  public Object jacksonRecords() {
    return mapper.readValue(frame(), Frame.class);
  }

  @Benchmark
  public Object fastjson2Records() {
    return JSON.parseObject(frame(), Frame.class);
  }

  /** The least that it can be asked for: the same values as from Jackson's stream. */
  @Benchmark
  public Object fastjson2Streaming() {
    List<BigDecimal> values = new ArrayList<>(4 * LEVELS);
    try (JSONReader reader = JSONReader.of(frame())) {
      fields(reader, values);
    }
    return values;
  }

  private static void fields(JSONReader reader, List<BigDecimal> values) {
    reader.nextIfObjectStart();
    while (!reader.nextIfObjectEnd()) {
      switch (reader.readFieldName()) {
        case "data" -> fields(reader, values);
        case "levels" -> {
          reader.nextIfArrayStart();
          while (!reader.nextIfArrayEnd()) {
            reader.nextIfArrayStart();
            while (!reader.nextIfArrayEnd()) {
              fields(reader, values);
              reader.nextIfComma();
            }
            reader.nextIfComma();
          }
        }
        case "px", "sz" -> values.add(new BigDecimal(reader.readString()));
        default -> reader.skipValue();
      }
    }
  }
}
