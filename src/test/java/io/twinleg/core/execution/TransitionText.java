package io.twinleg.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.OrderIntent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A whole transition in a trader's words, line by line: the next state, the actions in their order,
 * the wake-up, the denial, the log events, and what changes in the pair's history. Instants are
 * seconds from the snapshot's own.
 */
final class TransitionText {
  private final Instant now;

  private TransitionText(Instant now) {
    this.now = now;
  }

  /**
   * One row of a state's table.
   *
   * @param market sets up the snapshot
   * @param expected the lines of the whole transition
   */
  record Row(
      String name, PairState state, UnaryOperator<SnapshotFixture> market, List<String> expected) {
    void check() {
      PairSnapshot snapshot = market.apply(new SnapshotFixture()).build();
      assertThat(of(state, snapshot, state.on(snapshot)))
          .as(name)
          .containsExactlyElementsOf(expected);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Row row(
      String name, PairState state, UnaryOperator<SnapshotFixture> market, String... expected) {
    return new Row(name, state, market, List.of(expected));
  }

  static List<String> of(PairState before, PairSnapshot snapshot, Transition transition) {
    TransitionText text = new TransitionText(snapshot.now());
    List<String> lines = new ArrayList<>();
    lines.add(transition.next().equals(before) ? "stays" : "to " + text.state(transition.next()));
    transition.actions().forEach(action -> lines.add(action(action)));
    transition.wakeAt().ifPresent(at -> lines.add("wake " + text.seconds(at)));
    transition.denial().ifPresent(denial -> lines.add(text.denial(denial)));
    transition.log().forEach(line -> lines.add(log(line)));
    lines.addAll(text.changes(snapshot.history(), transition.history()));
    return lines;
  }

  /** The number that the fixture gave the order. */
  static long number(ClientOrderId id) {
    return Long.parseLong(id.hex().substring(22, 32), 16);
  }

  private String state(PairState state) {
    return switch (state) {
      case Flat flat -> state.label();
      case Hedged hedged -> state.label();
      case Entering round ->
          "ENTERING %s, since %s".formatted(lower(round.sequence()), seconds(round.since()))
              + (round.aborting() == null ? "" : ", giving up: " + lower(round.aborting()));
      case Repairing repair ->
          "REPAIR stage %s, %s, since %s"
              .formatted(lower(repair.stage()), repair.cause(), seconds(repair.since()));
      case Unwinding unwind ->
          "UNWIND %s, since %s, attempts %d, next %s%s%s"
              .formatted(
                  unwind.cause(),
                  seconds(unwind.since()),
                  unwind.attempts(),
                  seconds(unwind.nextAttempt()),
                  unwind.paged() ? ", paged" : "",
                  unwind.atOnce() ? ", at once" : "");
      case Exiting exit ->
          "%s%s, keep %s, apart %s, unfilled %d, next %s, query %s"
              .formatted(
                  exit.label(),
                  exit.forced() ? " forced" : "",
                  exit.keep(),
                  Optional.ofNullable(exit.apartSince()).map(this::seconds).orElse("never"),
                  exit.unfilled(),
                  seconds(exit.nextAttempt()),
                  seconds(exit.nextProgress()));
      case Resolving resolving -> "RESOLVING from " + state(resolving.origin());
      case Quarantined market ->
          "QUARANTINED %s%s, reducing: %s"
              .formatted(
                  lower(market.reason()),
                  market.agreed() ? ", legs agreed" : "",
                  Optional.ofNullable(market.reducing()).map(this::state).orElse("none"));
    };
  }

  private static String action(Transition.PairAction action) {
    return switch (action) {
      case Transition.PairAction.Place place -> order(place.intent());
      case Transition.PairAction.Send send -> command(send.command());
    };
  }

  private static String order(OrderIntent intent) {
    return "%s %s %s at %s, %s, %s%s"
        .formatted(
            lower(intent.side()),
            lower(intent.instrument().leg()),
            intent.quantity(),
            intent.price(),
            lower(intent.timeInForce()),
            lower(intent.purpose()),
            intent.reduceOnly() ? ", reduce-only" : "");
  }

  private static String command(Command command) {
    return switch (command) {
      case Command.CancelOrder cancel -> "cancel #" + number(cancel.order());
      case Command.QueryOrder query -> "query #" + number(query.order());
      case Command.InvalidateNonce nonce -> "invalidate the nonce of #" + number(nonce.order());
      case Command.QueryAccount query -> "query the account";
      default -> command.toString();
    };
  }

  private String denial(Denial denial) {
    return "denied by %s: %s (%s, %s)"
        .formatted(
            lower(denial.gate()), denial.reason(), value(denial.value()), value(denial.limit()));
  }

  private String value(String text) {
    try {
      return seconds(Instant.parse(text));
    } catch (DateTimeParseException number) {
      return text;
    }
  }

  private static String log(LogEvent line) {
    return "log " + line.event() + " " + lower(line.level());
  }

  private List<String> changes(PairHistory before, PairHistory after) {
    List<String> lines = new ArrayList<>();
    changed("last entry", before.lastEntry(), after.lastEntry(), lines);
    changed("last exit", before.lastExit(), after.lastExit(), lines);
    changed("last entry order", before.lastEntryOrder(), after.lastEntryOrder(), lines);
    changed("leaving since", before.leaveSince(), after.leaveSince(), lines);
    changed("un-hedged since", before.unhedgedSince(), after.unhedgedSince(), lines);
    changed("next round", Optional.of(before.nextRound()), Optional.of(after.nextRound()), lines);
    if (!before.block().equals(after.block())) {
      lines.add(
          "entries blocked: "
              + after
                  .block()
                  .map(block -> block.reason() + " until " + seconds(block.until()))
                  .orElse("no more"));
    }
    if (before.postOnlyRejects() != after.postOnlyRejects()) {
      lines.add("post-only rejects: " + after.postOnlyRejects());
    }
    if (!before.round().equals(after.round())) {
      lines.add("the round's fills are cleared");
    }
    return lines;
  }

  private void changed(
      String what, Optional<Instant> before, Optional<Instant> after, List<String> lines) {
    if (!before.equals(after)) {
      lines.add(what + ": " + after.map(this::seconds).orElse("none"));
    }
  }

  private String seconds(Instant at) {
    BigDecimal millis = BigDecimal.valueOf(Duration.between(now, at).toMillis());
    BigDecimal seconds = millis.movePointLeft(3).stripTrailingZeros();
    return (seconds.signum() < 0 ? "" : "+") + seconds.toPlainString() + " s";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
