package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.QuotaLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Semantics 2.5: how sparing we are with what the venue still grants. */
class ActionQuotaTest {
  private final ActionQuota budget = new ActionQuota();

  @Test
  void aVenueThatCountsNothingLimitsNothing() {
    budget.count(1_000_000);
    assertThat(budget.thrift()).isEqualTo(QuotaLevel.NONE);
    assertThat(budget.left()).isEmpty();
    assertThat(budget.refusal()).isEmpty();
    assertThat(budget.news()).isEmpty();
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
  void theLessIsLeftTheMoreIsSpared(long used, QuotaLevel thrift) {
    budget.report(new Event.BudgetReported(used, 10_000));
    assertThat(budget.thrift()).isEqualTo(thrift);
    assertThat(budget.refusal().isPresent())
        .isEqualTo(thrift.compareTo(QuotaLevel.NO_ENTRIES) >= 0);
    assertThat(budget.isSpent()).isEqualTo(thrift == QuotaLevel.UNWIND_ONLY);
  }

  @Test
  void whatIsSentCountsUntilTheVenueSaysItItself() {
    budget.report(new Event.BudgetReported(4_990, 10_000));
    budget.count(10);
    assertThat(budget.thrift()).isEqualTo(QuotaLevel.SLOW);
    budget.report(new Event.BudgetReported(5_000, 20_000));
    assertThat(budget.left()).contains(15_000L);
    assertThat(budget.thrift()).isEqualTo(QuotaLevel.NONE);
  }

  @Test
  void aChangeIsToldOnce() {
    budget.report(new Event.BudgetReported(6_000, 10_000));
    assertThat(budget.news().orElseThrow().event()).isEqualTo("budget_low");
    assertThat(budget.news()).isEmpty();
    budget.report(new Event.BudgetReported(0, 10_000));
    assertThat(budget.news().orElseThrow().event()).isEqualTo("budget_restored");
  }
}
