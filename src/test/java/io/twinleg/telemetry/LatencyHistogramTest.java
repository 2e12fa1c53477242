package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a latency counts, and what is said of all of them. */
class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @SuppressWarnings("unchecked")
  private List<Long> buckets() {
    return (List<Long>) histogram.fields().get("buckets");
  }

  @Test
  void nothingRecordedIsUnknownAndNotZero() {
    assertThat(histogram.within(0.5)).isEmpty();
    assertThat(histogram.fields()).containsEntry("count", 0L);
    assertThat(buckets()).hasSize(LatencyHistogram.bounds().size() + 1).containsOnly(0L);
  }

  @Test
  void anUpperEndBelongsToItsBucket() {
    histogram.record(10_000);
    histogram.record(10_001);
    histogram.record(-7);
    assertThat(buckets().subList(0, 3)).containsExactly(2L, 1L, 0L);
    assertThat(histogram.fields()).containsEntry("sum_s", 20_001e-9);
  }

  @Test
  void halfAndMostEndWithinTheirBuckets() {
    for (int i = 0; i < 98; i++) {
      histogram.record(40_000);
    }
    histogram.record(3_000_000);
    histogram.record(11_000_000_000L);
    assertThat(histogram.within(0.5)).contains(0.05);
    assertThat(histogram.within(0.99)).contains(5.0);
    assertThat(histogram.within(1)).isEmpty();
    assertThat(LatencyHistogram.bounds()).startsWith(1e-5, 2e-5).endsWith(5.0, 10.0);
  }
}
