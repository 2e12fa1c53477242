package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.journal.Snapshot;
import io.twinleg.journal.WithSnapshots;
import io.twinleg.research.Report;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.JournalReplay.Recovered;
import io.twinleg.snapshot.StateCodec;
import io.twinleg.snapshot.StateComparison;
import io.twinleg.stress.SimulationBatch.MutationHook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * However a start reads the journal of a world full of faults and crashes, it comes to the same
 * Engine: from a snapshot, from the one before a damaged one, or from all of it; and where another
 * version wrote the journal, to what that version did. {@code -Drecovery.worlds} for more.
 */
class RecoveryTest {
  private static final int WORLDS = Integer.getInteger("recovery.worlds", 3);
  private static final int SNAPSHOTS = 5;
  private static final OrderIdTag TAG = new OrderIdTag("0badcafe");

  private final StressScenario scenario =
      StressScenarios.of(Duration.ofHours(8), Arrays.asList(FaultKind.values()));
  private final StateCodec codec = new StateCodec();

  @Test
  void everyWayLeadsToTheSameEngine() {
    for (long seed = 9500; seed < 9500 + WORLDS; seed++) {
      List<JournalEntry> entries = entriesOf(seed);
      Journal whole = written(entries, seed);
      Engine expected = recovered(new WithSnapshots(whole, List.of())).engine().orElseThrow();
      List<Snapshot> kept = whole.snapshots();
      assertThat(kept).hasSize(3);
      String world = "seed " + seed;

      requireSame(world + ", the newest snapshot", expected, recovered(whole), 0);
      requireSame(
          world + ", the newest is damaged",
          expected,
          recovered(new WithSnapshots(whole, List.of(damaged(kept.get(0)), kept.get(1)))),
          1);
      requireSame(
          world + ", the newest is another version's",
          expected,
          recovered(new WithSnapshots(whole, List.of(newer(kept.get(0)), kept.get(2)))),
          1);
      requireSame(
          world + ", all are damaged",
          expected,
          recovered(new WithSnapshots(whole, kept.stream().map(RecoveryTest::damaged).toList())),
          3);

      Map<String, Object> report = report(new WithSnapshots(whole, List.of()));
      assertThat(report(whole)).as(world + ", report").isEqualTo(report);
      int rows = size(whole);
      while (whole.prune()) {
        // slice by slice
      }
      assertThat(size(whole)).as(world + ", entries").isLessThan(rows);
      requireSame(world + ", pruned", expected, recovered(whole), 0);
      assertThat(report(whole)).as(world + ", report of the pruned one").isEqualTo(report);
      Recovered replay =
          new JournalReplay(scenario.reader()).replay(whole, (event, commands) -> {});
      assertThat(replay.difference()).isEmpty();
      assertThat(replay.startedAfter()).isEqualTo(kept.getLast().sequence());

      Recovered facts =
          recovered(new WithSnapshots(whole, kept.stream().map(RecoveryTest::damaged).toList()));
      assertThat(facts.notes()).extracting(LogEvent::event).endsWith("state_from_facts");
      requireSameBooks(world + ", from facts", expected, facts.engine().orElseThrow());
      assertThat(facts.engine().orElseThrow().modeLabel()).isIn("PAUSED", "HALTED", "STOP");
    }
  }

  /** An earlier version has sent what this one would not have, and had not sent what it would. */
  @Test
  void whatAnotherVersionDecidedStands() {
    for (long seed = 9500; seed < 9500 + WORLDS; seed++) {
      List<JournalEntry> entries = entriesOf(seed);
      Journal whole = written(entries, seed);
      Engine same = recovered(whole).engine().orElseThrow();
      long after = whole.snapshots().getFirst().sequence();
      Journal otherwise = otherwise(whole, after);
      Recovered recovered = recovered(otherwise);
      assertThat(recovered.difference()).as("seed %s", seed).isPresent();
      assertThat(recovered.notes())
          .extracting(LogEvent::event)
          .containsExactly("decided_otherwise");
      requireSameBooks("seed " + seed, same, recovered.engine().orElseThrow());
      assertThat(orders(recovered.engine().orElseThrow()))
          .as("seed %s, open orders", seed)
          .isEqualTo(orders(same));
    }
  }

  // ---- the same

  private void requireSame(String where, Engine expected, Recovered found, int notes) {
    assertThat(found.notes()).as(where).hasSize(notes);
    assertThat(found.difference()).as(where).isEmpty();
    assertThat(StateComparison.differences(expected, found.engine().orElseThrow()))
        .as(where)
        .isEmpty();
  }

  private static void requireSameBooks(String where, Engine expected, Engine found) {
    assertThat(books(found)).as(where).isEqualTo(books(expected));
  }

