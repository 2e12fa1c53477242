package io.twinleg.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.ShutdownSettings.Mode;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specification 1.4 and 1.14: how each run ends, with which exit code, and when. The start takes
 * the first seconds; times are counted from the command that a row names, or from the start.
 */
class RunLifecycleTest {

  /**
   * One run.
   *
   * @param expected how it ends: exit code, reason, and after how many seconds
   */
  private record Row(
      String name, Mode mode, boolean once, Consumer<Script> script, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, Consumer<Script> script, String expected) {
    return new Row(name, Mode.KEEP_HEDGED, false, script, expected);
  }

  private static Row row(Mode mode, String name, Consumer<Script> script, String expected) {
    return new Row(name, mode, false, script, expected);
  }

  private static Row once(String name, Consumer<Script> script, String expected) {
    return new Row(name, Mode.KEEP_HEDGED, true, script, expected);
  }

  /** A run of the Engine on F0's market, event by event. */
  private static final class Script {
    private final Engine engine;
    private final List<PlaceOrder> orders = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Instant now = FixtureF0.T0;
    private Instant from = FixtureF0.T0;
    private long sequence;
    private String ending = "runs on";
    private boolean listAnswered = true;
    private int lateReports;
    private List<AccountState.OpenOrder> listed = List.of();

    Script(Mode mode, boolean once) {
      Settings base = F0Settings.aligning(ReconciliationSettings.Mode.LOG);
      engine =
          new Engine(
              new Settings(
                  base.markets(),
                  base.risk(),
                  base.alignment(),
                  new ShutdownSettings(mode, Duration.ofSeconds(20)),
                  once,
                  base.evaluationInterval()));
    }

    Script apply(Event event) {
      sequence += 10;
      EngineOutput output = engine.apply(new SequencedEvent(sequence, now, now, event));
      for (Command command : output.commands()) {
        if (command instanceof PlaceOrder order) {
          orders.add(order);
        }
        if (command instanceof Command.Shutdown end) {
          ending =
              "exit %d after %s s: %s"
                  .formatted(end.exitCode(), Duration.between(from, now).toSeconds(), end.reason());
        }
      }
      output.log().stream().map(LogEvent::event).forEach(log::add);
      if (listAnswered && output.commands().contains(new Command.QueryAccount())) {
        var ledger = engine.portfolio().ledger(FixtureF0.HYPE);
        now = now.plusMillis(10);
        boolean isLate = lateReports > 0;
        lateReports--;
        account(
            isLate ? "4.99" : ledger.ownedSpot().toString(),
            isLate ? "-4.99" : ledger.shortPerp().negated().toString());
      }
      return this;
    }

    /** The venue does not answer what the account looks like. */
    Script accountUnanswered() {
      listAnswered = false;
      return this;
    }

    /** So many of the next reports left the venue before the last exit. */
    Script lateReports(int count) {
      lateReports = count;
      return this;
    }

    /** The venue lists the last order as open from now on. */
    Script listsTheLastOrder() {
      PlaceOrder order = last();
      listed =
          List.of(
              new AccountState.OpenOrder(
                  Optional.of(order.order()),
                  order.instrument(),
                  order.side(),
                  order.price(),
                  order.quantity()));
      return this;
    }

    Script listsNothing() {
      listed = List.of();
      return this;
    }

    // ---- the market

    Script resolved(Instrument perp) {
      apply(new Event.RunStarted("test", new OrderIdTag("00000001"), "", "", true));
      apply(new Event.InstrumentsResolved(FixtureF0.HYPE, 0, FixtureF0.SPOT, perp));
      apply(new Event.FeesReported(FixtureF0.FEES));
      return account("0", "0");
    }

    /** The perp trades in whole coins of 40 USD. */
    Script coarse() {
      Instrument perp = FixtureF0.PERP;
      resolved(
          new Instrument(
              perp.id(),
              perp.symbol(),
              perp.wireName(),
              perp.assetId(),
              0,
              perp.prices(),
              perp.minNotional(),
              perp.unitMultiplier(),
              perp.maxLeverage(),
              false));
      return apply(new Event.StartupCompleted());
    }

    Script started() {
      resolved(FixtureF0.PERP);
      apply(new Event.StartupCompleted());
      return apply(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, true, "ok"));
    }

    /** With funding at 26.28 % and both books: an entry begins. */
    Script quoting() {
      return started().data("0.00003");
    }

