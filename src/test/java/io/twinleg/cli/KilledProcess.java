package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.RunObserver.Moment;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One carry on a venue of its own: a real {@code run} in a JVM of its own, which is killed in the
 * middle of what it does, started again, and in the end stopped as an operator stops it.
 */
final class KilledProcess {
  static final BigDecimal CLIP = new BigDecimal("25");

  /** What never comes fails. */
  private static final Duration MOST = Duration.ofSeconds(90);

  /** Of the exchange's time: an order's way there and back, and the next step after it. */
  private static final int LATER_MS = 1500;

  private final VenueAccess venue;
  private final ProgramProcess program;
  private final Path journal;
  private final Path config;
  private final SplittableRandom random;
  private final String seed;
  private final List<Duration> untilHedged = new ArrayList<>();

  /** The venue as the test sees it, whatever protocol its clients use. */
  interface VenueAccess {
    <T> T call(Function<Exchange, T> work);

    AccountId account();

    /** That the carry is in. */
    default MarketId market() {
      return FixtureF0.SPOT.id().market();
    }

    /** Whether something goes wrong on the wire from now on, until {@link #mend}. */
    default boolean disturb(SplittableRandom random) {
      return false;
    }

    default void mend() {}

    /** How often at most it goes wrong again while a run waits to be struck. */
    default int moreTroubles() {
      return 0;
    }

    /** Every order that ever came in: its number, and the client's name for it. */
    Map<Long, String> orders() throws IOException, InterruptedException;
  }

  KilledProcess(VenueAccess venue, ProgramProcess program, Path folder, Path config, long seed) {
    this.venue = venue;
    this.program = program;
    this.config = config;
    this.seed = "seed " + seed;
    journal = folder.resolve("state").resolve("live.db");
    random = new SplittableRandom(seed);
  }

  /** Returns how often it was killed in the middle of what. */
  Map<Moment, Integer> killRepeatedly(int kills) throws Exception {
    RunObserver observer =
        venue.call(exchange -> {
          RunObserver subscribed = new RunObserver(exchange, venue.account(), venue.market(), CLIP);
          exchange.subscribe(subscribed);
          return subscribed;
        });
    for (int start = 0; start < kills; start++) {
      runAndKill(observer, start);
      assertNothingWrong(observer, start);
    }
    endsCleanly(observer);
    assertBooksFoot();
    return venue.call(exchange -> observer.struck());
  }

  /** From the start of a process whose forerunner left a leg alone until the legs were together. */
  List<Duration> untilHedged() {
    return List.copyOf(untilHedged);
  }

