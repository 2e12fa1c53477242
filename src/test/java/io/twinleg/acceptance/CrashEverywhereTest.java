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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
          AtomicityTest.class,
          BatchLegModeTest.class,
          RepairTest.class,
          PerpFirstLegModeTest.class,
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
          HaltTest.class);

  private static final Duration AFTERWARDS = Duration.ofSeconds(20);

  /** Longer scenarios repeat themselves: they are killed at as many steps, evenly spread. */
  private static final long KILLS = 60;

  @TestFactory
  Stream<DynamicTest> theInvariantsHoldAtEveryCrashPoint() {
    return SCENARIOS.stream()
        .flatMap(each -> scenarios(each).stream())
        .map(each ->
            DynamicTest.dynamicTest(
                each.getDeclaringClass().getSimpleName() + " " + each.getName(),
                new Everywhere(each)));
  }

  static List<Method> scenarios() {
    return SCENARIOS.stream().flatMap(each -> scenarios(each).stream()).toList();
  }

  private static List<Method> scenarios(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** One scenario, killed at each of its steps in turn. */
  private static final class Everywhere implements CrashPoints {
    private final Method scenario;
    private long kills;

    private Everywhere(Method scenario) {
      this.scenario = scenario;
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
      long steps = play(scenario, Long.MAX_VALUE / 2).steps();
      assertThat(steps).as("steps at which it can be killed").isPositive();
      List<String> broken = new ArrayList<>();
      long stride = Math.max(1, steps / KILLS);
      for (long step = 1; step <= steps; step += stride, kills++) {
        long at = step;
        play(scenario, step)
            .broken()
            .ifPresent(what -> broken.add("killed at step " + at + " of " + steps + ": " + what));
      }
      assertThat(broken).isEmpty();
    }
  }

  private static Crash play(Method scenario, long step) {
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
  private static void run(Method scenario) {
    try {
      var constructor = scenario.getDeclaringClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      scenario.setAccessible(true);
      scenario.invoke(constructor.newInstance());
    } catch (InvocationTargetException failed) {
      Optional.of(failed.getCause())
          .filter(cause -> !(cause instanceof Exception || cause instanceof AssertionError))
          .ifPresent(cause -> {
            throw new IllegalStateException(cause);
          });
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
