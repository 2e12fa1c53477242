package io.twinleg.stress;

import io.twinleg.stress.Summary.Distribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** The results of a batch as one self-contained HTML page. */
public final class SummaryPage {
  private static final int BINS = 40;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 120;
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Twinleg: simulated worlds</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse } td, th { padding: .15rem .8rem; text-align: right }
      rect { fill: #3b6ea5 } .bad { color: #a33 } h2 { margin-bottom: .2rem }
      </style></head><body>
      """;

  private SummaryPage() {}

  /**
   * @param title what was simulated
   */
  public static String of(Summary summary, String title) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>").append(escaped(title)).append("</h1>\n");
    List<WorldResult> broken = summary.broken();
    page.append(broken.isEmpty() ? "<p>" : "<p class=\"bad\">")
        .append(summary.worlds().size())
        .append(" worlds, ")
        .append(broken.size())
        .append(" violations</p>\n<table>");
    summary.untried().ifPresent(why -> row(page, "untried", escaped(why)));
    summary.counts().forEach((name, value) -> row(page, name, value));
    page.append("</table>\n");
    broken.forEach(each ->
        page.append("<p class=\"bad\">seed ")
            .append(each.seed())
            .append(": ")
            .append(escaped(each.violation().orElseThrow().toString()))
            .append("</p>\n"));
    summary.distributions().forEach(each -> chart(page, each));
    return page.append("</body></html>\n").toString();
  }

  private static void row(StringBuilder page, String name, Object value) {
    page.append("<tr><th>").append(name).append("</th><td>").append(value).append("</td></tr>");
  }

  private static void chart(StringBuilder page, Distribution figure) {
    page.append("<h2>")
        .append(figure.name().replace('_', ' '))
        .append(" (")
        .append(figure.unit())
        .append(")</h2>\n");
    bars(page, figure);
    page.append("<table><tr>");
    Map<String, BigDecimal> figures = figure.figures();
    figures.keySet().forEach(name -> page.append("<th>").append(name).append("</th>"));
    page.append("</tr><tr>");
    figures
        .values()
        .forEach(value -> page.append("<td>").append(value.toPlainString()).append("</td>"));
    page.append("</tr></table>\n");
  }

  /** From the first to the last percent; what lies outside counts at the ends. */
  private static void bars(StringBuilder page, Distribution figure) {
    int[] bins = new int[BINS];
    BigDecimal low = figure.percentile(1);
    BigDecimal span = figure.percentile(99).subtract(low);
    int max = 1;
    for (BigDecimal value : figure.sorted()) {
      int bin = span.signum() == 0 ? 0 : bin(value.subtract(low), span);
      bins[bin]++;
      max = Math.max(max, bins[bin]);
    }
    int width = WIDTH / BINS;
    page.append("<svg viewBox=\"0 0 %d %d\" width=\"100%%\">".formatted(WIDTH, HEIGHT));
    for (int i = 0; i < BINS; i++) {
      int height = bins[i] * HEIGHT / max;
      page.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
              .formatted(i * width, HEIGHT - height, width - 1, height));
    }
    page.append("</svg>\n");
  }

  private static int bin(BigDecimal above, BigDecimal span) {
    BigDecimal at = above.multiply(BigDecimal.valueOf(BINS)).divide(span, MathContext.DECIMAL32);
    return Math.clamp(at.longValue(), 0, BINS - 1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
