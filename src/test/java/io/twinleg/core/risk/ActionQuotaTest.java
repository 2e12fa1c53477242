package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.QuotaLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Semantics 2.5: how sparing we are with what the venue still grants. */
class ActionQuotaTest {
  private final ActionQuota quota = new ActionQuota();

  @Test
  void aVenueThatCountsNothingLimitsNothing() {
    quota.count(1_000_000);
    assertThat(quota.level()).isEqualTo(QuotaLevel.NONE);
    assertThat(quota.left()).isEmpty();
    assertThat(quota.refusal()).isEmpty();
    assertThat(quota.change()).isEmpty();
  }

  @ParameterizedTest(name = "{0} of 10000 used: {1}")
  @CsvSource({
    "4999, NONE",
    "5000, SLOW",
    "8000, SLOW",
    "8001, IOC_ONLY",
    "9800, IOC_ONLY",
    "9801, NO_ENTRIES",
    "9999, NO_ENTRIES",
    "10000, UNWIND_ONLY",
    "12000, UNWIND_ONLY"
  })
  void theLessIsLeftTheMoreIsSpared(long used, QuotaLevel level) {
    quota.report(new Event.BudgetReported(used, 10_000));
    assertThat(quota.level()).isEqualTo(level);
    assertThat(quota.refusal().isPresent()).isEqualTo(level.compareTo(QuotaLevel.NO_ENTRIES) >= 0);
    assertThat(quota.isSpent()).isEqualTo(level == QuotaLevel.UNWIND_ONLY);
  }

  @Test
  void whatIsSentCountsUntilTheVenueReportsIt() {
    quota.report(new Event.BudgetReported(4_990, 10_000));
    quota.count(10);
    assertThat(quota.level()).isEqualTo(QuotaLevel.SLOW);
    quota.report(new Event.BudgetReported(5_000, 20_000));
    assertThat(quota.left()).contains(15_000L);
    assertThat(quota.level()).isEqualTo(QuotaLevel.NONE);
  }

  @Test
  void aChangeIsLoggedOnce() {
    quota.report(new Event.BudgetReported(6_000, 10_000));
    assertThat(quota.change().orElseThrow().event()).isEqualTo("budget_low");
    assertThat(quota.change()).isEmpty();
    quota.report(new Event.BudgetReported(0, 10_000));
    assertThat(quota.change().orElseThrow().event()).isEqualTo("budget_restored");
  }
}
