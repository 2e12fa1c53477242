package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.scenario.Scenario;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The leg modes against what happens to their orders: a test for each thing that may happen, a row
 * for each mode. Rows are {@link LegModeEntryRows}, where the entry comes to an end by itself, and
 * {@link LegModeHedgeRows}, where one leg is filled and the other is not.
 */
@Execution(ExecutionMode.CONCURRENT)
class LegModeMatrixTest {
  private static final String ENTRY = "io.twinleg.acceptance.LegModeEntryRows#";
  private static final String HEDGE = "io.twinleg.acceptance.LegModeHedgeRows#";

  /**
   * Nothing of a batch rests that could be withdrawn or requoted, and of two orders that leave
   * together neither is the first leg.
   */
  private static final List<String> IMPOSSIBLE =
      List.of(
          "filledWhileWithdrawn BATCH",
          "filledWhileRequoted BATCH",
          "firstLegRejected BATCH",
          "firstLegRejected BOTH");

  /**
   * Not played: auto where it only comes to the rows of the leg that it rests; and a repair or an
   * unwind after a batch or two quotes, which is the same code as after a hedge that failed.
   */
  private static final List<String> NOT_PLAYED =
      List.of(
          "filledInParts AUTO",
          "filledInParts BOTH",
          "firstLegRejected AUTO",
          "filledWhileWithdrawn AUTO",
          "filledWhileWithdrawn BOTH",
          "filledWhileRequoted AUTO",
          "filledWhileRequoted BOTH",
          "restartedHalfFilled AUTO",
          "otherLegUnknown BOTH",
          "otherLegLate BOTH",
          "otherBookStale AUTO",
          "otherBookStale BATCH",
          "otherBookStale BOTH",
          "otherLegPartlyFilled AUTO",
          "otherLegQuoted AUTO",
          "otherLegQuoted BATCH",
          "otherLegQuoted BOTH",
          "otherLegTaken AUTO",
          "otherLegTaken BATCH",
          "otherLegTaken BOTH",
          "unwoundAfterTheTimeout AUTO",
          "unwoundAfterTheTimeout BATCH",
          "unwoundWhenNotWantedAnyMore AUTO",
          "unwoundWhenNotWantedAnyMore BATCH",
          "unwoundWhenNotWantedAnyMore BOTH");

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "filledWhole")
  @Scenario({"E02", "A05"})
  void filledWhole(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "filledInParts")
  @Scenario({"A03", "A04", "A05"})
  void filledInParts(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "firstLegRejected")
  @Scenario("A02")
  void firstLegRejected(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "filledWhileWithdrawn")
  @Scenario("A07")
  void filledWhileWithdrawn(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "filledWhileRequoted")
  @Scenario("A08")
  void filledWhileRequoted(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "exit")
  @Scenario("X01")
  void exit(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(ENTRY + "restartedHalfFilled")
  void restartedHalfFilled(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegRejected")
  @Scenario("A01")
  void otherLegRejected(LegModeCase row) {
    row.play();
  }

  /** Specification 2.6. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegUnknown")
  void otherLegUnknown(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegLate")
  void otherLegLate(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherBookStale")
  void otherBookStale(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegPartlyFilled")
  @Scenario({"A06", "RP05"})
  void otherLegPartlyFilled(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegQuoted")
  @Scenario({"RP01", "RP06"})
  void otherLegQuoted(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "otherLegTaken")
  @Scenario({"RP02", "RP06", "RP07"})
  void otherLegTaken(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "unwoundAfterTheTimeout")
  @Scenario({"RP03", "RP08"})
  void unwoundAfterTheTimeout(LegModeCase row) {
    row.play();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(HEDGE + "unwoundWhenNotWantedAnyMore")
  @Scenario("RP04")
  void unwoundWhenNotWantedAnyMore(LegModeCase row) {
    row.play();
  }

  /** Otherwise a mode could lose its rows, and no scenario's id would be missed. */
  @Test
  void everyModeIsPlayedInEveryTestButWhereItHasNone() {
    List<String> missing = new ArrayList<>();
    for (Method test : LegModeMatrixTest.class.getDeclaredMethods()) {
      if (test.isAnnotationPresent(MethodSource.class)) {
        List<LegMode> played = rows(test).map(LegModeCase::mode).toList();
        EnumSet.allOf(LegMode.class).stream()
            .filter(mode -> !played.contains(mode))
            .forEach(mode -> missing.add(test.getName() + " " + mode));
      }
    }
    List<String> known = new ArrayList<>(IMPOSSIBLE);
    known.addAll(NOT_PLAYED);
    assertThat(missing).containsExactlyInAnyOrderElementsOf(known);
  }

  /** The rows of a test of this class. */
  static Stream<LegModeCase> rows(Method test) {
    List<Method> factories =
        Stream.of(LegModeEntryRows.class, LegModeHedgeRows.class)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(factory -> factory.getName().equals(test.getName()))
            .filter(factory -> factory.getReturnType().equals(Stream.class))
            .toList();
    assertThat(factories).as("tables of %s", test.getName()).hasSize(1);
    Stream<?> rows = (Stream<?>) ReflectionSupport.invokeMethod(factories.getFirst(), null);
    return rows.map(LegModeCase.class::cast);
  }
}
