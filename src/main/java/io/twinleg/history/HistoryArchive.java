package io.twinleg.history;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A folder of recordings: {@code funding_1h}, {@code perp_1h} and {@code spot_1h}, one gzipped CSV
 * file a coin. Perps go by the perp's name (HYPE, BTC), spot by its token's (HYPE, UBTC): a ticker
 * that both have may be two different coins, so one is never derived from the other.
 */
public final class HistoryArchive {
  private static final String FUNDING = HistoryFiles.Kind.FUNDING.folder();
  private static final String PERP = HistoryFiles.Kind.PERP.folder();
  private static final String SPOT = HistoryFiles.Kind.SPOT.folder();
  private static final List<String> KINDS = List.of(FUNDING, PERP, SPOT);
  private static final String FOLDERS = "funding_1h, perp_1h and spot_1h";
  private static final String SUFFIX = ".csv.gz";

  private final Path folder;

  private HistoryArchive(Path folder) {
    this.folder = folder;
  }

  /** Fails where a folder is missing or holds no recording. */
  public static HistoryArchive open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new HistoryException(
          "%s %s: expected a folder of recordings, with %s."
              .formatted(folder, Files.exists(folder) ? "is a file" : "does not exist", FOLDERS));
    }
    HistoryArchive archive = new HistoryArchive(folder);
    for (String kind : KINDS) {
      if (archive.coins(kind).isEmpty()) {
        throw new HistoryException(
            folder.resolve(kind) + " holds no recording; expected files named COIN" + SUFFIX + ".");
      }
    }
    return archive;
  }

  public Path folder() {
    return folder;
  }

  /** The perps that have both funding and candles, by name. */
  public List<String> perpCoins() {
    List<String> candles = coins(PERP);
    return coins(FUNDING).stream().filter(candles::contains).toList();
  }

  public List<String> spotCoins() {
    return coins(SPOT);
  }

  public RecordedFunding funding(String coin) {
    Path file = file(FUNDING, coin);
    List<Instant> hours = new ArrayList<>();
    List<BigDecimal> rates = new ArrayList<>();
    new CsvTable(file, HistoryFiles.Kind.FUNDING.columns(), true)
        .forEachRow(row -> {
          addNext(hours, hour(row));
          rates.add(new BigDecimal(row.get(1)));
        });
    requireRows(hours, file);
    return new RecordedFunding(coin, FundingInterval.settle(hours, rates));
  }

  public Candles perp(String coin) {
    return candles(file(PERP, coin), coin);
  }

  public Candles spot(String coin) {
    return candles(file(SPOT, coin), coin);
  }

  private static Candles candles(Path file, String coin) {
    List<Instant> hours = new ArrayList<>();
    List<Candle> candles = new ArrayList<>();
    new CsvTable(file, HistoryFiles.Kind.PERP.columns(), true)
        .forEachRow(row -> {
          addNext(hours, hour(row));
          candles.add(candle(row));
        });
    requireRows(candles, file);
    return new Candles(coin, candles);
  }

  private static Candle candle(List<String> row) {
    IntFunction<Price> price = column -> Price.of(row.get(column));
    return new Candle(
        hour(row),
        price.apply(1),
        price.apply(2),
        price.apply(3),
        price.apply(4),
        new BigDecimal(row.get(5)));
  }

  /** Venues stamp a settlement up to minutes after its hour; the hour is returned. */
  private static Instant hour(List<String> row) {
    return Instant.ofEpochMilli(Long.parseLong(row.get(0))).truncatedTo(ChronoUnit.HOURS);
  }

  private static void addNext(List<Instant> hours, Instant hour) {
    if (!hours.isEmpty() && !hour.isAfter(hours.getLast())) {
      throw new IllegalArgumentException(
          "expected an hour after " + hours.getLast() + ", read " + hour);
    }
    hours.add(hour);
  }

  private static void requireRows(List<?> rows, Path file) {
    if (rows.isEmpty()) {
      throw new HistoryException(file + " holds no row.");
    }
  }

  private Path file(String kind, String coin) {
    return folder.resolve(kind).resolve(coin + SUFFIX);
  }

  private List<String> coins(String kind) {
    Path files = folder.resolve(kind);
    if (!Files.isDirectory(files)) {
      throw new HistoryException(
          "%s has no folder %s: a folder of recordings has %s; history import adds what is missing."
              .formatted(folder, kind, FOLDERS));
    }
    return coins(files);
  }

  /** What the folder of one kind has files of. */
  static List<String> coins(Path files) {
    try (Stream<Path> found = Files.list(files)) {
      return found
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new HistoryException(files + " cannot be listed (" + e.getMessage() + ").", e);
    }
  }

  /**
   * Finds for how many hours each funding row was paid, which the row does not hold. Until
   * 2023-06-08 Hyperliquid paid every eight hours; those rows counted as hours give eight times the
   * funding.
   */
  private static final class FundingInterval {
    private static final int HOURLY = 1;

    private FundingInterval() {}

    static List<FundingHour> settle(List<Instant> hours, List<BigDecimal> rates) {
      List<FundingHour> settled = new ArrayList<>(hours.size());
      for (int i = 0; i < hours.size(); i++) {
        settled.add(new FundingHour(hours.get(i), new Rate(rates.get(i), period(hours, i))));
      }
      return settled;
    }

    /**
     * The hours since the row before. They are the interval only where a neighbouring distance is
     * the same; otherwise the row follows missing hours, and its rate is for one hour.
     */
    private static int period(List<Instant> hours, int row) {
      int since = distance(hours, row);
      int next = distance(hours, row + 1);
      if (row == 0) {
        return isInterval(next) && next == distance(hours, 2) ? next : HOURLY;
      }
      boolean repeats = since == distance(hours, row - 1) || since == next;
      return isInterval(since) && repeats ? since : HOURLY;
    }

    /** Intervals that venues have used. */
    private static boolean isInterval(int hours) {
      return hours == 4 || hours == 8;
    }

    /** From the row before to this one; 0 where either does not exist. */
    private static int distance(List<Instant> hours, int row) {
      if (row < 1 || row >= hours.size()) {
        return 0;
      }
      return Math.toIntExact(Duration.between(hours.get(row - 1), hours.get(row)).toHours());
    }
  }
}
