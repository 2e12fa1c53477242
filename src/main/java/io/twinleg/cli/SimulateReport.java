package io.twinleg.cli;

import io.twinleg.stress.FaultSchedule.InjectedFault;
import io.twinleg.stress.SimulationBatch;
import io.twinleg.stress.Summary;
import io.twinleg.stress.Summary.Distribution;
import io.twinleg.stress.WorldResult;
import io.twinleg.stress.invariants.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A batch in text and in JSON; the first violations with the least that leads to them. */
final class SimulateReport {
  private static final int SHRUNK = 3;
  private static final int LAST_EVENTS = 40;

  private final SimulationBatch batch;
  private final Summary summary;
  private final String replay;
  private final DrawnSettings settings;

  /**
   * @param replay the command for one world, with two places for its seed
   */
  SimulateReport(SimulationBatch batch, Summary summary, String replay, DrawnSettings settings) {
    this.settings = settings;
    this.batch = batch;
    this.summary = summary;
    this.replay = replay;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("worlds", summary.worlds().size());
    fields.put("violations", summary.broken().size());
    fields.putAll(summary.counts());
    for (Distribution distribution : summary.distributions()) {
      fields.put(distribution.name() + unit(distribution), distribution.figures());
    }
    summary.untried().ifPresent(why -> fields.put("untried", why));
    fields.put("violated", summary.broken().stream().map(this::fields).toList());
    return fields;
  }

  private static String unit(Distribution figure) {
    return switch (figure.unit()) {
      case "USD" -> "_usd";
      case "s" -> "_s";
      case "bps" -> "_bps";
      default -> "";
    };
  }

  private Map<String, Object> fields(WorldResult broken) {
    Violation violation = broken.violation().orElseThrow();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seed", broken.seed());
    fields.put("invariant", violation.invariant());
    fields.put("at", violation.at().toString());
    fields.put("text", violation.text());
    if (settings.isDrawn()) {
      fields.put("settings", settings.of(broken.seed()).toString());
    }
    fields.put("replay", command(broken));
    return fields;
  }

  private String command(WorldResult world) {
    return replay.formatted(world.seed(), world.seed());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    List<WorldResult> broken = summary.broken();
    for (int i = 0; i < broken.size(); i++) {
      append(text, broken.get(i), i < SHRUNK);
    }
    text.append("%d worlds, %d violations%n".formatted(summary.worlds().size(), broken.size()));
    summary.untried().ifPresent(why -> text.append(why).append('\n'));
    summary.counts().forEach((name, value) -> text.append("%-20s %,14d%n".formatted(name, value)));
    String columns = "%-22s %10s %10s %10s %10s %10s %10s%n";
    text.append(columns.formatted("", "p1", "p5", "median", "p95", "p99", "max"));
    for (Distribution distribution : summary.distributions()) {
      List<Object> row = new ArrayList<>(List.of(distribution.name() + unit(distribution)));
      List.of(1, 5, 50, 95, 99, 100)
          .forEach(percent ->
              row.add(String.format(Locale.ROOT, "%.2f", distribution.percentile(percent))));
      text.append(columns.formatted(row.toArray()));
    }
    return text.toString().stripTrailing();
  }

  private void append(StringBuilder text, WorldResult broken, boolean shrinks) {
    text.append("seed ").append(broken.seed()).append(" violates ");
    text.append(broken.violation().orElseThrow()).append('\n');
    if (settings.isDrawn()) {
      text.append("  with ").append(settings.of(broken.seed())).append('\n');
    }
    if (shrinks) {
      SimulationBatch.Shrunk least = batch.shrink(broken, LAST_EVENTS);
      text.append("  it needs ").append(least.faults().size()).append(" faults:\n");
      for (InjectedFault fault : least.faults()) {
        text.append("    ").append(fault).append('\n');
      }
      text.append("  with these alone the last that happened is:\n");
      least.world().trace().forEach(line -> text.append("    ").append(line).append('\n'));
    }
    text.append("  again: ").append(command(broken)).append("\n\n");
  }
}