  private void runAndKill(RunObserver observer, int start) throws Exception {
    boolean isApart = venue.call(exchange -> !observer.isTogether());
    long begun = System.nanoTime();
    try (ProgramProcess.Running running = program.startWithOutputToFile(run())) {
      disturb(running, start);
      if (start % 3 == 2) {
        running.endsWithin(Duration.ofMillis(random.nextInt(100, 1500)));
      } else {
        awaitTogether(running, observer, start);
        if (isApart) {
          untilHedged.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        isStruck(running, observer, start);
      }
      running.kill();
    } finally {
      venue.call(exchange -> {
        observer.forget();
        return exchange;
      });
    }
  }

  /** No trouble on the wire ends it, at its start or later. */
  private void disturb(ProgramProcess.Running running, int start) throws Exception {
    if (!venue.disturb(random)) {
      return;
    }
    boolean ended = running.endsWithin(Duration.ofMillis(random.nextInt(200, 4000)));
    venue.mend();
    assertThat(ended).as("%s, start %d: it ended\n%s", seed, start, running.lastOutput()).isFalse();
  }

  /** At the instant itself, before the venue's answer has left, or a little later. */
  private void isStruck(ProgramProcess.Running running, RunObserver observer, int start)
      throws Exception {
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    Duration later = Duration.ofMillis(random.nextInt(3) * (long) random.nextInt(LATER_MS));
    venue.call(exchange -> {
      observer.strikeAt(moment, () -> exchange.at(exchange.now().plus(later), running::strike));
      return moment;
    });
    for (int trouble = 0; trouble < venue.moreTroubles(); trouble++) {
      running.endsWithin(Duration.ofMillis(random.nextInt(100, 1000)));
      if (venue.disturb(random)) {
        running.endsWithin(Duration.ofMillis(random.nextInt(100, 2000)));
        venue.mend();
      }
    }
    if (venue.moreTroubles() > 0 && !running.endsWithin(MOST)) {
      // Many rejects in a short time halt a run until its operator resumes it.
      program.run("resume", "--yes", "--state-db", journal.toString());
    }
    boolean killed = running.endsWithin(MOST) && running.wasKilled();
    assertThat(killed)
        .as("%s, start %d: %s comes\n%s", seed, start, moment, running.lastOutput())
        .isTrue();
  }

  private static final Duration POLL = Duration.ofMillis(20);

  /** What the killed process left unhedged, the next one hedges. */
  private void awaitTogether(ProgramProcess.Running running, RunObserver observer, int start)
      throws Exception {
    long end = System.nanoTime() + MOST.toNanos();
    while (!venue.call(exchange -> observer.isTogether())) {
      boolean ended = running.endsWithin(POLL);
      assertThat(!ended && System.nanoTime() < end)
          .as("%s, start %d comes together\n%s", seed, start, running.lastOutput())
          .isTrue();
    }
  }

  private String[] run() {
    return new String[] {"run", "--config", config.toString()};
  }

  /** From the exchange's side, and from the journal's. */
  private void assertNothingWrong(RunObserver observer, int start) throws Exception {
    assertThat(venue.<List<String>>call(exchange -> observer.wrongs()))
        .as("%s, start %d", seed, start)
        .isEmpty();
    Map<Long, String> came = venue.orders();
    assertThat(came.values()).as("%s, start %d", seed, start).doesNotHaveDuplicates();
    if (!came.isEmpty()) {
      assertThat(written()).as("%s, start %d", seed, start).containsAll(came.values());
    }
  }

  private TreeSet<String> written() {
    TreeSet<String> names = new TreeSet<>();
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      for (JournalEntry entry : reader.entries()) {
        for (CommandRecord each : entry.commands()) {
          if (each.command() instanceof PlaceOrder place) {
            names.add(place.order().hex());
          }
        }
      }
    }
    return names;
  }

  private void endsCleanly(RunObserver observer) throws Exception {
    try (ProgramProcess.Running last = program.startWithOutputToFile(run())) {
      awaitTogether(last, observer, -1);
      venue.call(exchange -> {
        observer.strikeAt(Moment.HEDGED, last::terminate);
        return exchange;
      });
      ProgramProcess.Ended ended = last.end();
      assertThat(ended.exitCode()).as("%s\n%s", seed, last.lastOutput()).isZero();
    }
    assertNothingWrong(observer, -1);
    assertThat(venue.call(exchange -> exchange.account(venue.account())).openOrders())
        .as(seed)
        .isEmpty();
  }

  private void assertBooksFoot() throws Exception {
    AuditSnapshot audit = venue.call(exchange -> exchange.audit(venue.account()));
    ProgramProcess.Ended status = program.run("status", "--json", "--state-db", journal.toString());
    JsonNode market = ProgramProcess.json(status.out()).path("status").path("markets").get(0);
    assertThat(market.path("fees_total").decimalValue())
        .as(seed)
        .isEqualByComparingTo(audit.feesPaid().value());
    assertThat(market.path("spot_sz").decimalValue())
        .as(seed)
        .isEqualByComparingTo(audit.coins(InstrumentId.spot(venue.market())).value());
    ProgramProcess.Ended report = program.run("report", "--json", "--state-db", journal.toString());
    JsonNode reconciled = ProgramProcess.json(report.out()).path("venue");
    assertThat(reconciled.path("difference").decimalValue())
        .as("%s: %s", seed, reconciled)
        .isEqualByComparingTo(BigDecimal.ZERO);
  }

  /** Ordered, so that it prints alike. */
  static TreeMap<Moment, Integer> sum(Map<Moment, Integer> one, Map<Moment, Integer> other) {
    TreeMap<Moment, Integer> sum = new TreeMap<>(one);
    other.forEach((moment, count) -> sum.merge(moment, count, Integer::sum));
    return sum;
  }
}
