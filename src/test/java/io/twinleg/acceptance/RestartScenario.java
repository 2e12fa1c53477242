package io.twinleg.acceptance;

import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.journal.JournalException;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.FixtureF0;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One journal and the several lives of a {@link Trader} on it, while the exchange of the {@link
 * MarketFixture} goes on: what a deploy, a crash and a restart look like to a venue that does not
 * wait.
 */
final class RestartScenario {
  private final MarketFixture stage;
  private final String[] settings;
  private Optional<Trader> trader = Optional.empty();
  private int toldBefore;

  RestartScenario(MarketFixture stage, String... settings) {
    this.stage = stage;
    this.settings = settings.clone();
  }

  /** The program starts, by the one way there is. */
  RestartScenario begins() {
    toldBefore = trader.map(each -> each.told().size()).orElse(0);
    trader.ifPresent(Trader::begins);
    trader = trader.or(() -> Optional.of(Trader.startsOn(stage, settings)));
    return this;
  }

  private Trader now() {
    return trader.orElseThrow(() -> new IllegalStateException("it is not running"));
  }

  /** As kill -9: what is not committed is lost. */
  RestartScenario dies() {
    now().dies();
    return this;
  }

  RestartScenario livesSeconds(long seconds) {
    now().livesSeconds(seconds);
    return this;
  }

  InvariantRecorder auditor() {
    return now().auditor();
  }

  RestartScenario diskIsFull() {
    now().diskIsFull();
    return this;
  }

  /** Why it stopped itself; it must within so many seconds. */
  String livesUntilItStops(long seconds) {
    try {
      livesSeconds(seconds);
    } catch (JournalException full) {
      return full.getMessage();
    }
    throw new AssertionError("it went on");
  }

  Instant time() {
    return now().now();
  }

  RestartScenario hears(Operation operation, String argument) {
    now().operatorSays(operation, argument);
    return this;
  }

  /** What an operator says while nobody runs: it holds from the next start. */
  RestartScenario finds(String command, String argument) {
    now().finds(command, argument);
    return this;
  }

  /** Of this life. */
  List<LogEvent> told(String event) {
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
    return now().ending().map(StrategyRunner.Ending::exitCode);
  }
}
