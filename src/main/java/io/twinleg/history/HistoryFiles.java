package io.twinleg.history;

import io.twinleg.core.model.Price;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the folders that {@link HistoryArchive} reads. A file is written beside its place and then
 * put there at once, so that an interruption leaves either the old one or the new one.
 *
 * @param folder of the recordings; made where it is absent
 */
public record HistoryFiles(Path folder) {
  /** What a file holds of one coin. */
  public enum Kind {
    FUNDING("funding_1h", "funding", List.of("ts_ms", "rate")),
    PERP(
        "perp_1h", "perp candles", List.of("open_ts_ms", "open", "high", "low", "close", "volume")),
    SPOT(
        "spot_1h", "spot candles", List.of("open_ts_ms", "open", "high", "low", "close", "volume"));

    private final String folder;
    private final String what;
    private final List<String> columns;

    Kind(String folder, String what, List<String> columns) {
      this.folder = folder;
      this.what = what;
      this.columns = columns;
    }

    public String folder() {
      return folder;
    }

    public List<String> columns() {
      return columns;
    }

    /** Refuses a row that the archive could not read, or that no venue publishes. */
    private void check(List<String> row) {
      if (this == FUNDING) {
        BigDecimal rate = new BigDecimal(row.get(1));
        if (rate.abs().compareTo(BigDecimal.ONE) >= 0) {
          throw new IllegalArgumentException(
              "a rate is the fraction paid for one period, between -1 and 1, read "
                  + rate.toPlainString());
        }
        return;
      }
      new Candle(
          hour(row),
          Price.of(row.get(1)),
          Price.of(row.get(2)),
          Price.of(row.get(3)),
          Price.of(row.get(4)),
          new BigDecimal(row.get(5)));
    }
  }

  /**
   * What an import came to.
   *
   * @param added rows that were not there, {@code known} rows that were there already
   * @param missing hours without a row between the first and the last of the file as it is now
   */
  public record Imported(
      Kind kind, String coin, int added, int known, Instant from, Instant until, long missing) {}

  private static Instant hour(List<String> row) {
    return CsvTable.instant(row.get(0)).truncatedTo(ChronoUnit.HOURS);
  }

  private Path file(Kind kind, String coin) {
    if (!coin.matches("[A-Za-z0-9._-]{1,40}")) {
      throw new HistoryException(
          "a coin is named by letters and digits, such as HYPE, found \"" + coin + "\".");
    }
    return folder.resolve(kind.folder).resolve(coin + ".csv.gz");
  }

  /**
   * Adds the rows of a file to those of a coin.
   *
   * @param columns of the file, in the order of the kind's own; times are milliseconds or ISO
   * @param replace whether a row may stand in the place of another of its hour
   */
  public Imported add(Kind kind, String coin, Path from, List<String> columns, boolean replace) {
    Path target = file(kind, coin);
    if (!Files.isRegularFile(from)) {
      throw new HistoryException(
          "%s %s: expected a CSV file with the columns %s."
              .formatted(
                  from,
                  Files.exists(from) ? "is no file" : "does not exist",
                  String.join(",", columns)));
    }
    TreeMap<Instant, List<String>> rows = known(kind, target);
    int before = rows.size();
    int[] read = new int[1];
    Instant[] last = {Instant.MIN};
    new CsvTable(from, columns, false)
        .forEachRow(row -> {
          Instant hour = hour(row);
          if (!hour.isAfter(last[0])) {
            throw new IllegalArgumentException("expected an hour after " + last[0]);
          }
          last[0] = hour;
          kind.check(row);
          List<String> normal = new ArrayList<>(row);
          normal.set(0, Long.toString(CsvTable.instant(row.get(0)).toEpochMilli()));
          List<String> other = rows.put(hour, normal);
          if (other != null && !replace && !isSame(other, normal)) {
            throw new IllegalArgumentException(
                "%s holds \"%s\" for that hour (give --replace to put this row in its place)"
                    .formatted(target, String.join(",", other)));
          }
          read[0]++;
        });
    if (read[0] == 0) {
      throw new HistoryException(from + " holds no row.");
    }
    write(target, kind.columns, rows.values());
    return imported(kind, coin, rows, rows.size() - before, read[0]);
  }

