package io.twinleg.research.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A page of sections, written as one file: charts are drawn in the file itself, and every chart has
 * its numbers in a table below it. Every text is escaped.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884}
      body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;padding:16px;max-width:1100px}
      h1{font-size:22px}h2{font-size:17px;margin:28px 0 6px}
      .warn{border-left:4px solid #d33;padding:6px 10px;margin:6px 0;background:#d331}
      .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
      td,th{padding:3px 9px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
      td:first-child,th:first-child{text-align:left}
      svg{width:100%;height:auto;border:1px solid var(--line)}text{font-size:11px;fill:currentColor}
      .key span{margin-right:14px}details{margin:4px 0}summary{cursor:pointer}
      """;
  private static final List<String> COLOURS = List.of("#1f77b4", "#2ca02c", "#ff7f0e", "#9467bd");
  private static final String ABOVE = "44,160,44";
  private static final String BELOW = "214,39,40";
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 240;
  private static final int POINTS_MAX = 500;
  private static final int ROWS_MAX = 60;

  private final String title;
  private final StringBuilder body = new StringBuilder();

  /** Numbers by time, of which a chart draws one line; not a number where there is none. */
  public record Line(String name, List<Double> values) {
    public Line {
      values = List.copyOf(values);
    }

    public static Line of(String name, double[] values) {
      return new Line(name, Arrays.stream(values).boxed().toList());
    }

    private double at(int point) {
      return point < values.size() ? values.get(point) : Double.NaN;
    }
  }

  public HtmlPage(String title) {
    this.title = title;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  public void warning(String text) {
    body.append("<p class=\"warn\">").append(escaped(text)).append("</p>\n");
  }

  public void heading(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  public void paragraph(String text) {
    body.append("<p>").append(escaped(text)).append("</p>\n");
  }

  public void table(List<String> head, List<List<String>> rows) {
    body.append("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    head.forEach(each -> body.append("<th>").append(escaped(each)).append("</th>"));
    body.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(each -> body.append("<td>").append(escaped(each)).append("</td>"));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  /**
   * Numbers in a table whose colour says how far each is above or below zero; empty where there is
   * none.
   *
   * @param corner what stands down and across
   */
  public void heatMap(String corner, List<String> head, List<Line> rows) {
    double most =
        rows.stream()
            .flatMap(row -> row.values().stream())
            .filter(Double::isFinite)
            .mapToDouble(Math::abs)
            .max()
            .orElse(0);
    body.append("<div class=\"scroll\" tabindex=\"0\"><table class=\"heat\"><thead><tr>");
    body.append("<th>").append(escaped(corner)).append("</th>");
    head.forEach(each -> body.append("<th>").append(escaped(each)).append("</th>"));
    body.append("</tr></thead><tbody>\n");
    for (Line row : rows) {
      body.append("<tr><td>").append(escaped(row.name())).append("</td>");
      for (double value : row.values()) {
        String colour =
            !Double.isFinite(value) || most == 0
                ? "transparent"
                : String.format(
                    Locale.ROOT,
                    "rgba(%s,%.2f)",
                    value < 0 ? BELOW : ABOVE,
                    Math.abs(value) / most / 2);
        String text = Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "";
        body.append("<td style=\"background:%s\">%s</td>".formatted(colour, text));
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  /**
   * @param times of the values, as texts
   */
  public void chart(String name, List<String> times, List<Line> lines) {
    heading(name);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double value : line.values()) {
        low = Double.isFinite(value) ? Math.min(low, value) : low;
        high = Double.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    if (times.isEmpty() || low > high) {
      paragraph("Nothing to draw: there is no value.");
      return;
    }
    double range = high > low ? high - low : Math.max(1, Math.abs(high));
    body.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT + 20, escaped(name)));
    for (int i = 0; i < lines.size(); i++) {
      body.append(path(lines.get(i), low, range, COLOURS.get(i % COLOURS.size())));
    }
    label(4, 12, number(high));
    label(4, HEIGHT - 4, number(low));
    label(4, HEIGHT + 14, times.getFirst());
    label(WIDTH - 130, HEIGHT + 14, times.getLast());
    body.append("</svg>\n<p class=\"key\">");
    for (int i = 0; i < lines.size(); i++) {
      body.append(
          "<span><b style=\"color:%s\">&#9644;</b> %s</span>"
              .formatted(COLOURS.get(i % COLOURS.size()), escaped(lines.get(i).name())));
    }
    body.append("</p>\n<details><summary>In numbers</summary>\n");
    numbers(times, lines);
    body.append("</details>\n");
  }

  private void label(int x, int y, String text) {
    body.append("<text x=\"%d\" y=\"%d\">%s</text>".formatted(x, y, escaped(text)));
  }

  private static String path(Line line, double low, double range, String colour) {
    int count = line.values().size();
    StringBuilder path = new StringBuilder();
    boolean begun = false;
    for (int i : picked(count, POINTS_MAX)) {
      if (!Double.isFinite(line.at(i))) {
        begun = false;
        continue;
      }
      double x = count == 1 ? 0 : (double) i / (count - 1) * WIDTH;
      double y = HEIGHT - (line.at(i) - low) / range * (HEIGHT - 8) - 4;
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", begun ? "L" : "M", x, y));
      begun = true;
    }
    return "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" d=\"%s\"/>"
        .formatted(colour, path);
  }

  /** Evenly many of so many, the first and the last with them. */
  private static List<Integer> picked(int count, int most) {
    List<Integer> picked = new ArrayList<>();
    int parts = Math.min(count, most);
    for (int i = 0; i < parts; i++) {
      picked.add(parts == 1 ? 0 : (int) ((long) i * (count - 1) / (parts - 1)));
    }
    return picked;
  }

  private void numbers(List<String> times, List<Line> lines) {
    List<String> head = new ArrayList<>(List.of("time"));
    lines.forEach(line -> head.add(line.name()));
    List<List<String>> rows = new ArrayList<>();
    for (int i : picked(times.size(), ROWS_MAX)) {
      List<String> row = new ArrayList<>(List.of(times.get(i)));
      lines.forEach(line -> row.add(number(line.at(i))));
      rows.add(row);
    }
    table(head, rows);
  }

  static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "-";
  }

  public String text() {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        + ("<title>" + escaped(title) + "</title><style>" + STYLE + "</style></head><body><main>")
        + ("<h1>" + escaped(title) + "</h1>\n" + body + "</main></body></html>\n");
  }

  /** Whole or not at all. */
  public void write(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
    Files.writeString(part, text());
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
