package io.twinleg.digest;

import io.twinleg.digest.DigestFile.Row;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Compares the commands of each acceptance test with the test's row in digests/scenarios.txt, and
 * fails the test where they differ. A key is Class#method, with [n] behind it for the nth
 * invocation of a parameterised test. Registered for every test class by META-INF/services; tests
 * without a {@link #log} have no digest, and neither have the tests of a factory, which repeat
 * others.
 */
public final class ScenarioDigests
    implements TestInstancePreConstructCallback, AfterEachCallback, AfterAllCallback {
  static final DigestFile FILE = new DigestFile("scenarios.txt");

  private static final ThreadLocal<Optional<CommandLog>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);
  private static final Pattern INVOCATION =
      Pattern.compile("\\[test-template-invocation:#(\\d+)]$");

  /** Of the test that runs in this thread. */
  public static CommandLog log() {
    CommandLog log = CURRENT.get().orElseGet(CommandLog::new);
    CURRENT.set(Optional.of(log));
    return log;
  }

  /**
   * The tests of a factory leave a log in the thread that ran them. It is dropped before a test's
   * fields are made, for one of them may be the trader that logs.
   */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    CURRENT.remove();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Optional<CommandLog> log = CURRENT.get();
    CURRENT.remove();
    Method test = context.getRequiredTestMethod();
    if (log.isEmpty() || test.isAnnotationPresent(TestFactory.class)) {
      return;
    }
    String key = key(test, context.getUniqueId());
    DigestFile.keep(key, log.get());
    seen(context).add(log.get().row(key), log.get(), context.getExecutionException().isPresent());
  }

  /** A parameterised test makes all the invocations that have a row. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (!DigestFile.UPDATE && !DigestFile.RENAME) {
      List<String> missing = seen(context).missing(context.getRequiredTestClass().getSimpleName());
      if (!missing.isEmpty()) {
        throw new AssertionError("digests/scenarios.txt has runs that were not made: " + missing);
      }
    }
  }

  private static String key(Method test, String uniqueId) {
    Matcher invocation = INVOCATION.matcher(uniqueId);
    String suffix = invocation.find() ? "[" + invocation.group(1) + "]" : "";
    return test.getDeclaringClass().getSimpleName() + "#" + test.getName() + suffix;
  }

  /** The method of a key. */
  static String method(String key) {
    return key.replaceFirst("\\[\\d+]$", "");
  }

  /** One for the whole test run: the root's store closes it at the end. */
  private static Seen seen(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Seen.class, type -> new Seen(), Seen.class);
  }

  /** The scenarios that have been run. */
  private static final class Seen implements AutoCloseable {
    private final List<Row> file = FILE.rows();
    private final List<Row> unclaimed = new ArrayList<>(file);
    private final Map<String, Row> seen = new LinkedHashMap<>();
    private boolean failed;

    synchronized void add(Row row, CommandLog log, boolean testFailed) {
      seen.put(row.key(), row);
      failed |= testFailed;
      if (testFailed || DigestFile.UPDATE) {
        return;
      }
      if (DigestFile.RENAME) {
        claim(row, log);
      } else if (!file.contains(row)) {
        throw different(row, log, "differs from its row in digests/scenarios.txt");
      }
    }

    private void claim(Row row, CommandLog log) {
      Optional<Row> same = unclaimed.stream().filter(row::isSameRun).findFirst();
      if (same.isEmpty()) {
        failed = true;
        throw different(row, log, "is not a row of digests/scenarios.txt under another name");
      }
      unclaimed.remove(same.get());
    }

    private static AssertionError different(Row row, CommandLog log, String how) {
      Path lines = DigestFile.write(row.key(), log);
      return new AssertionError(
          "the run \"%s\" %s; its commands are in %s".formatted(row, how, lines));
    }

    synchronized List<String> missing(String type) {
      List<String> methods =
          seen.keySet().stream()
              .filter(key -> key.startsWith(type + "#"))
              .map(ScenarioDigests::method)
              .toList();
      return file.stream()
          .map(Row::key)
          .filter(key -> methods.contains(method(key)) && !seen.containsKey(key))
          .toList();
    }

    /** Rewrites the file where that was asked for; sorted so that a rename moves no line. */
    @Override
    public synchronized void close() {
      if (seen.isEmpty() || !(DigestFile.UPDATE || DigestFile.RENAME)) {
        return;
      }
      if (failed || (DigestFile.RENAME && !unclaimed.isEmpty())) {
        System.err.println("digests/scenarios.txt is not rewritten; rows not found: " + unclaimed);
        return;
      }
      FILE.rewrite(
          seen.values().stream()
              .sorted(Comparator.comparing(Row::digest).thenComparing(Row::key))
              .toList());
    }
  }
}
