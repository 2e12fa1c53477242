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
 * A {@link Trader} that is stopped and started again on one journal, while the exchange of the
 * {@link MarketFixture} goes on: a deploy, a crash and a restart as the venue sees them.
 */
final class RestartScenario {
  private final MarketFixture fixture;
  private final String[] settings;
  private Optional<Trader> trader = Optional.empty();
  private int eventsBefore;

  RestartScenario(MarketFixture fixture, String... settings) {
    this.fixture = fixture;
    this.settings = settings.clone();
  }

  /** Starts the program, the first time or again. */
  RestartScenario restart() {
    eventsBefore = trader.map(each -> each.events().size()).orElse(0);
    trader.ifPresent(Trader::restart);
    trader = trader.or(() -> Optional.of(Trader.startOn(fixture, settings)));
    return this;
  }

  private Trader now() {
    return trader.orElseThrow(() -> new IllegalStateException("it is not running"));
  }

  /** As kill -9: what is not committed is lost. */
  RestartScenario kill() {
    now().kill();
    return this;
  }

  RestartScenario advanceSeconds(long seconds) {
    now().advanceSeconds(seconds);
    return this;
  }

  InvariantRecorder invariants() {
    return now().invariants();
  }

  RestartScenario diskIsFull() {
    now().diskIsFull();
    return this;
  }

  /** Why it stopped itself; it must within so many seconds. */
  String advanceUntilItStops(long seconds) {
    try {
      advanceSeconds(seconds);
    } catch (JournalException full) {
      return full.getMessage();
    }
    throw new AssertionError("it went on");
  }

  Instant time() {
    return now().now();
  }

  RestartScenario operatorRequests(Operation operation, String argument) {
    now().operatorRequests(operation, argument);
    return this;
  }

  /**
   * A command that an operator gives while the program is stopped: it holds from the next start.
   */
  RestartScenario operatorRequestsWhileStopped(String command, String argument) {
    now().operatorRequestsWhileStopped(command, argument);
    return this;
  }

  /** Since the last start. */
  List<LogEvent> events(String event) {
    return now().events().stream()
        .skip(eventsBefore)
        .map(Trader.Logged::event)
        .filter(logged -> logged.event().equals(event))
        .toList();
  }

  List<Fill> fills() {
    return fixture.account().fills();
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
