package io.hypercarry.research;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.Engine;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.MemoryJournal;
import io.hypercarry.runner.KillFile;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Runner;
import io.hypercarry.runner.Start;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.telemetry.StatusLine;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.sim.SimVenue;
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
  private static final class Listener implements Audience {
    private final Map<String, Note> last = new LinkedHashMap<>();

    @Override
    public void hear(Instant at, Note note) {
      last.put(note.event(), note);
    }

    @Override
    public void see(Instant at, StatusLine.Source source) {}

    @Override
    public void close() {}
  }

  @Test
  void reportsWhatTheRunAndTheExchangeSay() {
    MarketData.Pair pair =
        new MarketData.Pair(Catalogue.HYPE.spot(HYPE), Catalogue.HYPE.perp(HYPE));
    Crowd world =
        new Crowd(
            SEED,
            List.of(new Crowd.Market(pair.spot(), pair.perp(), Catalogue.HYPE.price())),
            START);
    JournalIdentity identity =
        new JournalIdentity("dry-run", "", "", SEED, "synthetic", new BookId("00000007"));
    Listener listener = new Listener();
    try (SimVenue venue = SimVenue.open(world, List.of(pair), FixtureF0.FEES);
        MemoryJournal journal = new MemoryJournal(identity)) {
      Engine engine = new Engine(Carry.settings());
      run(engine, venue, journal, listener);
      Report report = Report.over(journal, text -> Carry.settings());
      Note exchange = new Footing(engine, venue.exchange().audit(venue.account())).note();

      MarketTally market = report.markets().getFirst();
      assertThat(market.hedge().repairs()).isPositive();
      assertThat(market.funding().count()).isPositive();
      assertThat(market.pnl().net())
          .isEqualTo(usd(listener.last.get("shutdown_summary"), "pnl_net"));
      assertThat(market.pnl().net()).isEqualTo(usd(exchange, "net_exchange"));
      assertThat(market.pnl().fees()).isEqualTo(usd(exchange, "fees_exchange"));
      assertThat(market.fills().all().fees()).isEqualTo(market.pnl().fees());
      assertThat(market.funding().received().minus(market.funding().paid()))
          .isEqualTo(market.pnl().funding());
      assertThat(report.check().foots()).contains(true);
      assertThat(report.lines()).allMatch(line -> line.length() <= 80);
    }
  }

  private static Usd usd(Note note, String field) {
    return new Usd((BigDecimal) note.fields().get(field));
  }

  private static void run(Engine engine, SimVenue venue, MemoryJournal journal, Listener listener) {
    MarketNames names =
        new MarketNames(
            HYPE, "HYPE/USDC", "HYPE", Optional.empty(), Optional.empty(), BigDecimal.ONE);
    Start start =
        new Start(
            "dry-7",
            "",
            "",
            true,
            List.of(new Start.Market(names, Usd.of("200"))),
            720,
            Optional.of(new Start.End.After(Duration.ofHours(24))));
    Operators operators =
        new Operators(journal, new KillFile(Optional.empty()), InstantSource.system());
    new Runner(engine, venue, venue.facts(), journal, operators, listener, InstantSource.system())
        .run(start, START);
  }
}
