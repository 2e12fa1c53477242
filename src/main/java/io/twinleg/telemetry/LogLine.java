package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A note as a line of the log: ts, level, event, run_id and market, then its own fields (semantics
 * 1.12).
 */
final class LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private LogLine() {}

  static String of(String runId, Instant at, LogEvent note) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ts", TIME.format(at));
    line.put("level", note.level().name());
    line.put("event", note.event());
    line.put("run_id", runId);
    note.market().ifPresent(market -> line.put("market", market.name()));
    line.putAll(note.fields());
    return JsonText.of(line);
  }
}
