package io.twinleg.rules;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of our packages may import which. A new package is one more row.
 *
 * <p>{@code core.*} stands for {@code core} and every package below it. A package that does not
 * exist yet may stand here; a package that exists must.
 */
final class ImportTable {
  private static final String MAY_IMPORT =
      """
      core.model                    |
      core.event                    | core.model
      core.market                   | core.model core.event
      core.portfolio                | core.model core.event
      core.strategy                 | core.model core.market core.portfolio
      core.risk                     | core.model core.event core.market core.portfolio
      core.execution.orders         | core.model core.event core.market
      core.execution.pricing        | core.model core.event core.market core.execution.orders
      core.execution.reconciliation | core.model core.portfolio
      core.execution                | core.model core.event core.market core.portfolio core.execution.orders core.execution.pricing
      core                          | core.*
      wire                          | core.model
      wire.hyperliquid              | core.model wire
      wire.hyperliquid.action       | wire wire.hyperliquid
      wire.hyperliquid.market       | wire wire.hyperliquid
      wire.hyperliquid.account      | wire wire.hyperliquid
      wire.hyperliquid.stream       | wire wire.hyperliquid
      wire.aster                    | core.model wire
      wire.aster.request            | core.model wire wire.aster
      files                         |
      keys                          | files
      venue                         | core.model core.event
      venue.transport               | venue core.model core.event
      venue.client                  | venue venue.transport wire core.model core.event
      venue.hyperliquid.market      | venue venue.transport venue.client wire wire.hyperliquid.* core.model core.event
      venue.hyperliquid.order       | venue venue.transport venue.client wire wire.hyperliquid.* core.model core.event
      venue.hyperliquid.account     | venue venue.transport venue.client venue.hyperliquid.market venue.hyperliquid.order wire wire.hyperliquid.* core.model core.event
      venue.hyperliquid             | venue venue.transport venue.client venue.hyperliquid.* wire wire.hyperliquid.* core.model core.event
      venue.routed                  | venue venue.transport wire core.model core.event
      venue.aster                   | venue venue.transport venue.client wire wire.aster.* core.model core.event
      venue.simulated               | venue simulator core.model core.event
      venue.paper                   | venue venue.simulated simulator simulator.market.live core.model core.event
      history                       | core.model
      simulator                     | core.model
      simulator.market.synthetic    | simulator core.model
      simulator.market.recorded     | simulator simulator.market.synthetic history core.model
      simulator.market.live         | simulator core.model
      simulator.server.common       | simulator core.model
      simulator.server.hyperliquid  | simulator simulator.server.common wire wire.hyperliquid.* core.model
      simulator.server.aster        | simulator simulator.market.synthetic simulator.server.common wire wire.aster.* core.model
      journal                       | files core.model core.event
      telemetry                     | files core.model core.event
      snapshot                      |
      runtime                       | core core.model core.event venue journal telemetry snapshot
      smoketest                     | venue core.model core.event
      research                      | runtime core.* venue venue.simulated simulator history journal snapshot
      research.sweep                | core.* history
      research.walk                 | core.* history
      research.bars                 | simulator history core.model
      research.scan                 | simulator history core.model core.strategy
      research.page                 | research research.sweep core.model
      stress                        | runtime core core.model core.event venue venue.simulated simulator journal telemetry stress.invariants
      stress.invariants             | simulator core.model
      dashboard                     | journal telemetry runtime research core.*
      alerts                        | files journal telemetry venue.transport core.model core.event
      config                        | alerts files core core.model core.execution.* core.risk core.strategy venue
      bootstrap                     | *
      bench                         | bootstrap config core core.* history journal research.sweep runtime simulator telemetry wire wire.hyperliquid.*
      cli.options                   | bootstrap core.model
      cli.research                  | cli.options bootstrap config core.* history research research.* simulator simulator.* telemetry venue venue.hyperliquid.market
      cli                           | *
      """;

  private static final String ROOT = "io.twinleg.";

  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  ImportTable() {
    MAY_IMPORT.lines().forEach(this::addRow);
  }

  private void addRow(String line) {
    String[] columns = line.split("\\|", -1);
    String name = columns[0].strip();
    List<String> allowed =
        Arrays.stream(columns[1].strip().split(" +")).filter(each -> !each.isEmpty()).toList();
    if (rows.put(name, allowed) != null) {
      throw new IllegalStateException("two rows for " + name);
    }
  }

  /** Our packages that have a class and no row. */
  Set<String> unlistedPackages(JavaClasses classes) {
    return classes.stream()
        .map(ImportTable::packageOf)
        .filter(name -> !rows.containsKey(name))
        .collect(toCollection(TreeSet::new));
  }

  /** Every use of one of our packages that its user's row does not name. */
  Set<String> forbiddenImports(JavaClasses classes) {
    Set<String> found = new LinkedHashSet<>();
    for (JavaClass user : classes) {
      for (Dependency use : user.getDirectDependenciesFromSelf()) {
        JavaClass used = use.getTargetClass().getBaseComponentType();
        if (isOurs(used) && !mayImport(packageOf(user), packageOf(used))) {
          found.add(
              packageOf(user) + " may not import " + packageOf(used) + ": " + use.getDescription());
        }
      }
    }
    return found;
  }

  boolean mayImport(String user, String used) {
    return user.equals(used)
        || rows.getOrDefault(user, List.of()).stream().anyMatch(allowed -> covers(allowed, used));
  }

  private static boolean covers(String allowed, String name) {
    if (allowed.equals("*")) {
      return true;
    }
    if (allowed.endsWith(".*")) {
      String parent = allowed.substring(0, allowed.length() - 2);
      return name.equals(parent) || name.startsWith(parent + ".");
    }
    return allowed.equals(name);
  }

  private static boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(ROOT);
  }

  /** {@code core.risk} for {@code io.twinleg.core.risk}; a class outside every package has "". */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
  }
}
