package io.twinleg.telemetry;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The block of the live view: a rule with the run's time, and under it each market, in as many
 * lines as the terminal's width makes of it.
 */
final class StatusText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final String GAP = "  ";
  private static final String UNKNOWN = "?";

  private StatusText() {}

  /** How a line is to be looked at. */
  enum Mood {
    PLAIN,
    GOOD,
    CAUTION,
    ALARM
  }

  /** One line, no wider than the terminal. */
  record Line(String text, Mood mood) {}

  /**
   * @param closed how far the closing of a market is, where it lasts
   * @param width in columns
   * @param height the most lines; what does not fit is counted in the last one
   */
  static List<Line> lines(
      Instant now, List<StatusLine> markets, Map<MarketId, String> closed, int width, int height) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(rule(now, markets, width), Mood.PLAIN));
    int shown = 0;
    for (StatusLine market : markets) {
      List<Line> next = market(market, closed.getOrDefault(market.market(), ""), width);
      boolean isLast = shown == markets.size() - 1;
      if (shown > 0 && lines.size() + next.size() > height - (isLast ? 0 : 1)) {
        break;
      }
      lines.addAll(next);
      shown++;
    }
    if (shown < markets.size()) {
      lines.add(
          new Line(
              cut(markets.size() - shown + " more: ./twinleg status shows all", width),
              Mood.PLAIN));
    }
    return lines.size() > height ? lines.subList(0, Math.max(1, height)) : lines;
  }

  private static String rule(Instant now, List<StatusLine> markets, int width) {
    String mode = markets.isEmpty() ? "" : GAP + markets.get(0).mode();
    StringBuilder line =
        new StringBuilder("── " + TIME.format(now) + " UTC" + mode + GAP + "funding in ")
            .append(untilFunding(now))
            .append(' ');
    while (line.length() < width - 1) {
      line.append('─');
    }
    return cut(line.toString(), width);
  }

  private static List<Line> market(StatusLine market, String closed, int width) {
    List<Line> lines = new ArrayList<>();
    List<String> held = new ArrayList<>();
    held.add(market.market() + " " + market.state());
    if (!closed.isEmpty()) {
      held.add(closed);
    }
    held.add("spot " + market.spot());
    held.add("short " + market.shortPerp());
    held.add("hedge error " + market.hedgeError());
    flow(held, width).forEach(text -> lines.add(new Line(text, mood(market))));
    StatusLine.Figures known = market.figures();
    List<String> figures = new ArrayList<>();
    figures.add("price " + text(known.spotPrice()) + " / " + text(known.perpPrice()));
    Usd notional = known.notional();
    figures.add("notional " + (notional == null ? UNKNOWN : cents(notional)) + " USD");
    BigDecimal margin = known.marginRatio();
    BigDecimal distance = known.liquidationDistance();
    if (margin != null && distance != null) {
      figures.add("margin " + percent(margin));
      figures.add("liquidation at +" + percent(distance));
    }
    BigDecimal apr = known.apr();
    figures.add("APR " + (apr == null ? UNKNOWN : percent(apr)));
    figures.add("funding " + signed(market.funding()));
    figures.add("fees " + market.fees().value().setScale(4, RoundingMode.HALF_EVEN));
    figures.add("net " + signed(market.net()) + " USD");
    figures.add(
        "open orders: " + market.openSpotOrders() + " spot, " + market.openPerpOrders() + " perp");
    market.waitingFor().ifPresent(what -> figures.add("no entry: " + what));
    flow(figures, width).forEach(text -> lines.add(new Line(text, Mood.PLAIN)));
    return lines;
  }

  private static Mood mood(StatusLine market) {
    return switch (market.state()) {
      case "FLAT" -> Mood.PLAIN;
      case "HEDGED" -> Mood.GOOD;
      case "QUARANTINED", "UNWINDING" -> Mood.ALARM;
      default -> Mood.CAUTION;
    };
  }

  /** As many parts on a line as fit; those of the second line and on are indented. */
  static List<String> flow(List<String> parts, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      if (!line.isEmpty() && line.length() + GAP.length() + part.length() >= width) {
        lines.add(cut(line.toString(), width));
        line = new StringBuilder(GAP);
      } else if (!line.isEmpty()) {
        line.append(GAP);
      }
      line.append(part);
    }
    lines.add(cut(line.toString(), width));
    return lines;
  }

  private static String text(@Nullable Price price) {
    return price == null ? UNKNOWN : price.toString();
  }

  private static String cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  static String percent(BigDecimal rate) {
    return rate.movePointRight(2).setScale(2, RoundingMode.HALF_EVEN) + " %";
  }

  static String signed(Usd amount) {
    String sign = amount.signum() < 0 ? "" : "+";
    return sign + amount.value().setScale(4, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String untilFunding(Instant now) {
    Instant next = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    long seconds = Duration.between(now, next).toSeconds();
    return "%02d:%02d".formatted(seconds / 60, seconds % 60);
  }

  /** The last column stays free: a line that reaches it begins the next one on some terminals. */
  static String cut(String text, int width) {
    return text.length() < width ? text : text.substring(0, Math.max(1, width - 2)) + "…";
  }
}
