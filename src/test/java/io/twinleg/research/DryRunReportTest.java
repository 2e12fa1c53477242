package io.twinleg.research;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.StatusLine;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A day of the synthetic world: the report, the run's last line and the exchange agree. */
final class DryRunReportTest {
  private static final long SEED = 7;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final MarketId HYPE = FixtureF0.HYPE;

  /** Keeps the last note of each kind. */
  private static final class Listener implements LogSink {
    private final Map<String, LogEvent> last = new LinkedHashMap<>();

    @Override
    public void log(Instant at, LogEvent note) {
      last.put(note.event(), note);
    }

    @Override
    public void status(Instant at, StatusLine.Source source) {}

    @Override
    public void close() {}
  }

  @Test
  void reportsTheFiguresOfTheRunAndTheExchange() {
    DataClient.Pair pair =
        new DataClient.Pair(InstrumentCatalog.HYPE.spot(HYPE), InstrumentCatalog.HYPE.perp(HYPE));
    SyntheticWorld world =
        new SyntheticWorld(
            SEED,
            List.of(
                new SyntheticWorld.Market(
                    pair.spot(), pair.perp(), InstrumentCatalog.HYPE.price())),
            START);
    JournalIdentity identity =
        new JournalIdentity("dry-run", "", "", SEED, "synthetic", new OrderIdTag("00000007"));
    Listener listener = new Listener();
    try (SimulatedVenue venue = SimulatedVenue.open(world, List.of(pair), FixtureF0.FEES);
        MemoryJournal journal = new MemoryJournal(identity)) {
      Engine engine = new Engine(CarryRun.settings());
      run(engine, venue, journal, listener);
      Report report = Report.over(journal, text -> CarryRun.settings());
      LogEvent exchange = new ExchangeAudit(engine, venue.exchange().audit(venue.account())).note();

      MarketStats market = report.markets().getFirst();
      assertThat(market.hedge().repairs()).isPositive();
      assertThat(market.funding().count()).isPositive();
      assertThat(market.pnl().net())
          .isEqualTo(usd(listener.last.get("shutdown_summary"), "pnl_net"));
      assertThat(market.pnl().net()).isEqualTo(usd(exchange, "net_exchange"));
      assertThat(market.pnl().fees()).isEqualTo(usd(exchange, "fees_exchange"));
      assertThat(market.fills().all().fees()).isEqualTo(market.pnl().fees());
      assertThat(market.funding().received().minus(market.funding().paid()))
          .isEqualTo(market.pnl().funding());
      assertThat(report.check().agrees()).contains(true);
      assertThat(report.lines()).allMatch(line -> line.length() <= 80);
    }
  }

  private static Usd usd(LogEvent note, String field) {
    return new Usd((BigDecimal) note.fields().get(field));
  }

  private static void run(
      Engine engine, SimulatedVenue venue, MemoryJournal journal, Listener listener) {
    MarketSymbols names =
        new MarketSymbols(
            HYPE, "HYPE/USDC", "HYPE", Optional.empty(), Optional.empty(), BigDecimal.ONE);
    RunSpec start =
        new RunSpec(
            "dry-7",
            "",
            "",
            true,
            List.of(new RunSpec.Market(names, Usd.of("200"))),
            720,
            new RunSpec.End.After(Duration.ofHours(24)));
    OperatorInput operators = new OperatorInput(journal, InstantSource.system());
    new StrategyRunner(
            engine, venue, venue.events(), journal, operators, listener, InstantSource.system())
        .run(start, START);
  }
}
