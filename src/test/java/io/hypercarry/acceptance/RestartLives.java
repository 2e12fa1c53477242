package io.hypercarry.acceptance;

import io.hypercarry.core.MarketStatus;
import io.hypercarry.core.event.Fact.OperatorCommanded.Operation;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.portfolio.PairLedger;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.journal.JournalFault;
import io.hypercarry.runner.Runner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One journal and the several lives of a {@link Trader} on it, while the exchange of the {@link
 * Stage} goes on: what a deploy, a crash and a restart look like to a venue that does not wait.
 */
final class RestartLives {
  private final Stage stage;
  private final String[] settings;
  private Optional<Trader> trader = Optional.empty();
  private int toldBefore;

  RestartLives(Stage stage, String... settings) {
    this.stage = stage;
    this.settings = settings.clone();
  }

  /** The program starts, by the one way there is. */
  RestartLives begins() {
    toldBefore = trader.map(each -> each.told().size()).orElse(0);
    trader.ifPresent(Trader::begins);
    trader = trader.or(() -> Optional.of(Trader.startsOn(stage, settings)));
    return this;
  }

  private Trader now() {
    return trader.orElseThrow(() -> new IllegalStateException("it is not running"));
  }

  /** As kill -9: what is not committed is lost. */
  RestartLives dies() {
    now().dies();
    return this;
  }

  RestartLives livesSeconds(long seconds) {
    now().livesSeconds(seconds);
    return this;
  }

  Auditor auditor() {
    return now().auditor();
  }

  RestartLives diskIsFull() {
    now().diskIsFull();
    return this;
  }

  /** Why it stopped itself; it must within so many seconds. */
  String livesUntilItStops(long seconds) {
    try {
      livesSeconds(seconds);
    } catch (JournalFault full) {
      return full.getMessage();
    }
    throw new AssertionError("it went on");
  }

  Instant time() {
    return now().now();
  }

  RestartLives hears(Operation operation, String argument) {
    now().operatorSays(operation, argument);
    return this;
  }

  /** What an operator says while nobody runs: it holds from the next start. */
  RestartLives finds(String command, String argument) {
    now().finds(command, argument);
    return this;
  }

  /** Of this life. */
  List<Note> told(String event) {
    return now().told().stream()
        .skip(toldBefore)
        .map(Trader.Told::note)
        .filter(note -> note.event().equals(event))
        .toList();
  }

  List<Fill> fills() {
    return stage.account().fills();
  }

  MarketStatus status() {
    return now().status(FixtureF0.HYPE);
  }

  Optional<String> latched() {
    return now().engine().latched();
  }

  PairLedger books() {
    return now().books();
  }

  Optional<Integer> exitCode() {
    return now().ending().map(Runner.Ending::exitCode);
  }
}
