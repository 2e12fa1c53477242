package io.twinleg.telemetry;

import io.twinleg.core.event.LogEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log event as one line of JSON: ts, level, event, run_id and market, then its own fields
 * (specification 1.12).
 */
final class LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private LogLine() {}

  static String of(String runId, Instant at, LogEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ts", TIME.format(at));
    line.put("level", event.level().name());
    line.put("event", event.event());
    line.put("run_id", runId);
    event.market().ifPresent(market -> line.put("market", market.name()));
    line.putAll(event.fields());
    return JsonText.of(line);
  }
}
