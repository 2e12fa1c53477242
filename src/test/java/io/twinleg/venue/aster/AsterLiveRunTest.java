package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.AsterServerFixture;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runner holds its carry on Aster's face, over loopback, and outlives its own death. */
@Execution(ExecutionMode.CONCURRENT)
class AsterLiveRunTest implements LogSink {
  private static final MarketId ASTER = new MarketId("ASTER");

  /** Worth little more than half the venue's least order at this market's price: it may remain. */
  private static final Quantity RESIDUAL = Quantity.of("4");

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final List<String> SETTINGS =
      List.of(
          "markets.base=ASTER",
          "markets.spot=ASTER/USDT",
          "markets.perp=ASTERUSDT",
          "strategy.signal_window_h=1",
          "strategy.ev_gate=false",
          "strategy.enter_threshold_apr=0.01",
          "strategy.exit_threshold_apr=-5",
          "strategy.target_usd_notional=100",
          "risk.min_spread_ticks=0");

  private final AsterServerFixture face = new AsterServerFixture(20);
  private final List<LogEvent> published = new ArrayList<>();
  private final Config config =
      Config.load(
          Path.of("config_example.json"), SETTINGS, Config.Mode.DRY_RUN, name -> Optional.empty());
  private MemoryJournal journal =
      new MemoryJournal(
          new JournalIdentity("live", "", "", 7, "aster", new OrderIdTag("0000a57e")));
  private Optional<RunningProgram> running = Optional.empty();

  private record RunningProgram(
      Engine engine, AsterVenue venue, OperatorInput operators, StrategyRunner runner) {}

  @AfterEach
  @Override
  public void close() {
    running.ifPresent(each -> each.venue().close());
    face.close();
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void entersIsKilledContinuesAndExits(ApiVersion generation) {
    begin(generation);
    until(() -> has("entered_position") && isHedged(generation));
    kill();
    begin(generation);
    until(() -> has("reconciled") && isHedged(generation));
    now().operators().submit(new Event.OperatorCommand(Operation.FLATTEN, "the test is over"));
    until(() ->
        now().engine().portfolio().ledger(ASTER).shortPerp().isZero()
            && face.state(generation).positions().isEmpty()
            && face.state(generation).openOrders().isEmpty());
    settle();
    AuditSnapshot books = face.books(generation);
    PairLedger ledger = now().engine().portfolio().ledger(ASTER);
    assertThat(ledger.ownedSpot().value())
        .isEqualByComparingTo(books.coins(InstrumentId.spot(ASTER)).value());
    assertThat(books.position(InstrumentId.perp(ASTER)).isZero()).isTrue();
  }

  /**
   * Both legs alike, and as the venue's books have them. The venue reports a fill that was not
   * committed at the kill once more, a moment after the start.
   */
  private boolean isHedged(ApiVersion generation) {
    PairLedger ledger = now().engine().portfolio().ledger(ASTER);
    AuditSnapshot books = face.books(generation);
    return ledger.shortPerp().isPositive()
        && ledger.shortPerp().negated().equals(books.position(InstrumentId.perp(ASTER)))
        && ledger.ownedSpot().equals(books.coins(InstrumentId.spot(ASTER)))
        && !ledger.ownedSpot().minus(ledger.shortPerp()).abs().exceeds(RESIDUAL);
  }

  private void begin(ApiVersion generation) {
    published.clear();
    AsterVenue venue = AsterVenue.open(settings(generation));
    JournalReplay.Recovered before =
        new JournalReplay(text -> settings(Config.fromCanonical(text)))
            .replay(
                journal,
                (event, commands) -> {
                  if (event.sequence() == 1) {
                    RunSpec.subscribe(venue, start().markets());
                  }
                  venue
                      .trading()
                      .replay(
                          event,
                          commands.stream()
                              .map(each -> new PreparedCommand(each.command(), each.envelope()))
                              .toList());
                });
    Engine engine = before.engine().orElseGet(() -> new Engine(settings(config)));
    engine.configure(settings(config));
    OperatorInput operators = new OperatorInput(journal, venue.events().clock());
    StrategyRunner runner =
        new StrategyRunner(
            engine, venue, venue.events(), journal, operators, this, venue.events().clock());
    running = Optional.of(new RunningProgram(engine, venue, operators, runner));
    runner.start(start(), venue.events().clock().instant());
  }

  private void kill() {
    now().venue().close();
    running = Optional.empty();
    journal = journal.reopen();
  }

  private RunningProgram now() {
    return running.orElseThrow();
  }

  private void until(BooleanSupplier done) {
    for (Instant bound = Instant.now().plus(BOUND); !done.getAsBoolean(); ) {
      if (Instant.now().isAfter(bound) || now().runner().ending().isPresent()) {
        throw new AssertionError("it did not come: " + published);
      }
      now().runner().processNext(now().venue().events().clock().instant().plusSeconds(2));
    }
  }

  /** What is still on its way. */
  private void settle() {
    Instant until = now().venue().events().clock().instant().plusSeconds(10);
    while (now().venue().events().clock().instant().isBefore(until)) {
      now().runner().processNext(until);
    }
  }

  private boolean has(String note) {
    return published.stream().anyMatch(each -> each.event().equals(note));
  }

  private RunSpec start() {
    RunSpec.Market market =
        new RunSpec.Market(
            config.markets().get(0), settings(config).markets().get(0).execution().maxClip());
    return new RunSpec(
        "aster",
        config.hash(),
        config.canonicalJson(),
        false,
        List.of(market),
        24,
        RunSpec.End.NEVER);
  }

  private static Settings settings(Config config) {
    return config.settings(false, Duration.ofSeconds(1));
  }

  private AsterSettings settings(ApiVersion generation) {
    Signing signing =
        generation == ApiVersion.V1
            ? new Signing.ByKey(AsterServerFixture.KEY, Duration.ofSeconds(60))
            : new Signing.ByWallet(
                AsterServerFixture.WALLET.address(),
                AsterServerFixture.WALLET,
                AsterServer.CHAIN_ID);
    return AsterSettings.of(Optional.of(signing), face.url(), face.url());
  }

  @Override
  public void log(Instant at, LogEvent note) {
    published.add(note);
  }

  @Override
  public void status(Instant at, StatusLine.Source source) {
    // not observed
  }
}