    Script data(String hourlyRate) {
      apply(new Event.FundingRateUpdated(FixtureF0.PERP.id(), Rate.hourly(hourlyRate)));
      apply(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
      return apply(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010")));
    }

    Script account(String coins, String perp) {
      return apply(
          new Event.AccountReported(
              new AccountState(
                  false,
                  Usd.of("1000"),
                  Usd.of("1001"),
                  Usd.of("1002"),
                  Usd.of("4"),
                  Usd.of("1003"),
                  List.of(
                      new AccountState.SpotBalance(
                          FixtureF0.SPOT.id(), Quantity.of(coins), Quantity.ZERO)),
                  List.of(
                      new AccountState.PerpPosition(
                          FixtureF0.PERP.id(), Quantity.of(perp), Usd.ZERO, 1)),
                  listed)));
    }

    /** The bid rests. */
    Script resting() {
      quoting();
      return apply(new Event.OrderAccepted(last().order(), 31));
    }

    /** The bid was filled, the answer to its hedge has not come. */
    Script unhedged() {
      return resting().filled();
    }

    Script hedged() {
      return unhedged().filled();
    }

    private PlaceOrder last() {
      return orders.get(orders.size() - 1);
    }

    /** The last order fills whole. */
    Script filled() {
      return filled(last());
    }

    private Script filled(PlaceOrder order) {
      apply(
          new Event.OrderFilled(
              new Fill(
                  Optional.of(order.order()),
                  order.instrument(),
                  order.side(),
                  order.price(),
                  order.quantity(),
                  new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
                  false,
                  sequence + 1,
                  sequence + 2,
                  now)));
      return this;
    }

    /** Both orders of the exit fill. */
    Script exitFilled() {
      List<PlaceOrder> exit = List.copyOf(orders.subList(orders.size() - 2, orders.size()));
      exit.forEach(this::filled);
      return this;
    }

    Script cancelled() {
      return apply(new Event.OrderEnded(last().order(), Quantity.ZERO, "canceled"));
    }

    /** The answer to the order says that it was not placed. */
    Script refused(PlaceOrder order) {
      return apply(new Event.OrderRejected(order.order(), RejectReason.OTHER, "no"));
    }

    Script signerUnknown() {
      from = now;
      return apply(new Event.OrderRejected(last().order(), RejectReason.SIGNER_UNKNOWN, "who?"));
    }

    /** Another process on this journal: the last fill was bought back by no one, no book yet. */
    Script nakedAgain() {
      apply(new Event.RunStarted("again", new OrderIdTag("00000001"), "", "", false));
      apply(
          new Event.OrderFilled(
              new Fill(
                  Optional.of(orders.get(0).order()),
                  FixtureF0.SPOT.id(),
                  Side.BUY,
                  orders.get(0).price(),
                  Quantity.of("2.00"),
                  new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
                  false,
                  sequence + 1,
                  sequence + 2,
                  now)));
      var ledger = engine.portfolio().ledger(FixtureF0.HYPE);
      account(ledger.ownedSpot().toString(), ledger.shortPerp().negated().toString());
      return apply(new Event.StartupCompleted());
    }

    Script quarantined() {
      account("0", "-0.05");
      now = now.plusSeconds(10);
      return account("0", "-0.05");
    }

    // ---- the operator

    Script command(Operation operation, String argument) {
      from = now;
      return apply(new Event.OperatorCommand(operation, argument));
    }

    Script command(Operation operation) {
      return command(operation, "");
    }

    /** The timer fires at every whole second, for so long. */
    Script seconds(int count) {
      for (int i = 0; i < count && ending.equals("runs on"); i++) {
        now = now.plusSeconds(1);
        apply(new Event.TimerFired());
      }
      return this;
    }
  }

  static Stream<Row> stops() {
    return Stream.of(
        row(
            "flat: one second for what is on its way, then the end",
            run -> run.started().command(Operation.STOP).seconds(5),
            "exit 0 after 1 s: stopped"),
        row(
            "hedged, keep_hedged: the position stays",
            run -> run.hedged().command(Operation.STOP).seconds(5),
            "exit 0 after 1 s: stopped"),
        row(
            "a bid rests: cancelled, the end after its own",
            run -> run.resting().command(Operation.STOP).seconds(2).cancelled().seconds(5),
            "exit 0 after 2 s: stopped"),
        row(
            "a cancel without an answer: exit 6 at timeout_s",
            run -> run.resting().command(Operation.STOP).seconds(99),
            "exit 6 after 20 s: not done in time"),
        row(
            "un-hedged: three times timeout_s, then exit 6",
            run -> run.unhedged().command(Operation.STOP).seconds(99),
            "exit 6 after 60 s: not done in time"),
        row(
            "un-hedged, the hedge fills during the drain: exit 0",
            run -> run.unhedged().command(Operation.STOP).filled().seconds(5),
            "exit 0 after 1 s: stopped"),
        row(
            "a second stop changes nothing",
            run -> {
              run.resting().command(Operation.STOP).seconds(7);
              run.apply(new Event.OperatorCommand(Operation.STOP, "")).seconds(99);
            },
            "exit 6 after 20 s: not done in time"),
        row(
            "a second signal: orders cancelled, exit 6 within 2 s",
            run ->
                run.resting()
                    .command(Operation.STOP)
                    .seconds(7)
                    .command(Operation.STOP_FAST)
                    .seconds(9),
            "exit 6 after 2 s: orders cancelled"),
        row(
            "a second signal, the cancel is answered: exit 0",
            run -> run.resting().command(Operation.STOP_FAST).cancelled(),
            "exit 0 after 0 s: orders cancelled"),
        row(
            "a second signal, nothing open: ends at once",
            run -> run.started().command(Operation.STOP_FAST),
            "exit 0 after 0 s: orders cancelled"),
        row(
            "a second signal, un-hedged: exit 6",
            run -> run.unhedged().command(Operation.STOP_FAST).seconds(9),
            "exit 6 after 2 s: orders cancelled"),
        row(
            Mode.FLATTEN,
            "flatten: both legs closed, then exit 0",
            run -> run.hedged().command(Operation.STOP).exitFilled().seconds(5),
            "exit 0 after 1 s: stopped"),
        row(
            Mode.FLATTEN,
            "flatten, the exit is not answered: exit 6 at timeout_s",
            run -> run.hedged().command(Operation.STOP).seconds(99),
            "exit 6 after 20 s: not done in time"),
        row(
            Mode.CANCEL_ONLY,
            "cancel_only: ends once its orders are cancelled, hedged as it is",
            run -> run.hedged().command(Operation.STOP),
            "exit 0 after 0 s: orders cancelled"),
        row(
            Mode.CANCEL_ONLY,
            "cancel_only, a cancel without an answer: exit 6 after 2 s",
            run -> run.resting().command(Operation.STOP).seconds(9),
            "exit 6 after 2 s: orders cancelled"),
        row(
            "a kill is latched: exit 5",
            run -> run.started().command(Operation.KILL, "1").command(Operation.STOP).seconds(5),
            "exit 5 after 1 s: stopped; latched: kill level 1"),
        row(
            "a pause is not a latch: exit 0",
            run -> run.started().command(Operation.PAUSE).command(Operation.STOP).seconds(5),
            "exit 0 after 1 s: stopped"),
        row(
            "a market is quarantined: exit 4, also where a kill is latched",
            run ->
                run.started()
                    .data("0")
                    .quarantined()
                    .command(Operation.KILL, "2")
                    .command(Operation.STOP)
                    .seconds(5),
            "exit 4 after 1 s: stopped"));
  }

  static Stream<Row> flattens() {
    return Stream.of(
        row(
            "flatten while flat: paused, the run goes on",
            run -> run.started().command(Operation.FLATTEN).seconds(5),
            "runs on"),
        row(
            "flatten end while flat: exit 0",
            run -> run.started().command(Operation.FLATTEN, "end"),
            "exit 0 after 0 s: flattened"),
        row(
            "flatten end while hedged: exit 0 with the last fill",
            run -> run.hedged().command(Operation.FLATTEN, "end").seconds(1).exitFilled(),
            "exit 0 after 1 s: flattened"),
        row(
            "flatten end, the report left the venue before the last fill: another is asked for",
            run ->
                run.hedged()
                    .command(Operation.FLATTEN, "end")
                    .seconds(1)
                    .lateReports(1)
                    .exitFilled()
                    .seconds(9),
            "exit 0 after 4 s: flattened"),
        row(
            "flatten end, every report differs from the books: exit 6 that says so",
            run ->
                run.hedged()
                    .command(Operation.FLATTEN, "end")
                    .seconds(1)
                    .lateReports(99)
                    .exitFilled()
                    .seconds(30),
            "exit 6 after 11 s: flattened; the venue's position differs from the books"),
        row(
            "flatten end, the exit is not answered: goes on",
            run -> run.hedged().command(Operation.FLATTEN, "end").seconds(99),
            "runs on"),
        row(
            "kill 3 closes both legs and goes on, latched",
            run -> run.hedged().command(Operation.KILL, "3").exitFilled().seconds(5),
            "runs on"));
  }

  static Stream<Row> onces() {
    return Stream.of(
        once(
            "the rate is not worth an entry: one evaluation",
            run -> run.started().data("0.000001"),
            "exit 0 after 0 s: once"),
        once("a bid rests: not yet", run -> run.resting(), "runs on"),
        once("no market data: waits 90 s", run -> run.started().seconds(89), "runs on"),
        once(
            "no market data for 90 s: the end",
            run -> run.started().seconds(99),
            "exit 0 after 90 s: once, without data"));
  }

  static Stream<Row> preconditions() {
    return Stream.of(
        row(
            "the venue refuses the leverage",
            run ->
                run.resolved(FixtureF0.PERP)
                    .apply(new Event.StartupCompleted())
                    .apply(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, false, "no")),
            "exit 3 after 0 s: leverage refused: no"),
        row(
            "the venue does not know the signer",
            run ->
                run.quoting()
                    .apply(
                        new Event.OrderRejected(
                            run.last().order(), RejectReason.SIGNER_UNKNOWN, "who?")),
            "exit 3 after 0 s: the venue does not know the signer: who?"),
        row(
            "spot and perp are more than max_unit_gap apart while flat",
            run ->
                run.started()
                    .apply(
                        new Event.BookUpdated(
                            FixtureF0.PERP.id(), FixtureF0.book("41.230", "41.240")))
                    .apply(
                        new Event.BookUpdated(
                            FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010"))),
            "exit 3 after 0 s: spot and perp of HYPE stand 3.07 % apart: are they one coin?"
                + " (markets.max_unit_gap)"),
        row(
            "L21: one lot of the perp is half the target",
            run -> run.coarse().data("0.00003"),
            "exit 3 after 0 s: HYPE cannot be hedged closely: one lot of its perp, 1, is worth"
                + " 40.02 USD, more than 10 % of strategy.target_usd_notional (200) or half of"
                + " execution.max_clip_usd (200): raise them or choose another market"),
        row(
            "the perp has isolated margin only",
            run -> run.resolved(isolated()).apply(new Event.StartupCompleted()),
            "exit 3 after 0 s: execution.perp_cross is true: the perp HYPE has isolated margin"
                + " only, set it to false"),
        row(
            "the clock is 61 s off and nothing is under way",
            run -> run.started().apply(new Event.ClockSkewed(61_000)),
            "exit 3 after 0 s: the venue's clock is more than 60 s from ours: set this machine's"
                + " right"),
        row(
            "the clock is 59 s off",
            run -> run.started().apply(new Event.ClockSkewed(59_000)),
            "runs on"));
  }

  private static Instrument isolated() {
    Instrument perp = FixtureF0.PERP;
    return new Instrument(
        perp.id(),
        perp.symbol(),
        perp.wireName(),
        perp.assetId(),
        perp.sizeDecimals(),
        perp.prices(),
        perp.minNotional(),
        perp.unitMultiplier(),
        perp.maxLeverage(),
        true);
  }

  /** L09, B and N: what is not known to be over is not claimed to be. */
  static Stream<Row> notClean() {
    return Stream.of(
        row(
            "the bid's end was read wrong and the venue lists it: cancelled, asked again, exit 0",
            run -> {
              run.resting().command(Operation.STOP);
              PlaceOrder bid = run.last();
              run.listsTheLastOrder().refused(bid).seconds(3);
              run.listsNothing().cancelled().seconds(20);
            },
            "exit 0 after 3 s: stopped"),
        row(
            "the venue goes on listing it: exit 6 at timeout_s",
            run -> {
              run.resting().command(Operation.STOP);
              run.listsTheLastOrder().refused(run.last()).seconds(99);
            },
            "exit 6 after 20 s: not done in time"),
        row(
            "the venue does not say what is open: exit 6 ten seconds later",
            run -> run.accountUnanswered().hedged().command(Operation.STOP).seconds(30),
            "exit 6 after 11 s: stopped; the venue's open orders could not be seen to be none"),
        row(
            "a second signal and no word of the venue: exit 6 within two seconds",
            run -> run.accountUnanswered().hedged().command(Operation.STOP_FAST).seconds(9),
            "exit 6 after 2 s: orders cancelled; the venue's open orders could not be seen to be"
                + " none"),
        row(
            "a leg alone from before, a second signal before the first book: exit 6",
            run -> {
              run.unhedged().filled(run.last());
              run.accountUnanswered();
              run.nakedAgain();
              run.command(Operation.STOP).command(Operation.STOP_FAST).seconds(9);
            },
            "exit 6 after 0 s: orders cancelled"),
        row(
            "the signer is refused while a leg stands alone: three times timeout_s, then exit 6",
            run -> run.unhedged().signerUnknown().seconds(99),
            "exit 6 after 60 s: the venue does not know the signer: who?; not done in time"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"stops", "flattens", "onces", "preconditions", "notClean"})
  void endOfRun(Row row) {
    Script script = new Script(row.mode(), row.once());
    row.script().accept(script);
    assertThat(script.ending).as("log: %s", script.log).isEqualTo(row.expected());
  }
}
