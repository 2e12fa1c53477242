package io.twinleg.stress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One figure over all worlds. */
public record Distribution(String name, String unit, List<BigDecimal> sorted) {
  private static final int DECIMALS = 4;

  public Distribution {
    sorted = sorted.stream().sorted().toList();
  }

  public BigDecimal percentile(int percent) {
    if (sorted.isEmpty()) {
      return BigDecimal.ZERO;
    }
    int at = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
    return rounded(sorted.get(at));
  }

  public BigDecimal mean() {
    BigDecimal sum = sorted.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return sorted.isEmpty()
        ? BigDecimal.ZERO
        : rounded(sum.divide(BigDecimal.valueOf(sorted.size()), MathContext.DECIMAL64));
  }

  private static BigDecimal rounded(BigDecimal value) {
    BigDecimal plain = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  public Map<String, BigDecimal> figures() {
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    figures.put("min", percentile(0));
    figures.put("p1", percentile(1));
    figures.put("p5", percentile(5));
    figures.put("median", percentile(50));
    figures.put("p95", percentile(95));
    figures.put("p99", percentile(99));
    figures.put("max", percentile(100));
    figures.put("mean", mean());
    return figures;
  }
}
