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
 * Which of our packages may import which. A new room is one more row.
 *
 * <p>{@code core.*} stands for {@code core} and every room below it. A room that does not exist yet
 * may stand here; a room that exists must.
 */
final class ImportTable {
  private static final String MAY_IMPORT =
      """
      core.model            |
      core.event            | core.model
      core.market           | core.model core.event
      core.portfolio        | core.model core.event
      core.strategy         | core.model core.market core.portfolio
      core.risk             | core.model core.event core.market core.portfolio
      core.execution        | core.model core.event core.market core.portfolio
      core                  | core.*
      protocol              | core.model
      protocol.hyperliquid  | core.model protocol
      protocol.aster        | core.model protocol
      keys                  |
      venue                 | core.model core.event
      venue.link            | venue core.model core.event
      venue.hyperliquid     | venue venue.link protocol protocol.hyperliquid core.model core.event
      venue.aster           | venue venue.link protocol protocol.aster core.model core.event
      venue.sim             | venue exchange core.model core.event
      history               | core.model
      exchange              | core.model history
      exchange.server       | exchange core.model
      exchange.hyperliquid  | exchange exchange.server protocol protocol.hyperliquid core.model
      exchange.aster        | exchange exchange.server protocol protocol.aster core.model
      journal               | core.model core.event
      telemetry             | core.model core.event
      runner                | core core.model core.event venue journal telemetry
      connectivity          | venue core.model core.event
      research              | runner core.* venue venue.sim exchange history journal
      simulation            | runner core core.model core.event venue venue.sim exchange journal telemetry simulation.checker
      simulation.checker    | exchange core.model
      dashboard             | journal core.model core.event
      app                   | *
      """;

  private static final String ROOT = "io.twinleg.";

  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  ImportTable() {
    MAY_IMPORT.lines().forEach(this::addRow);
  }

  private void addRow(String line) {
    String[] columns = line.split("\\|", -1);
    String room = columns[0].strip();
    List<String> allowed =
        Arrays.stream(columns[1].strip().split(" +")).filter(name -> !name.isEmpty()).toList();
    if (rows.put(room, allowed) != null) {
      throw new IllegalStateException("two rows for " + room);
    }
  }

  /** Our packages that have a class and no row. */
  Set<String> unknownRooms(JavaClasses classes) {
    return classes.stream()
        .map(ImportTable::room)
        .filter(room -> !rows.containsKey(room))
        .collect(toCollection(TreeSet::new));
  }

  /** Every use of one of our packages that its user's row does not name. */
  Set<String> trespasses(JavaClasses classes) {
    Set<String> found = new LinkedHashSet<>();
    for (JavaClass user : classes) {
      for (Dependency use : user.getDirectDependenciesFromSelf()) {
        JavaClass used = use.getTargetClass().getBaseComponentType();
        if (isOurs(used) && !mayImport(room(user), room(used))) {
          found.add(room(user) + " may not import " + room(used) + ": " + use.getDescription());
        }
      }
    }
    return found;
  }

  boolean mayImport(String user, String used) {
    return user.equals(used)
        || rows.getOrDefault(user, List.of()).stream().anyMatch(allowed -> covers(allowed, used));
  }

  private static boolean covers(String allowed, String room) {
    if (allowed.equals("*")) {
      return true;
    }
    if (allowed.endsWith(".*")) {
      String parent = allowed.substring(0, allowed.length() - 2);
      return room.equals(parent) || room.startsWith(parent + ".");
    }
    return allowed.equals(room);
  }

  private static boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(ROOT);
  }

  /** {@code core.risk} for {@code io.twinleg.core.risk}; a class outside every room has "". */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
  }
}
