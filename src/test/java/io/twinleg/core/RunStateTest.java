package io.twinleg.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event.OperatorCommand;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.RiskDirective;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, 1.14 and 2.14: what an operator's commands make of a run. */
class RunStateTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  /**
   * One history of a run.
   *
   * @param script what happens; each command arrives a second after the one before it, the first at
   *     12:10:01
   * @param expected phase and directive, then what is set
   */
  private record Row(String name, Consumer<Script> script, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, Consumer<Script> script, String... expected) {
    return new Row(name, script, List.of(expected));
  }

  private static final class Script {
    private final RunState run = new RunState();
    private Instant now = T0;

    Script starts() {
      run.started();
      return this;
    }

    Script runs() {
      run.startupCompleted();
      return this;
    }

    Script flat() {
      run.flattened();
      return this;
    }

    Script command(Operation operation, String argument) {
      now = now.plusSeconds(1);
      run.apply(new OperatorCommand(operation, argument), now);
      return this;
    }

    Script command(Operation operation) {
      return command(operation, "");
    }

    List<String> text() {
      RiskDirective directive = run.directive();
      return Stream.of(
              run.phase().name(),
              (directive.strength() + " " + directive.reason()).strip(),
              run.isPaused() ? "paused" : "",
              run.killLevel() > 0 ? "kill level " + run.killLevel() : "",
              run.isFlattening() ? "flattening" : "",
              run.endsWhenFlat() ? "ends when flat" : "",
              run.stopRequested()
                  .map(at -> "stop since " + at.toString().substring(11, 19))
                  .orElse(""),
              run.isFast() ? "fast" : "")
          .filter(word -> !word.isEmpty())
          .toList();
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "a run that was started has to reconcile first",
            run -> run.starts(),
            "RECONCILE",
            "NONE"),
        row("then it runs", run -> run.starts().runs(), "RUN", "NONE"),
        row(
            "pause: no new risk",
            run -> run.starts().runs().command(Operation.PAUSE),
            "RUN",
            "NO_NEW_RISK paused",
            "paused"),
        row(
            "resume ends a pause",
            run -> run.starts().runs().command(Operation.PAUSE).command(Operation.RESUME),
            "RUN",
            "NONE"),
        row(
            "kill 1: no new risk",
            run -> run.starts().runs().command(Operation.KILL, "1"),
            "RUN",
            "NO_NEW_RISK kill level 1",
            "kill level 1"),
        row(
            "kill 2: own orders that add are cancelled",
            run -> run.starts().runs().command(Operation.KILL, "2"),
            "RUN",
            "CANCEL_OWN kill level 2",
            "kill level 2"),
        row(
            "kill 3: both legs are closed",
            run -> run.starts().runs().command(Operation.KILL, "3"),
            "RUN",
            "EXIT kill level 3",
            "kill level 3"),
        row(
            "a lower kill level does not lift a higher one",
            run -> run.starts().runs().command(Operation.KILL, "3").command(Operation.KILL, "1"),
            "RUN",
            "EXIT kill level 3",
            "kill level 3"),
        row(
            "resume lifts a kill",
            run -> run.starts().runs().command(Operation.KILL, "3").command(Operation.RESUME),
            "RUN",
            "NONE"),
        row(
            "a kill is latched over a restart",
            run -> run.starts().runs().command(Operation.KILL, "2").starts().runs(),
            "RUN",
            "CANCEL_OWN kill level 2",
            "kill level 2"),
        row(
            "a pause outlasts a restart",
            run -> run.starts().runs().command(Operation.PAUSE).starts().runs(),
            "RUN",
            "NO_NEW_RISK paused",
            "paused"),
        row(
            "the stronger of pause and kill is logged",
            run -> run.starts().runs().command(Operation.PAUSE).command(Operation.KILL, "2"),
            "RUN",
            "CANCEL_OWN kill level 2",
            "paused",
            "kill level 2"),
        row(
            "flatten: both legs are closed",
            run -> run.starts().runs().command(Operation.FLATTEN),
            "RUN",
            "EXIT flatten",
            "flattening"),
        row(
            "flatten, once flat: paused until resumed",
            run -> run.starts().runs().command(Operation.FLATTEN).flat(),
            "RUN",
            "NO_NEW_RISK paused",
            "paused"),
        row(
            "resume ends a flatten",
            run -> run.starts().runs().command(Operation.FLATTEN).command(Operation.RESUME),
            "RUN",
            "NONE"),
        row(
            "flatten end: the run ends when flat",
            run -> run.starts().runs().command(Operation.FLATTEN, "end"),
            "RUN",
            "EXIT flatten",
            "flattening",
            "ends when flat"),
        row(
            "a second flatten does not take the end back",
            run -> run.starts().runs().command(Operation.FLATTEN, "end").command(Operation.FLATTEN),
            "RUN",
            "EXIT flatten",
            "flattening",
            "ends when flat"),
        row(
            "after a restart a flatten goes on, but the new run does not end by it",
            run -> run.starts().runs().command(Operation.FLATTEN, "end").starts().runs(),
            "RUN",
            "EXIT flatten",
            "flattening"),
        row(
            "stop: the run drains",
            run -> run.starts().runs().command(Operation.STOP),
            "DRAIN",
            "NONE",
            "stop since 12:10:01"),
        row(
            "a second stop does not extend the first",
            run -> run.starts().runs().command(Operation.STOP).command(Operation.STOP),
            "DRAIN",
            "NONE",
            "stop since 12:10:01"),
        row(
            "a second signal makes the stop fast",
            run -> run.starts().runs().command(Operation.STOP).command(Operation.STOP_FAST),
            "DRAIN",
            "NONE",
            "stop since 12:10:01",
            "fast"),
        row(
            "a fast stop alone drains too",
            run -> run.starts().runs().command(Operation.STOP_FAST),
            "DRAIN",
            "NONE",
            "stop since 12:10:01",
            "fast"),
        row(
            "resume does not undo a stop",
            run -> run.starts().runs().command(Operation.STOP).command(Operation.RESUME),
            "DRAIN",
            "NONE",
            "stop since 12:10:01"),
        row(
            "a stop during the start waits for it",
            run -> run.starts().command(Operation.STOP),
            "RECONCILE",
            "NONE",
            "stop since 12:10:01"),
        row(
            "a stop during the start: drains as soon as the start is complete",
            run -> run.starts().command(Operation.STOP).runs(),
            "DRAIN",
            "NONE",
            "stop since 12:10:01"),
        row(
            "a restart forgets the stop",
            run -> run.starts().runs().command(Operation.STOP_FAST).starts().runs(),
            "RUN",
            "NONE"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    Script script = new Script();
    row.script().accept(script);
    assertThat(script.text()).containsExactlyElementsOf(row.expected());
  }
}
