package io.twinleg.core.event;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the log, made by the core and written by others: the log events of specification
 * 1.12, under their names and with their fields in order. It decides nothing and is derived from
 * the events, so a replay gives the same lines.
 *
 * @param fields a value is a String, a Boolean, a Long, an Integer, a BigDecimal, or a List or Map
 *     of these
 */
public record LogEvent(
    Level level, String event, Optional<MarketId> market, Map<String, Object> fields) {
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  public LogEvent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static LogEvent info(String event) {
    return new LogEvent(Level.INFO, event, Optional.empty(), Map.of());
  }

  public static LogEvent warn(String event) {
    return new LogEvent(Level.WARN, event, Optional.empty(), Map.of());
  }

  public static LogEvent error(String event) {
    return new LogEvent(Level.ERROR, event, Optional.empty(), Map.of());
  }

  public static LogEvent debug(String event) {
    return new LogEvent(Level.DEBUG, event, Optional.empty(), Map.of());
  }

  public LogEvent in(MarketId of) {
    return new LogEvent(level, event, Optional.of(of), fields);
  }

  /** Of a run with several venues a line names those that are not its first. */
  public LogEvent at(VenueId venue) {
    return venue.isFirst() ? this : with("venue", venue.name());
  }

  /** A value type of the model is logged as its number or text. */
  public LogEvent with(String field, Object value) {
    return with(Map.of(field, value));
  }

  /** Several at once, in their order: a line of many figures is built in one go. */
  public LogEvent with(Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    more.forEach((field, value) -> all.put(field, LogValue.plain(value)));
    return new LogEvent(level, event, market, all);
  }
}