  private static List<List<Object>> books(Engine engine) {
    List<List<Object>> books = new ArrayList<>();
    for (MarketStatus market : engine.status()) {
      books.add(List.of(market.spot(), market.shortPerp(), market.fees(), market.funding()));
    }
    return books;
  }

  private static List<Integer> orders(Engine engine) {
    return engine.status().stream()
        .map(market -> market.openSpotOrders() + market.openPerpOrders())
        .toList();
  }

  private Recovered recovered(Journal journal) {
    return new JournalReplay(scenario.reader())
        .recover(
            journal,
            History.FACTS,
            (event, commands) -> {},
            () -> new ReportBuilder(scenario.reader()));
  }

  private Map<String, Object> report(Journal journal) {
    return new LinkedHashMap<>(Report.over(journal, scenario.reader()).fields());
  }

  private static int size(Journal journal) {
    int entries = 0;
    for (JournalEntry entry : journal.entries()) {
      entries++;
    }
    return entries;
  }

  // ---- journals

  /** The world's journal again, with snapshots at random points and near its end. */
  private Journal written(List<JournalEntry> entries, long seed) {
    MemoryJournal journal =
        new MemoryJournal(new JournalIdentity("live", "", "simulated", seed, "", TAG));
    Random random = new Random(seed);
    List<Integer> points = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      points.add(entries.size() / 2 + random.nextInt(entries.size() / 3));
    }
    ReportBuilder figures = new ReportBuilder(scenario.reader());
    Engine engine = new Engine(scenario.settings());
    for (int i = 0; i < entries.size(); i++) {
      JournalEntry entry = entries.get(i);
      if (entry.event().fact() instanceof Event.RunStarted) {
        engine.configure(scenario.settings());
      }
      engine.apply(entry.event());
      figures.accept(entry);
      append(journal, entry);
      if (points.contains(i)) {
        journal.snapshot(
            Snapshot.sealed(
                journal.nextSequence() - 1,
                entry.event().receivedTime(),
                StateCodec.VERSION,
                scenario.config(),
                codec.write(engine),
                codec.write(figures)));
      }
      journal.commit();
    }
    return journal;
  }

  private static void append(Journal journal, JournalEntry entry) {
    journal.append(entry.event());
    journal.append(
        entry.event().sequence(),
        entry.commands().stream()
            .map(each -> new PendingCommand(each.command(), each.envelope()))
            .toList());
  }

  private List<JournalEntry> entriesOf(long seed) {
    List<JournalEntry> entries = new ArrayList<>();
    MutationHook recording =
        new MutationHook() {
          @Override
          public Journal journal(Journal journal) {
            return new Recording(journal, entries);
          }
        };
    new AdversarialRun(seed, scenario, scenario.schedule(seed), 0, recording).run();
    return entries;
  }

  /** Keeps what is appended; what a crash lost is appended again under the same sequence. */
  private static final class Recording extends ForwardingJournal {
    private final List<JournalEntry> entries;

    Recording(Journal journal, List<JournalEntry> entries) {
      super(journal);
      this.entries = entries;
    }

    @Override
    public void append(SequencedEvent event) {
      while (!entries.isEmpty() && entries.getLast().event().sequence() >= event.sequence()) {
        entries.removeLast();
      }
      entries.add(new JournalEntry(event, List.of()));
      super.append(event);
    }

    @Override
    public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
      List<CommandRecord> appended = super.append(cause, commands);
      entries.add(new JournalEntry(entries.removeLast().event(), appended));
      return appended;
    }
  }

  private static Snapshot damaged(Snapshot of) {
    byte[] state = of.state().clone();
    state[state.length / 2] ^= 1;
    return new Snapshot(
        of.sequence(),
        of.time(),
        of.version(),
        of.config(),
        state,
        of.report(),
        of.simulator(),
        of.crc());
  }

  private static Snapshot newer(Snapshot of) {
    return Snapshot.sealed(
        of.sequence(), of.time(), StateCodec.VERSION + 1, of.config(), of.state(), of.report());
  }

  /** After the snapshot the first event that caused nothing has queried the account. */
  private static Journal otherwise(Journal journal, long after) {
    return new WithSnapshots(journal, journal.snapshots()) {
      @Override
      public Iterable<JournalEntry> entriesAfter(long sequence) {
        List<JournalEntry> changed = new ArrayList<>();
        boolean done = false;
        for (JournalEntry entry : super.entriesAfter(sequence)) {
          boolean here = !done && entry.event().sequence() > after && entry.commands().isEmpty();
          done |= here;
          changed.add(
              here
                  ? new JournalEntry(
                      entry.event(), List.of(new CommandRecord(0, new Command.QueryAccount(), "")))
                  : entry);
        }
        return changed;
      }
    };
  }
}
