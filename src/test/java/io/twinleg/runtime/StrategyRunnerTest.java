package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The runner's loop (specification 2.5): what it does to the journal and to the venue, as one list
 * of calls in their order.
 */
class StrategyRunnerTest {
  private static final Config CONFIG =
      Config.load(
          Path.of("config_example.json"),
          List.of(
              "strategy.signal_window_h=1", "strategy.ev_gate=false", "risk.min_spread_ticks=0"),
          Config.Mode.DRY_RUN,
          name -> Optional.empty());

  private final List<String> calls = new ArrayList<>();
  private final Deque<Event> arriving = new ArrayDeque<>();
  private final MemoryJournal memory =
      new MemoryJournal(
          new JournalIdentity("dry-run", "", "", 7, "F0", new OrderIdTag("00000007")));
  private final Journal journal = recorded(memory);
  private Instant now = FixtureF0.T0;
  private @Nullable VenueException lost;
  private @Nullable String failing;
  private final OperatorInput operators = new OperatorInput(journal, () -> now);
  private final StrategyRunner runner =
      new StrategyRunner(
          new Engine(settings()),
          new FakeVenue(),
          new FakeEvents(),
          journal,
          operators,
          new CallSink(),
          () -> now);

  private static Settings settings() {
    return CONFIG.settings(false, Duration.ofSeconds(1));
  }

  private static RunSpec spec(RunSpec.End end) {
    RunSpec.Market market =
        new RunSpec.Market(
            CONFIG.markets().get(0), settings().markets().get(0).execution().maxClip());
    return new RunSpec("run", "", "", true, List.of(market), 23, end);
  }

  // ---- the calls

