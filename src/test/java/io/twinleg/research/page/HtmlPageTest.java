package io.twinleg.research.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  @TempDir private Path folder;

  @Test
  void nothingIsFetchedAndEveryTextIsEscaped() throws IOException {
    HtmlPage page = new HtmlPage("a <b> & \"c\"");
    page.warning("<script>alert(1)</script>");
    page.table(List.of("<i>"), List.of(List.of("<td>")));
    Path file = folder.resolve("page.html");
    page.write(file);

    assertThat(file).content().doesNotContain("<script", "http", "src=", "<i>", "<b> &");
    assertThat(file)
        .content()
        .contains("&lt;script&gt;alert(1)", "a &lt;b&gt; &amp; &quot;c&quot;");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  /** Years of hours stay far below what a page may weigh, and a gap is not drawn over. */
  @Test
  void aChartHasItsNumbersBelowItAndFewPoints() {
    List<String> times = IntStream.range(0, 20_000).mapToObj(i -> "t" + i).toList();
    double[] values = IntStream.range(0, 20_000).mapToDouble(i -> i == 0 ? 0.5 : i).toArray();
    values[19_999] = Double.NaN;
    HtmlPage page = new HtmlPage("chart");
    page.chart("Earned", times, List.of(HtmlPage.Line.of("mine", values)));
    page.chart("Nothing", List.of(), List.of(HtmlPage.Line.of("mine", new double[0])));
    String text = page.text();

    assertThat(text.length()).isLessThan(30_000);
    assertThat(text).contains("<td>t0</td><td>0.5000</td>", "<td>t19999</td><td>-</td>");
    assertThat(text).contains("19998.0000", "Nothing to draw").doesNotContain("NaN");
  }
}
