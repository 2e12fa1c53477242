package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.scenario.CrashPoints;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Each scenario again, with the process killed before and after each journal write, before and
 * after each send and after each event received, and started again two seconds later. What the
 * scenario expects is no longer expected; the invariants are.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashEverywhereTest {
  private static final List<Class<?>> SCENARIOS =
      List.of(
          EntryTest.class,
          LegModeGatesTest.class,
          LegModeMatrixTest.class,
          ExitTest.class,
          AccountingOverRestartsTest.class,
          RiskTest.class,
          RiskUnknownOutcomeTest.class,
          CollateralTest.class,
          ExternalPositionChangeTest.class,
          RestartTest.class,
          ConnectionFaultTest.class,
          AdversarialMarketTest.class,
          CompoundFaultsTest.class,
          FaultsTest.class,
          PortfolioTest.class,
          HaltTest.class);

  private static final Duration AFTERWARDS = Duration.ofSeconds(20);

  /** Longer scenarios repeat themselves: they are killed at as many steps, evenly spread. */
  private static final long KILLS = 40;

  @TestFactory
  Stream<DynamicTest> theInvariantsHoldAtEveryCrashPoint() {
    return scenarios().stream()
        .flatMap(CrashEverywhereTest::plays)
        .map(each -> DynamicTest.dynamicTest(each.toString(), each));
  }

  static List<Method> scenarios() {
    return SCENARIOS.stream().flatMap(each -> scenarios(each).stream()).toList();
  }

  private static List<Method> scenarios(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method ->
            isOfRows(method) || (isScenario(method) && !type.equals(LegModeMatrixTest.class)))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Beside its rows the matrix tests itself: which cells have none. */
  private static boolean isScenario(Method method) {
    return method.isAnnotationPresent(Test.class);
  }

  private static boolean isOfRows(Method method) {
    return List.of(method.getParameterTypes()).equals(List.of(LegModeCase.class));
  }

  /** The scenario itself or, of a table, each of its rows. */
  private static Stream<Everywhere> plays(Method scenario) {
    String name = scenario.getDeclaringClass().getSimpleName() + " " + scenario.getName();
    return isOfRows(scenario)
        ? LegModeMatrixTest.rows(scenario)
            .map(row -> new Everywhere(scenario, name + ", " + row, row::play))
        : Stream.of(new Everywhere(scenario, name, () -> invoke(scenario)));
  }

  /** One scenario, killed at each of its steps in turn. */
  private static final class Everywhere implements CrashPoints {
    private final Method scenario;
    private final String name;
    private final Executable play;
    private long kills;

    private Everywhere(Method scenario, String name, Executable play) {
      this.scenario = scenario;
      this.name = name;
      this.play = play;
    }

    @Override
    public String toString() {
      return name;
    }

    @Override
    public Method scenario() {
      return scenario;
    }

    @Override
    public long kills() {
      return kills;
    }

    @Override
    public void execute() {
      long steps = CrashEverywhereTest.play(play, Long.MAX_VALUE / 2).steps();
      assertThat(steps).as("steps at which it can be killed").isPositive();
      List<String> broken = new ArrayList<>();
      long stride = Math.max(1, steps / KILLS);
      for (long step = 1; step <= steps; step += stride, kills++) {
        long at = step;
        CrashEverywhereTest.play(play, step)
            .broken()
            .ifPresent(what -> broken.add("killed at step " + at + " of " + steps + ": " + what));
      }
      assertThat(broken).isEmpty();
    }
  }

  private static Crash play(Executable scenario, long step) {
    Crash crash = Crash.atStep(step);
    try {
      run(scenario);
      crash.traders().forEach(trader -> trader.advance(AFTERWARDS));
    } catch (RuntimeException | AssertionError trouble) {
      // the crash has kept what counts
    } finally {
      Crash.over();
    }
    return crash;
  }

  /** The scenario's own expectations may fail: it was written for a run without a crash. */
  private static void run(Executable scenario) {
    try {
      scenario.execute();
    } catch (Throwable failed) {
      if (!(failed instanceof Exception || failed instanceof AssertionError)) {
        throw new IllegalStateException(failed);
      }
    }
  }

  private static void invoke(Method scenario) throws Throwable {
    try {
      var constructor = scenario.getDeclaringClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      scenario.setAccessible(true);
      scenario.invoke(constructor.newInstance());
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
