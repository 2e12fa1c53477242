package io.hypercarry.core;

import io.hypercarry.core.event.Fact.OperatorCommanded;
import io.hypercarry.core.event.Note;

/** What an operator's word is told as. */
final class OperatorNotes {
  private OperatorNotes() {}

  static Note of(OperatorCommanded command) {
    return switch (command.operation()) {
      case PAUSE -> Note.warn("paused");
      case RESUME -> Note.info("resumed");
      case KILL -> Note.error("kill_switch").with("kill_level", command.argument());
      case FLATTEN -> Note.warn("flatten_requested");
      case STOP -> Note.info("shutdown_requested").with("reason", command.argument());
      case STOP_FAST ->
          Note.warn("shutdown_requested").with("reason", "second signal").with("fast", true);
    };
  }
}
