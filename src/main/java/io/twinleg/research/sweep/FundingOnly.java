package io.twinleg.research.sweep;

import io.twinleg.history.CsvTable;
import io.twinleg.history.HistoryException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What thresholds alone make of a series of rates, without any price: the check of a signal. A
 * position decided on at an hour is held from that hour on, after its funding was paid.
 *
 * @param entries how often it was entered; what is open at the end is closed there
 * @param funding received, {@code net} after costs; fractions of notional
 */
public record FundingOnly(int entries, BigDecimal funding, BigDecimal net) {
  private static final BigDecimal A_YEAR = BigDecimal.valueOf(8760);

  /**
   * @param rates by the hour; a missing hour is zero here
   * @param hours averaged by the signal, which needs a full window
   * @param enterAbove a yearly rate, {@code exitBelow} another
   * @param cost of one side, as a fraction of notional
   */
  public static FundingOnly of(
      BigDecimal[] rates, int hours, BigDecimal enterAbove, BigDecimal exitBelow, BigDecimal cost) {
    BigDecimal enter = enterAbove.multiply(BigDecimal.valueOf(hours));
    BigDecimal exit = exitBelow.multiply(BigDecimal.valueOf(hours));
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal funding = BigDecimal.ZERO;
    int entries = 0;
    boolean holds = false;
    for (int hour = 0; hour < rates.length; hour++) {
      funding = holds ? funding.add(rates[hour]) : funding;
      sum = sum.add(rates[hour]);
      sum = hour >= hours ? sum.subtract(rates[hour - hours]) : sum;
      BigDecimal signal = sum.multiply(A_YEAR);
      if (hour >= hours - 1 && !holds && signal.compareTo(enter) > 0) {
        holds = true;
        entries++;
      } else if (holds && signal.compareTo(exit) < 0) {
        holds = false;
      }
    }
    BigDecimal sides = BigDecimal.valueOf(2L * entries);
    return new FundingOnly(entries, funding, funding.subtract(cost.multiply(sides)));
  }

  /** Rates of a file by the hour. */
  public static final class Rates {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Path file;
    private final NavigableMap<Instant, BigDecimal> byHour;
    private final Instant first;
    private final Instant last;

    private Rates(
        Path file, NavigableMap<Instant, BigDecimal> byHour, Instant first, Instant last) {
      this.file = file;
      this.byHour = byHour;
      this.first = first;
      this.last = last;
    }

    /**
     * @param columns of time and rate
     */
    public static Rates read(Path file, List<String> columns) {
      NavigableMap<Instant, BigDecimal> rates = new TreeMap<>();
      new CsvTable(file, columns, false)
          .forEachRow(row -> {
            Instant hour = CsvTable.instant(row.get(0)).truncatedTo(ChronoUnit.HOURS);
            if (!rates.isEmpty() && !hour.isAfter(rates.lastKey())) {
              throw new IllegalArgumentException(
                  "expected an hour after " + rates.lastKey() + ", read " + hour);
            }
            rates.put(hour, new BigDecimal(row.get(1)));
          });
      if (rates.isEmpty()) {
        throw new HistoryException(file + " holds no row.");
      }
      return new Rates(file, rates, rates.firstKey(), rates.lastKey());
    }

    /**
     * @param from null: from the first, {@code until} null: to the last
     */
    public Rates between(@Nullable Instant from, @Nullable Instant until) {
      Instant begin = from == null ? first : from.truncatedTo(ChronoUnit.HOURS);
      Instant end = until == null ? last : until.truncatedTo(ChronoUnit.HOURS);
      if (!begin.isBefore(end) || byHour.subMap(begin, true, end, true).isEmpty()) {
        throw new HistoryException(
            "%s holds no rates from %s to %s; it begins at %s and ends at %s."
                .formatted(file, begin, end, first, last));
      }
      return new Rates(file, byHour.subMap(begin, true, end, true), begin, end);
    }

    public Instant first() {
      return first;
    }

    public Instant last() {
      return last;
    }

    public int hours() {
      return Math.toIntExact(Duration.between(first, last).toHours()) + 1;
    }

    public int missing() {
      return hours() - byHour.size();
    }

    /** With zero for a missing hour. */
    public BigDecimal[] hourly() {
      BigDecimal[] hourly = new BigDecimal[hours()];
      Arrays.setAll(
          hourly, i -> byHour.getOrDefault(first.plus(HOUR.multipliedBy(i)), BigDecimal.ZERO));
      return hourly;
    }
  }
}
