package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.JournalReplay.Recovered;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A journal goes through the Engine again: the same commands, or the first that is not. */
class JournalReplayTest {
  private static final JournalIdentity IDENTITY =
      new JournalIdentity("dry-run", "", "", 7, "F0", new OrderIdTag("00000007"));

  private static final Config CONFIG =
      Config.load(
          Path.of("config_example.json"),
          List.of(
              "strategy.signal_window_h=1", "strategy.ev_gate=false", "risk.min_spread_ticks=0"),
          Config.Mode.DRY_RUN,
          name -> Optional.empty());

  private static final LogSink NO_LOG =
      new LogSink() {
        @Override
        public void log(Instant at, LogEvent note) {}

        @Override
        public void status(Instant at, StatusLine.Source source) {}

        @Override
        public void close() {}
      };

  private static Settings settings() {
    return CONFIG.settings(false, Duration.ofSeconds(1));
  }

  private static Recovered read(MemoryJournal journal) {
    return new JournalReplay(text -> settings()).replay(journal, (event, commands) -> {});
  }

  /** A minute on F0: it bids. */
  private static MemoryJournal recorded() {
    MemoryJournal journal = new MemoryJournal(IDENTITY);
    SimulatedVenue venue =
        SimulatedVenue.open(
            FixtureF0.exchange(FixtureF0.world()),
            FixtureF0.ACCOUNT,
            SimulatedVenueSettings.STANDARD);
    StrategyRunner runner =
        new StrategyRunner(
            new Engine(settings()),
            venue,
            venue.events(),
            journal,
            new OperatorInput(journal, venue.events().clock()),
            NO_LOG,
            venue.events().clock());
    RunSpec.Market market =
        new RunSpec.Market(
            CONFIG.markets().get(0), settings().markets().get(0).execution().maxClip());
    runner.run(
        new RunSpec(
            "run", "", "", true, List.of(market), 24, new RunSpec.End.After(Duration.ofMinutes(1))),
        FixtureF0.T0);
    return journal;
  }

  @Test
  void theSameCommandsComeOfTheSameEvents() {
    Recovered read = read(recorded());
    assertThat(read.difference()).isEmpty();
    assertThat(read.firstTime()).contains(FixtureF0.T0);
    assertThat(read.events()).isGreaterThan(10);
    assertThat(read.commands()).isGreaterThan(2);
  }

  @Test
  void aChangedCommandIsFoundWhereItStands() {
    MemoryJournal changed = copy(recorded(), JournalReplayTest::oneLotMore);
    JournalReplay.Difference difference = read(changed).difference().orElseThrow();
    PlaceOrder recorded = (PlaceOrder) difference.recorded().get(0);
    PlaceOrder replayed = (PlaceOrder) difference.replayed().get(0);
    assertThat(recorded.quantity()).isEqualTo(Quantity.of("5"));
    assertThat(replayed.quantity()).isEqualTo(Quantity.of("4.99"));
  }

  private static CommandRecord oneLotMore(CommandRecord recorded) {
    return recorded.command() instanceof PlaceOrder order
        ? new CommandRecord(
            recorded.sequence(),
            new PlaceOrder(
                order.order(),
                order.instrument(),
                order.side(),
                order.price(),
                order.quantity().plus(Quantity.of("0.01")),
                order.timeInForce(),
                order.reduceOnly(),
                order.purpose()),
            recorded.envelope())
        : recorded;
  }

  private static MemoryJournal copy(MemoryJournal from, UnaryOperator<CommandRecord> change) {
    MemoryJournal to = new MemoryJournal(IDENTITY);
    for (JournalEntry entry : from.entries()) {
      to.append(entry.event());
      List<PendingCommand> commands =
          entry.commands().stream()
              .map(change)
              .map(each -> new PendingCommand(each.command(), each.envelope()))
              .toList();
      if (!commands.isEmpty()) {
        to.append(entry.event().sequence(), commands);
      }
    }
    to.commit();
    return to;
  }

  @Test
  void anEmptyJournalHasNoEngine() {
    Recovered read = read(new MemoryJournal(IDENTITY));
    assertThat(read.engine()).isEmpty();
    assertThat(read.events()).isZero();
  }

  @Test
  void aJournalThatDoesNotBeginWithAStartIsNone() {
    MemoryJournal journal = new MemoryJournal(IDENTITY);
    journal.append(new SequencedEvent(1, FixtureF0.T0, FixtureF0.T0, new Event.TimerFired()));
    journal.commit();
    assertThatThrownBy(() -> read(journal)).hasMessageContaining("does not begin with the start");
  }
}
