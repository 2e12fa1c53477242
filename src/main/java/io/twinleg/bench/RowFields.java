package io.twinleg.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers as they are printed: three figures, more would be of this one run only. */
final class RowFields {
  private static final MathContext THREE = new MathContext(3);

  private RowFields() {}

  static BigDecimal rounded(double value) {
    BigDecimal three = new BigDecimal(value).round(THREE).stripTrailingZeros();
    return three.scale() < 0 ? three.setScale(0) : three;
  }

  static long whole(double value) {
    return Math.round(value);
  }

  static BigDecimal median(List<Double> values) {
    return rounded(quantile(values, 0.5));
  }

  static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
  }

  /** Keys and values in turn. */
  static Map<String, Object> of(Object... keysAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return fields;
  }
}
