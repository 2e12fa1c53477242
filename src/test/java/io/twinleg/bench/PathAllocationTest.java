package io.twinleg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.bench.Beside.Cost;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the quick paths allocate: the same on a busy machine as on an idle one, which no time is.
 * The limits are about twice what is measured.
 */
class PathAllocationTest {
  private static final int TIMES = 5_000;

  @TempDir Path folder;

  @Test
  void aBookFrameIsReadWithoutAnObject() {
    Cost.of(BookRows.scanning(), TIMES);
    assertThat(Cost.of(BookRows.scanning(), TIMES).bytes()).isLessThan(16);
  }

  /** Measured: 6.3 kB. The trees of before took several times as much. */
  @Test
  void anOrderTakesAFewKilobytes() {
    OrderRows orders = new OrderRows();
    Cost.of(orders::body, 300);
    assertThat(Cost.of(orders::body, 300).bytes()).isBetween(500.0, 12_000.0);
  }

  /** Measured: 14 kB, most of it decimals. */
  @Test
  void aDecisionOnABookTakesSomeKilobytes() throws Exception {
    Map<String, Object> row = new RunRows(folder).rows().getFirst().measurement().take(1);
    assertThat(row).containsKey("bytes_mean");
    assertThat((Long) row.get("bytes_mean")).isBetween(100L, 30_000L);
  }
}
