package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;

/** What an operator's word is told as. */
final class OperatorLog {
  private OperatorLog() {}

  static LogEvent of(Event.OperatorCommand command) {
    return switch (command.operation()) {
      case PAUSE -> LogEvent.warn("paused");
      case RESUME -> LogEvent.info("resumed");
      case KILL -> LogEvent.error("kill_switch").with("kill_level", command.argument());
      case FLATTEN -> LogEvent.warn("flatten_requested");
      case STOP -> LogEvent.info("shutdown_requested").with("reason", command.argument());
      case STOP_FAST ->
          LogEvent.warn("shutdown_requested").with("reason", "second signal").with("fast", true);
    };
  }
}