  /** Rows for people (kv, events) and reads are left out. */
  private Journal recorded(Journal of) {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, args) -> {
              record(method, args, of);
              try {
                return method.invoke(of, args);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private void record(Method method, Object[] args, Journal of) {
    switch (method.getName()) {
      case "append" -> calls.add("journal " + appended(args));
      case "markTaken" -> calls.add("take from the inbox");
      case "commit" -> {
        if (of.uncommitted() > 0) {
          calls.add("commit");
        }
      }
      default -> {
        // reads, and rows for people
      }
    }
  }

  private static String appended(Object[] args) {
    if (args[0] instanceof SequencedEvent event) {
      return event.fact().getClass().getSimpleName();
    }
    return ((List<?>) args[1])
        .stream().map(pending -> name(((PendingCommand) pending).command())).toList().toString();
  }

  private static String name(Command command) {
    return command.getClass().getSimpleName();
  }

  private final class CallSink implements LogSink {
    @Override
    public void log(Instant at, LogEvent event) {
      calls.add("log " + event.event());
    }

    @Override
    public void close() {}
  }

  private final class FakeEvents implements EventSource {
    @Override
    public InstantSource clock() {
      return () -> now;
    }

    @Override
    public Optional<Received> await(Instant until) {
      if (lost != null) {
        VenueException once = lost;
        lost = null;
        throw once;
      }
      if (arriving.isEmpty()) {
        now = until.isAfter(now) ? until : now;
        return Optional.empty();
      }
      now = now.plusMillis(10);
      return Optional.of(new Received(now.minusMillis(3), now, arriving.removeFirst()));
    }
  }

  private final class FakeVenue implements Venue, DataClient, ExecutionClient {
    @Override
    public DataClient marketData() {
      return this;
    }

    @Override
    public ExecutionClient trading() {
      return this;
    }

    @Override
    public EventSource events() {
      return new FakeEvents();
    }

    @Override
    public Pair resolve(MarketSymbols symbols) {
      calls.add("resolve " + symbols.market());
      return new Pair(FixtureF0.SPOT, FixtureF0.PERP);
    }

    @Override
    public List<FundingHour> fundingHistory(Instrument perp, int hours) {
      calls.add("funding of " + hours + " h");
      return List.of();
    }

    @Override
    public void subscribe(Instrument instrument, Usd clip) {
      calls.add("subscribe " + instrument.leg());
    }

    @Override
    public VenueCapabilities capabilities() {
      calls.add("capabilities");
      return new VenueCapabilities(true, true, false, false, true, AccountMode.CLASSIC);
    }

    @Override
    public FeeSchedule fees() {
      calls.add("fees");
      return FixtureF0.FEES;
    }

    @Override
    public AccountState account() {
      calls.add("account");
      failIn("account");
      return new AccountState(
          false,
          Usd.of("1000"),
          Usd.of("1001"),
          Usd.of("1002"),
          Usd.ZERO,
          Usd.of("1003"),
          List.of(),
          List.of(),
          List.of());
    }

    @Override
    public List<Event> backfill() {
      calls.add("backfill");
      return List.of(new Event.CashTransfer(Usd.of("5"), "deposit", FixtureF0.T0));
    }

    @Override
    public PreparedCommand prepare(Command command) {
      calls.add("prepare " + name(command));
      failIn("prepare");
      return new PreparedCommand(command, PreparedCommand.NO_ENVELOPE);
    }

    @Override
    public void send(List<PreparedCommand> commands) {
      calls.add("send " + commands.stream().map(sent -> name(sent.command())).toList());
      failIn("send");
    }

    private void failIn(String call) {
      if (call.equals(failing)) {
        throw new VenueException("the venue is away", true);
      }
    }

    @Override
    public void replay(SequencedEvent event, List<PreparedCommand> commands) {
      throw new AssertionError("a run replays nothing");
    }

    @Override
    public void close() {}
  }

  /** The calls since the last reading, without the log lines. */
  private List<String> calls() {
    List<String> seen = calls.stream().filter(call -> !call.startsWith("log ")).toList();
    calls.clear();
    return seen;
  }

  private void started() {
    runner.start(spec(RunSpec.End.NEVER), FixtureF0.T0);
    runner.processNext(now);
    calls.clear();
  }

  private void processes(Event event) {
    arriving.add(event);
    runner.processNext(Instant.MAX);
  }

  // ---- the tests

  @Test
  void everyStartResolvesQueriesAndReconcilesBeforeItSendsAnything() {
    runner.start(spec(RunSpec.End.NEVER), FixtureF0.T0);
    assertThat(calls())
        .containsExactly(
            "journal RunStarted",
            "resolve HYPE",
            "journal InstrumentsResolved",
            "capabilities",
            "journal CapabilitiesReported",
            "fees",
            "journal FeesReported",
            "funding of 23 h",
            "journal FundingHistoryLoaded",
            "backfill",
            "journal CashTransfer",
            "account",
            "journal AccountReported",
            "resolve HYPE",
            "subscribe SPOT",
            "subscribe PERP",
            "journal StartupCompleted",
            "prepare SetLeverage",
            "journal [SetLeverage]",
            "commit",
            "send [SetLeverage]");
  }

  @Test
  void anOrderIsDurableBeforeItIsSentAndLoggedAfterwards() {
    started();
    processes(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, true, "ok"));
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    processes(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    calls.clear();
    processes(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    assertThat(calls.subList(0, 6))
        .containsExactly(
            "journal BookUpdated",
            "prepare PlaceOrder",
            "journal [PlaceOrder]",
            "commit",
            "send [PlaceOrder]",
            "log state");
    assertThat(calls).contains("log order_submitted");
  }

  @Test
  void whatCannotBeMadeDurableIsNotSent() {
    started();
    processes(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, true, "ok"));
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    processes(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    calls.clear();
    memory.failNextCommit();
    Event book = new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010"));
    assertThatThrownBy(() -> processes(book)).isInstanceOf(JournalException.class);
    assertThat(calls())
        .containsExactly(
            "journal BookUpdated", "prepare PlaceOrder", "journal [PlaceOrder]", "commit");
  }

  @Test
  void anEventThatSendsNothingWaitsAtMostOneSecondForItsCommit() {
    started();
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    assertThat(calls()).containsExactly("journal FundingRateUpdated");
    now = now.plusMillis(979);
    processes(new Event.ClockSkewed(70));
    assertThat(calls()).containsExactly("journal ClockSkewed");
    processes(new Event.ClockSkewed(80));
    assertThat(calls()).containsExactly("journal ClockSkewed", "commit");
  }

  @Test
  void aCommandOfTheInboxIsTakenAndDurableAtOnce() {
    started();
    memory.addToInbox(now, "pause", "");
    now = now.plusMillis(200);
    runner.processNext(now);
    assertThat(calls()).containsExactly("take from the inbox", "journal OperatorCommand", "commit");
    assertThat(memory.inbox()).isEmpty();
  }

  @Test
  void aSignalGoesBeforeTheNextEventOfTheVenue() {
    started();
    operators.submit(new OperatorCommand(Operation.PAUSE, ""));
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    assertThat(calls())
        .containsExactly("journal OperatorCommand", "commit", "journal FundingRateUpdated");
  }

  @Test
  void theShutdownCommandEndsTheRunAndNothingFollowsIt() {
    started();
    operators.submit(new OperatorCommand(Operation.STOP_FAST, "SIGTERM"));
    operators.submit(new OperatorCommand(Operation.PAUSE, ""));
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    assertThat(runner.ending()).contains(new StrategyRunner.Ending(0, "orders cancelled"));
    assertThat(calls())
        .containsExactly(
            "journal OperatorCommand",
            "prepare Shutdown",
            "journal [Shutdown]",
            "commit",
            "send [Shutdown]");
    runner.processNext(Instant.MAX);
    assertThat(calls()).isEmpty();
  }

  @Test
  void aRunThatIsGivenADurationStopsByItselfAndReturnsHowItEnded() {
    StrategyRunner.Ending ending =
        runner.run(
            spec(new RunSpec.End.After(Duration.ofSeconds(45))), FixtureF0.T0.minusSeconds(5));
    assertThat(ending).isEqualTo(new StrategyRunner.Ending(0, "stopped"));
    assertThat(now)
        .as("40 s of 45 were left, and one second to settle")
        .isEqualTo(FixtureF0.T0.plusSeconds(41));
    List<String> seen = calls();
    assertThat(seen.subList(seen.size() - 7, seen.size()))
        .containsExactly(
            "journal OperatorCommand",
            "commit",
            "journal TimerFired",
            "prepare Shutdown",
            "journal [Shutdown]",
            "commit",
            "send [Shutdown]");
  }

  @Test
  void anEventThatBreaksTheEngineIsInTheJournal() {
    started();
    operators.submit(new OperatorCommand(Operation.KILL, "high"));
    assertThatThrownBy(() -> runner.processNext(now)).isInstanceOf(NumberFormatException.class);
    assertThat(calls()).containsExactly("journal OperatorCommand", "commit");
  }

  private void bidIsDue() {
    started();
    processes(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, true, "ok"));
    processes(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    processes(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    calls.clear();
  }

  /** B: the order may or may not have left; it is in the journal, unknown, and is asked about. */
  @ParameterizedTest
  @ValueSource(strings = {"prepare", "send"})
  void aVenueThatTakesNoCommandEndsNoRun(String call) {
    bidIsDue();
    failing = call;
    processes(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    assertThat(calls).contains("journal [PlaceOrder]", "log commands_unsent");
    assertThat(calls.contains("send [PlaceOrder]")).isEqualTo(call.equals("send"));
    failing = null;
    calls.clear();
    while (calls.stream().noneMatch(each -> each.equals("log order_unknown"))) {
      assertThat(now).isBefore(FixtureF0.T0.plusSeconds(60));
      runner.processNext(now.plusSeconds(1));
    }
    assertThat(runner.ending()).isEmpty();
  }

  /** B: too many events to follow: own orders are cancelled, and the next start asks again. */
  @Test
  void aRunThatHasLostEventsCancelsItsOrdersAndEndsWithACodeThatARestartHeals() {
    bidIsDue();
    processes(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    calls.clear();
    lost = new VenueException("the run is 100000 events behind the venue", true);
    StrategyRunner.Ending ending = runner.untilEnded();
    assertThat(calls).contains("log venue_lost", "send [CancelOrder]");
    assertThat(ending)
        .isEqualTo(new StrategyRunner.Ending(9, "the run is 100000 events behind the venue"));
  }

  @Test
  void aStartThatFailsInTheMiddleKeepsWhatItHasReceived() {
    failing = "account";
    assertThatThrownBy(() -> runner.start(spec(RunSpec.End.NEVER), FixtureF0.T0))
        .isInstanceOf(VenueException.class);
    assertThat(calls()).endsWith("journal CashTransfer", "account", "commit");
  }

  /** N: what the books say was not confirmed by the venue. */
  @Test
  void theLastLineNamesTheTimeSinceWhichTheVenueIsSilent() {
    started();
    processes(
        new Event.FeedStatusChanged(Event.FeedStatusChanged.Feed.ACCOUNT, Optional.empty(), false));
    String since = now.toString().substring(11, 19);
    operators.submit(new OperatorCommand(Operation.STOP_FAST, "SIGTERM"));
    assertThat(runner.untilEnded().reason())
        .isEqualTo("orders cancelled; the venue could not be asked since " + since);
  }
}
