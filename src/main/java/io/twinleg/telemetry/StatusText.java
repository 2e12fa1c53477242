package io.twinleg.telemetry;

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

/** The block of the live view: three lines a market, under a rule with the run's time. */
final class StatusText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final int width;

  StatusText(int width) {
    this.width = width;
  }

  List<String> lines(Instant now, List<StatusLine> markets) {
    List<String> lines = new ArrayList<>();
    String mode = markets.isEmpty() ? "" : markets.get(0).mode();
    lines.add(
        fit(
            "── "
                + TIME.format(now)
                + " UTC  "
                + mode
                + "  next funding in "
                + untilFunding(now)
                + " ",
            '─'));
    for (StatusLine market : markets) {
      lines.add(cut(position(market)));
      lines.add(cut(money(market)));
      lines.add(cut(legs(market)));
    }
    return lines;
  }

  private static String position(StatusLine market) {
    return "%s %-11s spot %s  short %s  hedge error %s"
        .formatted(
            market.market(),
            market.state(),
            market.spot(),
            market.shortPerp(),
            market.hedgeError());
  }

  private static String money(StatusLine market) {
    return "  APR %s  funding %s  fees %s  net %s USD"
        .formatted(
            market.apr().map(StatusText::percent).orElse("?"),
            signed(market.funding()),
            market.fees().value().setScale(4, RoundingMode.HALF_EVEN),
            signed(market.net()));
  }

  private static String legs(StatusLine market) {
    return "  spot leg: %s open   perp leg: %s open%s"
        .formatted(
            market.openSpotOrders(),
            market.openPerpOrders(),
            market.waitingFor().map(what -> "   waiting for: " + what).orElse(""));
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

  private String fit(String text, char filler) {
    StringBuilder line = new StringBuilder(text);
    while (line.length() < width - 1) {
      line.append(filler);
    }
    return cut(line.toString());
  }

  private String cut(String text) {
    return text.length() < width ? text : text.substring(0, Math.max(1, width - 2)) + "…";
  }
}
