package io.twinleg.research;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How a report writes its figures for people. Rounded here and nowhere before, half to even. */
final class NumberFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private NumberFormat() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String signed(Usd amount) {
    String plain = rounded(amount.value(), 4);
    return plain.startsWith("-") ? plain : "+" + plain;
  }

  static String usd(Usd amount) {
    return rounded(amount.value(), 2);
  }

  static String rounded(BigDecimal number, int decimals) {
    return number.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  static String percent(BigDecimal fraction) {
    return rounded(fraction.movePointRight(2), 2) + " %";
  }

  static String hours(Duration time) {
    return rounded(ReportFields.hours(time), 1) + " h";
  }

  static String seconds(Duration time) {
    return rounded(ReportFields.seconds(time), 2) + " s";
  }

  static String times(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
