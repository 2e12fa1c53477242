package io.hypercarry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.app.Config;
import io.hypercarry.core.Engine;
import io.hypercarry.core.MarketStatus;
import io.hypercarry.core.Settings;
import io.hypercarry.core.event.Fact.OperatorCommanded;
import io.hypercarry.core.event.Fact.OperatorCommanded.Operation;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.portfolio.PairLedger;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.journal.JournalFault;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.MemoryJournal;
import io.hypercarry.runner.KillFile;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Recovery;
import io.hypercarry.runner.Runner;
import io.hypercarry.runner.Start;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.telemetry.StatusLine;
import io.hypercarry.venue.sim.SimSettings;
import io.hypercarry.venue.sim.SimVenue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One journal and the several lives of a program on it, while the exchange of the {@link Stage}
 * goes on: what a deploy, a crash and a restart look like to a venue that does not wait.
 */
final class RestartLives implements Audience {
  private final Stage stage;
  private final Config config;
  private final List<Note> told = new ArrayList<>();
  private MemoryJournal journal =
      new MemoryJournal(new JournalIdentity("dry-run", "", "", 7, "F0", Trader.BOOK));
  private Optional<Life> life = Optional.empty();
  private int lives;

  private record Life(Engine engine, SimVenue venue, Operators operators, Runner runner) {}

  RestartLives(Stage stage, String... settings) {
    this.stage = stage;
    List<String> all =
        new ArrayList<>(
            List.of(
                "strategy.signal_window_h=1", "strategy.ev_gate=false", "risk.min_spread_ticks=0"));
    all.addAll(List.of(settings));
    config =
        Config.load(
            Path.of("config_example.json"), all, Config.Mode.DRY_RUN, name -> Optional.empty());
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  /** The program starts, by the one way there is. */
  RestartLives begins() {
    told.clear();
    Optional<Engine> before =
        new Recovery(text -> settings(Config.fromCanonical(text)))
            .read(journal, (event, commands) -> {})
            .engine();
    assertThat(before.isPresent()).isEqualTo(lives > 0);
    Engine engine = before.orElseGet(() -> new Engine(settings(config)));
    engine.configure(settings(config));
    SimVenue venue =
        lives == 0
            ? SimVenue.open(stage.exchange(), FixtureF0.ACCOUNT, SimSettings.STANDARD)
            : SimVenue.reopen(stage.exchange(), FixtureF0.ACCOUNT, SimSettings.STANDARD);
    Operators operators =
        new Operators(journal, new KillFile(Optional.empty()), venue.facts().clock());
    Runner runner =
        new Runner(engine, venue, venue.facts(), journal, operators, this, venue.facts().clock());
    runner.begin(start(), Stage.T0);
    life = Optional.of(new Life(engine, venue, operators, runner));
    lives++;
    return this;
  }

  private Start start() {
    Start.Market market =
        new Start.Market(
            config.markets().get(0), settings(config).markets().get(0).execution().maxClip());
    return new Start(
        "life-" + lives,
        config.hash(),
        config.canonicalJson(),
        lives == 0,
        List.of(market),
        720,
        Optional.empty());
  }

  /** As kill -9: what is not committed is lost. */
  RestartLives dies() {
    now().venue().close();
    life = Optional.empty();
    journal = journal.reopen();
    return this;
  }

  private Life now() {
    return life.orElseThrow(() -> new IllegalStateException("it is not running"));
  }

  RestartLives livesSeconds(long seconds) {
    Runner runner = now().runner();
    Instant until = time().plusSeconds(seconds);
    for (int idle = 0; idle < 3 && runner.ending().isEmpty(); ) {
      runner.turn(until);
      idle = time().isBefore(until) ? 0 : idle + 1;
    }
    return this;
  }

  RestartLives diskIsFull() {
    journal.failNextCommit();
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
    return now().venue().facts().clock().instant();
  }

  RestartLives hears(Operation operation, String argument) {
    now().operators().say(new OperatorCommanded(operation, argument));
    return this;
  }

  /** What an operator says while nobody runs: it holds from the next start. */
  RestartLives finds(String command, String args) {
    journal.operatorSays(stage.now(), command, args);
    return this;
  }

  @Override
  public void hear(Instant at, Note note) {
    told.add(note);
  }

  @Override
  public void see(Instant at, StatusLine.Source source) {
    // nobody looks
  }

  @Override
  public void close() {}

  /** Of this life. */
  List<Note> told(String event) {
    return told.stream().filter(note -> note.event().equals(event)).toList();
  }

  List<Fill> fills() {
    return stage.account().fills();
  }

  MarketStatus status() {
    return now().engine().status().get(0);
  }

  Optional<String> latched() {
    return now().engine().latched();
  }

  PairLedger books() {
    return now().engine().portfolio().ledger(FixtureF0.HYPE);
  }

  Optional<Integer> exitCode() {
    return now().runner().ending().map(Runner.Ending::exitCode);
  }
}
