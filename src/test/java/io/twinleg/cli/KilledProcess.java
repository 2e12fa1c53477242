package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.RunObserver.Moment;
import io.twinleg.core.event.Command.PlaceOrder;
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

  private final Street street;
  private final ProgramProcess program;
  private final Path journal;
  private final Path config;
  private final SplittableRandom dice;
  private final String seed;

  /** The venue as the test sees it, in whichever dialect it speaks to its clients. */
  interface Street {
    <T> T call(Function<Exchange, T> work);

    AccountId account();

    /** Every order that ever came in: its number, and the client's name for it. */
    Map<Long, String> orders() throws IOException, InterruptedException;
  }

  KilledProcess(Street street, ProgramProcess program, Path folder, Path config, long seed) {
    this.street = street;
    this.program = program;
    this.config = config;
    this.seed = "seed " + seed;
    journal = folder.resolve("state").resolve("live.db");
    dice = new SplittableRandom(seed);
  }

  /** Returns how often it was killed in the middle of what. */
  Map<Moment, Integer> livesAndIsKilled(int kills) throws Exception {
    RunObserver witness =
        street.call(exchange -> {
          RunObserver seeing = new RunObserver(exchange, street.account(), CLIP);
          exchange.subscribe(seeing);
          return seeing;
        });
    for (int life = 0; life < kills; life++) {
      live(witness, life);
      assertNothingWrong(witness, life);
    }
    endsCleanly(witness);
    assertBooksFoot();
    return street.call(exchange -> witness.struck());
  }

  private void live(RunObserver witness, int life) throws Exception {
    try (ProgramProcess.Running running = program.startUnheard(run())) {
      if (life % 3 == 2) {
        running.dies(Duration.ofMillis(dice.nextInt(100, 1500)));
      } else {
        awaitTogether(running, witness, life);
        isStruck(running, witness, life);
      }
      running.kill();
    } finally {
      street.call(exchange -> {
        witness.forget();
        return exchange;
      });
    }
  }

  /** At the instant itself, before the venue's answer has left, or a little later. */
  private void isStruck(ProgramProcess.Running running, RunObserver witness, int life)
      throws Exception {
    Moment moment = Moment.values()[dice.nextInt(Moment.values().length)];
    Duration later = Duration.ofMillis(dice.nextInt(3) * (long) dice.nextInt(LATER_MS));
    street.call(exchange -> {
      witness.strikeAt(moment, () -> exchange.at(exchange.now().plus(later), running::strike));
      return moment;
    });
    boolean killed = running.dies(MOST) && running.wasKilled();
    assertThat(killed).as("%s, life %d: %s comes\n%s", seed, life, moment, running.said()).isTrue();
  }

  private static final Duration LOOK = Duration.ofMillis(20);

  /** What the dead one left apart, the living one puts together. */
  private void awaitTogether(ProgramProcess.Running running, RunObserver witness, int life)
      throws Exception {
    long end = System.nanoTime() + MOST.toNanos();
    while (!street.call(exchange -> witness.isTogether())) {
      boolean died = running.dies(LOOK);
      assertThat(!died && System.nanoTime() < end)
          .as("%s, life %d comes together\n%s", seed, life, running.said())
          .isTrue();
    }
  }

  private String[] run() {
    return new String[] {"run", "--config", config.toString()};
  }

  /** From the exchange's side, and from the journal's. */
  private void assertNothingWrong(RunObserver witness, int life) throws Exception {
    assertThat(street.<List<String>>call(exchange -> witness.wrongs()))
        .as("%s, life %d", seed, life)
        .isEmpty();
    Map<Long, String> came = street.orders();
    assertThat(came.values()).as("%s, life %d", seed, life).doesNotHaveDuplicates();
    if (!came.isEmpty()) {
      assertThat(written()).as("%s, life %d", seed, life).containsAll(came.values());
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

  private void endsCleanly(RunObserver witness) throws Exception {
    try (ProgramProcess.Running last = program.startUnheard(run())) {
      awaitTogether(last, witness, -1);
      street.call(exchange -> {
        witness.strikeAt(Moment.HEDGED, last::terminate);
        return exchange;
      });
      ProgramProcess.Ended ended = last.end();
      assertThat(ended.exitCode()).as("%s\n%s", seed, last.said()).isZero();
    }
    assertNothingWrong(witness, -1);
    assertThat(street.call(exchange -> exchange.account(street.account())).openOrders())
        .as(seed)
        .isEmpty();
  }

  private void assertBooksFoot() throws Exception {
    AuditSnapshot audit = street.call(exchange -> exchange.audit(street.account()));
    ProgramProcess.Ended status = program.run("status", "--json", "--state-db", journal.toString());
    JsonNode market = ProgramProcess.json(status.out()).path("status").path("markets").get(0);
    assertThat(market.path("fees_total").decimalValue())
        .as(seed)
        .isEqualByComparingTo(audit.feesPaid().value());
    assertThat(market.path("spot_sz").decimalValue())
        .as(seed)
        .isEqualByComparingTo(audit.coins(FixtureF0.SPOT.id()).value());
    ProgramProcess.Ended report = program.run("report", "--json", "--state-db", journal.toString());
    JsonNode venue = ProgramProcess.json(report.out()).path("venue");
    assertThat(venue.path("difference").decimalValue())
        .as("%s: %s", seed, venue)
        .isEqualByComparingTo(BigDecimal.ZERO);
  }

  /** Ordered, for whoever prints it. */
  static TreeMap<Moment, Integer> sum(Map<Moment, Integer> one, Map<Moment, Integer> other) {
    TreeMap<Moment, Integer> sum = new TreeMap<>(one);
    other.forEach((moment, count) -> sum.merge(moment, count, Integer::sum));
    return sum;
  }
}