  private static TreeMap<Instant, List<String>> known(Kind kind, Path target) {
    TreeMap<Instant, List<String>> rows = new TreeMap<>();
    if (Files.exists(target)) {
      new CsvTable(target, kind.columns, true).forEachRow(row -> rows.put(hour(row), row));
    }
    return rows;
  }

  private static Imported imported(
      Kind kind, String coin, TreeMap<Instant, List<String>> rows, int added, int read) {
    long spanned = ChronoUnit.HOURS.between(rows.firstKey(), rows.lastKey()) + 1;
    return new Imported(
        kind, coin, added, read - added, rows.firstKey(), rows.lastKey(), spanned - rows.size());
  }

  /**
   * Adds rows that a venue has published behind those of a coin.
   *
   * @param published by hours that rise, as the kind's columns are
   */
  public Imported add(Kind kind, String coin, List<List<String>> published) {
    Path target = file(kind, coin);
    TreeMap<Instant, List<String>> rows = known(kind, target);
    int before = rows.size();
    for (List<String> row : published) {
      try {
        kind.check(row);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new HistoryException(
            "the venue's row \"%s\" of %s of %s cannot be kept: %s."
                .formatted(String.join(",", row), kind.what, coin, e.getMessage()),
            e);
      }
      rows.putIfAbsent(hour(row), row);
    }
    write(target, kind.columns, rows.values());
    return imported(kind, coin, rows, rows.size() - before, published.size());
  }

  /** The newest hour that is there of a coin; empty where there is none. */
  public Optional<Instant> last(Kind kind, String coin) {
    TreeMap<Instant, List<String>> rows = known(kind, file(kind, coin));
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.lastKey());
  }

  /** By value: 1.50 is 1.5, and a stamp some seconds later is the same hour. */
  private static boolean isSame(List<String> one, List<String> other) {
    for (int i = 1; i < one.size(); i++) {
      if (new BigDecimal(one.get(i)).compareTo(new BigDecimal(other.get(i))) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a coin's rows into one file, gzipped where its name ends with {@code .gz}.
   *
   * @param from null: from the first, {@code until} null: to the last
   * @return how many
   */
  public int export(
      Kind kind, String coin, @Nullable Instant from, @Nullable Instant until, Path to) {
    if (Files.exists(to)) {
      throw new HistoryException(to + " is there already: give another name, or remove it.");
    }
    Path file = file(kind, coin);
    if (!Files.exists(file)) {
      throw new HistoryException(
          "%s has no %s of %s: history list shows what it has.".formatted(folder, kind.what, coin));
    }
    List<List<String>> rows = new ArrayList<>();
    new CsvTable(file, kind.columns, true)
        .forEachRow(row -> {
          Instant hour = hour(row);
          boolean early = from != null && hour.isBefore(from);
          boolean late = until != null && hour.isAfter(until);
          if (!early && !late) {
            rows.add(row);
          }
        });
    if (rows.isEmpty()) {
      throw new HistoryException(
          "%s holds no row from %s to %s."
              .formatted(
                  file, from == null ? "its first" : from, until == null ? "its last" : until));
    }
    write(to, kind.columns, rows);
    return rows.size();
  }

  private static void write(Path target, List<String> header, Collection<List<String>> rows) {
    Path whole = target.toAbsolutePath();
    Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
    try {
      Files.createDirectories(whole.getParent());
      try (OutputStream bytes = Files.newOutputStream(part);
          OutputStream text =
              target.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes) {
        text.write(line(header));
        for (List<String> row : rows) {
          text.write(line(row));
        }
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new HistoryException(target + " cannot be written (" + e.getMessage() + ").", e);
    }
  }

  private static byte[] line(List<String> fields) {
    return (String.join(",", fields) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The files of another such folder, by kind and coin. */
  public static Map<Kind, List<String>> found(Path other) {
    Map<Kind, List<String>> found = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      Path files = other.resolve(kind.folder);
      if (Files.isDirectory(files)) {
        found.put(kind, HistoryArchive.coins(files));
      }
    }
    if (found.isEmpty()) {
      throw new HistoryException(
          "%s has none of the folders funding_1h, perp_1h and spot_1h.".formatted(other));
    }
    return found;
  }

  /** By the name that a person writes. */
  public static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw new HistoryException("--kind is " + name + ": expected funding, perp or spot.");
  }
}
