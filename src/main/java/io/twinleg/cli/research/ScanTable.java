package io.twinleg.cli.research;

import io.twinleg.research.page.HtmlPage;
import io.twinleg.research.scan.ScanRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A scan as text and as a page: a column each for what is known of a history or of a venue. */
final class ScanTable {
  private static final String UNKNOWN = "-";

  /**
   * @param place on a page: what it comes to first, as a phone shows four columns
   */
  private record Column(
      String head, int width, int place, Function<ScanRow, @Nullable String> text) {}

  private static final List<Column> FUNDING =
      List.of(
          new Column("perp", -10, 0, ScanRow::coin),
          new Column("hedge", -10, 4, row -> row.hedging().token()),
          new Column("7d APR", 8, 5, row -> ofRates(row, ScanRow.Funding::apr7d)),
          new Column("30d APR", 8, 6, row -> ofRates(row, ScanRow.Funding::apr30d)),
          new Column("floor", 7, 7, row -> ofRates(row, ScanRow.Funding::atFloor)),
          new Column("below 0", 7, 8, row -> ofRates(row, ScanRow.Funding::belowZero)));

  private static final List<Column> OF_VENUE =
      List.of(
          new Column("now", 8, 9, row -> percent(row.live().predictedApr())),
          new Column("exit USD", 10, 10, row -> usd(row.live().exitDepthUsd(), 0)),
          new Column("largest", 10, 11, row -> usd(row.live().largestUsd(), 0)));

  private static final List<Column> OUTCOME =
      List.of(
          new Column("even h", 7, 3, row -> text(row.breakEvenHours())),
          new Column("net USD", 9, 1, row -> usd(row.expectedNetUsd(), 2)),
          new Column("APR cap.", 8, 2, row -> percent(row.netAprOnCapital())),
          new Column("vol.", 8, 12, row -> percent(row.risk().volatility())));

  private final List<Column> columns = new ArrayList<>(FUNDING);

  /**
   * @param isLive whether a venue was read
   */
  ScanTable(boolean isLive) {
    columns.addAll(isLive ? OF_VENUE : List.of());
    columns.addAll(OUTCOME);
    columns.add(new Column("cannot be hedged because", -1, 13, row -> row.hedging().refused()));
  }

  /** In one piece: a line written field by field costs more than the markets' figures. */
  String text(List<ScanRow> rows) {
    StringBuilder table = new StringBuilder();
    columns.forEach(column -> append(table, column, column.head()));
    end(table);
    for (ScanRow row : rows) {
      columns.forEach(column -> append(table, column, cell(column, row)));
      end(table);
    }
    return table.toString();
  }

  private static void append(StringBuilder table, Column column, String text) {
    String pad = " ".repeat(Math.max(0, Math.abs(column.width()) - text.length()));
    table.append(column.width() < 0 ? text + pad : pad + text).append(' ');
  }

  private static void end(StringBuilder table) {
    while (!table.isEmpty() && table.charAt(table.length() - 1) == ' ') {
      table.setLength(table.length() - 1);
    }
    table.append(System.lineSeparator());
  }

  private static String cell(Column column, ScanRow row) {
    String text = column.text().apply(row);
    return text == null ? UNKNOWN : text;
  }

  HtmlPage page(String title, String note, List<ScanRow> rows) {
    HtmlPage page = new HtmlPage(title);
    page.paragraph(note);
    page.heading("Can be hedged");
    shortTable(page, rows.stream().filter(ScanRow::isHedgeable).toList());
    if (!rows.stream().allMatch(ScanRow::isHedgeable)) {
      page.heading("Cannot be hedged here");
      shortTable(page, rows.stream().filter(row -> !row.isHedgeable()).toList());
    }
    page.heading("Every figure");
    List<List<String>> cells =
        rows.stream()
            .map(row -> row.fields().values().stream().map(ScanTable::whole).toList())
            .toList();
    page.table(
        rows.isEmpty()
            ? List.of()
            : rows.getFirst().fields().keySet().stream()
                .map(name -> name.replace('_', ' '))
                .toList(),
        cells);
    return page;
  }

  private void shortTable(HtmlPage page, List<ScanRow> rows) {
    List<Column> placed = new ArrayList<>(columns);
    placed.sort((one, other) -> Integer.compare(one.place(), other.place()));
    page.table(
        placed.stream().map(Column::head).toList(),
        rows.stream()
            .map(row -> placed.stream().map(column -> cell(column, row)).toList())
            .toList());
  }

  private static String whole(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe.map(Object::toString).orElse(UNKNOWN)
        : value.toString();
  }

  private static @Nullable String ofRates(ScanRow row, Function<ScanRow.Funding, Double> figure) {
    ScanRow.Funding rates = row.funding();
    return rates == null ? null : percent(figure.apply(rates));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String percent(@Nullable Double share) {
    return share == null ? null : usd(share * 100, 1) + "%";
  }

  private static @Nullable String usd(@Nullable Double amount, int decimals) {
    return amount == null ? null : String.format(Locale.ROOT, "%." + decimals + "f", amount);
  }
}
