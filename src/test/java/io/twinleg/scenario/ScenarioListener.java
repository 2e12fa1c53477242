package io.twinleg.scenario;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Enters what becomes of each test that plays a {@link Scenario} in the {@link ScenarioTable}.
 * Registered for every test class by META-INF/services.
 */
public final class ScenarioListener
    implements BeforeAllCallback, TestWatcher, InvocationInterceptor {

  /** The table is the whole run's: its store closes it at the end. */
  static ScenarioTable table(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            ScenarioTable.class,
            type -> new ScenarioTable(ScenarioTable.FILE),
            ScenarioTable.class);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    table(context);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    context.getTestMethod().ifPresent(test -> table(context).played(test, true));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    context.getTestMethod().ifPresent(test -> table(context).played(test, false));
  }

  /** No watcher is called for a dynamic test. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
      throws Throwable {
    boolean passed = false;
    try {
      invocation.proceed();
      passed = true;
    } finally {
      enter(test, context, passed);
    }
  }

  private static void enter(
      DynamicTestInvocationContext test, ExtensionContext context, boolean passed) {
    if (test.getExecutable() instanceof CrashPoints points) {
      table(context).killedEverywhere(points.scenario(), points.kills(), passed);
      return;
    }
    factory(context).ifPresent(factory -> table(context).played(factory, passed));
  }

  /** Of the test itself or, for one within a container, of what made the container. */
  private static Optional<Method> factory(ExtensionContext context) {
    return context.getTestMethod().or(() -> context.getParent().flatMap(ScenarioListener::factory));
  }
}
