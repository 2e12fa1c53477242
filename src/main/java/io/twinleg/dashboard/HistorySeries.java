package io.twinleg.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Columns over time that never grow past what a chart can show: when they are full, every second
 * row goes. A value that is not known is null, and so is every column where nothing was recorded
 * for long: a gap is drawn as a gap.
 */
final class HistorySeries {
  private static final int ROWS_MAX = 2_000;
  private static final int DECIMALS = 4;

  private final List<String> columns;
  private final int peakColumn;
  private final List<Row> rows = new ArrayList<>();
  private Duration interval;
  private @Nullable Instant last;

  /** Seconds, so that a chart can take them as they are. */
  private record Row(long at, List<@Nullable BigDecimal> values) {}

  /**
   * @param peakColumn the column of which the larger of two merged rows stays; -1 for none
   */
  HistorySeries(Duration interval, int peakColumn, String... columns) {
    this.interval = interval;
    this.peakColumn = peakColumn;
    this.columns = List.of(columns);
  }

  /** Whether a row is wanted at this instant. */
  boolean isDue(Instant now) {
    return last == null || !now.isBefore(last.plus(interval));
  }

  /** Whether a row was due so long ago that the next would be. */
  boolean isOverdue(Instant now) {
    return last != null && !now.isBefore(last.plus(interval.multipliedBy(2)));
  }

  /**
   * @param values one for each column, null where it is not known
   */
  void add(Instant now, @Nullable BigDecimal... values) {
    if (last != null && Duration.between(last, now).compareTo(interval.multipliedBy(20)) > 0) {
      rows.add(new Row(last.getEpochSecond() + 1, Arrays.asList(new BigDecimal[values.length])));
    }
    rows.add(new Row(now.getEpochSecond(), rounded(values)));
    last = now;
    if (rows.size() > ROWS_MAX) {
      thin();
    }
  }

  private static List<@Nullable BigDecimal> rounded(@Nullable BigDecimal... values) {
    List<@Nullable BigDecimal> rounded = new ArrayList<>();
    for (BigDecimal value : values) {
      rounded.add(value == null ? null : value.setScale(DECIMALS, RoundingMode.HALF_EVEN));
    }
    return rounded;
  }

  private void thin() {
    List<Row> kept = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean isGap = row.values().stream().allMatch(value -> value == null);
      if (isGap || i % 2 == 1 || i == rows.size() - 1) {
        kept.add(i == 0 ? row : withPeak(row, rows.get(i - 1)));
      }
    }
    rows.clear();
    rows.addAll(kept);
    interval = interval.multipliedBy(2);
  }

  private Row withPeak(Row row, Row dropped) {
    if (peakColumn < 0) {
      return row;
    }
    BigDecimal mine = row.values().get(peakColumn);
    BigDecimal other = dropped.values().get(peakColumn);
    if (mine == null || other == null || other.compareTo(mine) <= 0) {
      return row;
    }
    List<@Nullable BigDecimal> values = new ArrayList<>(row.values());
    values.set(peakColumn, other);
    return new Row(row.at(), values);
  }

  /** Column by column; the first is {@code t}, in epoch seconds. */
  Map<String, Object> columns() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("t", rows.stream().map(Row::at).toList());
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      all.put(
          columns.get(i),
          rows.stream().map(row -> Optional.ofNullable(row.values().get(column))).toList());
    }
    return all;
  }
}
