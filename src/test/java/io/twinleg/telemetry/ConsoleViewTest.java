package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsoleViewTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:11:12Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Emulator terminal = new Emulator(80, 24);
  private Instant wall = NOW;

  private ConsoleView view(boolean coloured) {
    return new ConsoleView(out, terminal, coloured, LogEvent.Level.INFO, () -> wall);
  }

  private static StatusLine line(String market, String state) {
    return new StatusLine(
        new MarketId(market),
        "RUN",
        state,
        Quantity.of("4.99"),
        Quantity.of("4.98"),
        Quantity.of("0.01"),
        new StatusLine.Figures(
            Price.of("40.01"),
            Price.of("40.03"),
            Usd.of("199.3494"),
            new BigDecimal("0.98211"),
            new BigDecimal("0.8412"),
            new BigDecimal("0.27251")),
        Usd.of("1.9148"),
        Usd.of("0.3909"),
        Usd.of("-1.8471"),
        1,
        2,
        Optional.of("the APR is 3 %, below 10 %"));
  }

  private List<String> shown(ConsoleView view, String... markets) {
    wall = wall.plus(Duration.ofSeconds(1));
    view.status(NOW, at -> Arrays.stream(markets).map(name -> line(name, "HEDGED")).toList());
    terminal.write(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
    return terminal.lines();
  }

  private static LogEvent fill(int number) {
    return LogEvent.info("fill")
        .in(new MarketId("HYPE"))
        .with("leg", "spot")
        .with("side", "buy")
        .with("qty", new BigDecimal("1.5"))
        .with("px", new BigDecimal("40"))
        .with("maker", true)
        .with("fee_usd", new BigDecimal("0.00" + number));
  }

  @Test
  void aJournalThatTakesLongIsReadWithItsTimeLeft() {
    ConsoleView view = view(false);
    view.reading(1, 1_001);
    wall = wall.plusMillis(1_999);
    view.reading(150, 1_001);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();

    wall = wall.plusMillis(1);
    view.reading(201, 1_001);
    terminal.write(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
    assertThat(terminal.lines()).contains("reading the journal: 20 % of 1001 rows, about 8 s left");

    assertThat(String.join("\n", shown(view, "HYPE")))
        .contains("HYPE")
        .doesNotContain("reading the journal");
  }

  @Test
  @DisplayName("80 columns: price, notional, margin, distance to liquidation, all figures legible")
  void showsPriceNotionalMarginAndLiquidation() {
    assertThat(shown(view(false), "HYPE"))
        .containsExactly(
            "── 2026-01-05 10:11:12 UTC  RUN  funding in 48:48 ─────────────────────────────",
            "HYPE HEDGED  spot 4.99  short 4.98  hedge error 0.01",
            "price 40.01 / 40.03  notional 199.35 USD  margin 98.21 %",
            "  liquidation at +84.12 %  APR 27.25 %  funding +1.9148  fees 0.3909",
            "  net -1.8471 USD  open orders: 1 spot, 2 perp",
            "  no entry: the APR is 3 %, below 10 %");
  }

  @Test
  @DisplayName("80×24 narrowed to 50×12 and widened: legible, nothing left behind")
  void followsTheSizeOfTheTerminal() {
    ConsoleView view = view(false);
    for (int number = 1; number <= 30; number++) {
      view.log(NOW, fill(number));
    }
    List<String> wide = shown(view, "HYPE");
    assertThat(wide).hasSize(23).allSatisfy(text -> assertThat(text.length()).isLessThan(80));
    for (int[] size : new int[][] {{50, 12}, {120, 40}, {50, 12}, {80, 24}}) {
      terminal.resize(size[0], size[1]);
      List<String> after = shown(view, "HYPE");
      assertThat(after).allSatisfy(text -> assertThat(text.length()).isLessThan(size[0]));
      assertThat(after).hasSizeLessThan(size[1]);
      assertThat(after.stream().filter(text -> text.startsWith("──"))).hasSize(1);
      assertThat(after.stream().filter(text -> text.startsWith("HYPE HEDGED"))).hasSize(1);
      assertThat(String.join(" ", after)).contains("net -1.8471 USD", "HYPE buy 1.5 spot at 40");
      assertThat(shown(view, "HYPE")).as("drawn again in place").isEqualTo(after);
    }
    assertThat(terminal.lines()).hasSizeGreaterThan(15);
    assertThat(wide).endsWith(terminal.lines().toArray(String[]::new));
  }

  @Test
  void moreMarketsThanLinesAreCounted() {
    terminal.resize(80, 12);
    List<String> shown = shown(view(false), "HYPE", "BTC", "ETH", "SOL");
    assertThat(shown).hasSizeLessThan(12);
    assertThat(shown.getLast()).isEqualTo("3 more: ./twinleg status shows all");
  }

  @Test
  void coloursWhereThereAreColoursAndOnlyThere() {
    ConsoleView coloured = view(true);
    coloured.log(NOW, LogEvent.error("trading_halted").with("reason", "x").with("found", "y"));
    coloured.status(NOW, at -> List.of(line("HYPE", "HEDGED")));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains(
            "\u001b[31m01-05 10:11:12  ENTRIES ARE HALTED for x: y;", "\u001b[32mHYPE HEDGED");
    bytes.reset();
    ConsoleView plain = view(false);
    plain.log(NOW, LogEvent.error("trading_halted").with("reason", "x").with("found", "y"));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[3");
  }

  /**
   * As much of a terminal as the view uses: lines wrap, scroll, and wrap anew when it is resized.
   */
  private static final class Emulator implements ConsoleView.Screen {
    private static final Pattern TOKEN =
        Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])|[^\u001b]", Pattern.DOTALL);

    private int columns;
    private int rows;
    private List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    Emulator(int columns, int rows) {
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    public int columns() {
      return columns;
    }

    @Override
    public int rows() {
      return rows;
    }

    /** Lines that are too long become several, as on most terminals. */
    void resize(int newColumns, int newRows) {
      columns = newColumns;
      rows = newRows;
      List<StringBuilder> wrapped = new ArrayList<>();
      for (StringBuilder line : lines) {
        int from = 0;
        do {
          int to = Math.min(line.length(), from + columns);
          wrapped.add(new StringBuilder(line.substring(from, to)));
          from = to;
        } while (from < line.length());
      }
      lines = wrapped;
      row = lines.size() - 1;
      column = 0;
      scroll();
    }

    private void scroll() {
      while (lines.size() > rows) {
        lines.removeFirst();
        row--;
      }
    }

    void write(String text) {
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        if (token.group(2) != null) {
          control(token.group(1), token.group(2));
        } else {
          put(token.group().charAt(0));
        }
      }
    }

    private void control(String argument, String command) {
      switch (command) {
        case "A" -> row = Math.max(0, row - Integer.parseInt(argument));
        case "H" -> {
          row = 0;
          column = 0;
        }
        case "J" -> {
          if (argument.equals("2")) {
            lines.replaceAll(line -> new StringBuilder());
          } else {
            lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            lines.subList(row + 1, lines.size()).clear();
          }
        }
        case "m" -> {
          // a colour
        }
        default -> throw new AssertionError("unknown control " + command);
      }
    }

    private void put(char letter) {
      if (letter == '\r') {
        column = 0;
        return;
      }
      if (letter == '\n' || column == columns) {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
        scroll();
        if (letter == '\n') {
          return;
        }
      }
      StringBuilder line = lines.get(row);
      while (line.length() < column) {
        line.append(' ');
      }
      if (line.length() > column) {
        line.setCharAt(column, letter);
      } else {
        line.append(letter);
      }
      column++;
    }

    /** What is to be seen, without empty lines at the end. */
    List<String> lines() {
      List<String> seen = new ArrayList<>(lines.stream().map(StringBuilder::toString).toList());
      while (!seen.isEmpty() && seen.getLast().isEmpty()) {
        seen.removeLast();
      }
      return seen;
    }
  }
}
