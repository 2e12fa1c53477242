package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;

import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalMaintenance;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.simulator.FixtureF0;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the journals of {@link KeptJournalTest}, each left in the middle of something. Run once
 * for a version whose journals are to be kept; what lies in the tree is never written again.
 */
final class KeptJournals {
  private KeptJournals() {}

  /**
   * @param arguments the folder, and the name that the files begin with
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    write(folder, arguments[1] + "-position", position());
    write(folder, arguments[1] + "-repair", repair());
    write(folder, arguments[1] + "-unknown", unknown());
  }

  private static Journal position() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.hedgedOn(fixture);
    for (int i = 0; i < 4; i++) {
      fixture.perpQuotes(i % 2 == 0 ? "40.020" : "40.010", "40.030");
      trader.advanceSeconds(31);
    }
    return trader.journal();
  }

  private static Journal repair() {
    MarketFixture fixture = MarketFixture.f0();
    fixture.quotes(PERP, FixtureF0.touch("39.000", "500", "40.030", "500"));
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    fixture.perpQuotes("40.020", "40.030");
    trader.advanceSeconds(100);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(3);
    fixture.quotes(PERP, FixtureF0.touch("39.500", "500", "40.030", "500"));
    trader.advanceMillis(300);
    fixture.takerSellsSpot("2.00");
    trader.awaitEvent("hedge_repair_started");
    return trader.journal();
  }

  private static Journal unknown() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    trader.advanceSeconds(100);
    fixture.takerSellsSpot("2.49");
    fixture.faults().loseNextAnswer(SPOT.id());
    trader.awaitEvent("order_unknown");
    return trader.journal();
  }

  private static void write(Path folder, String name, Journal journal) throws IOException {
    journal.commit();
    Path file = Files.createTempDirectory("kept").resolve("journal.db");
    var identity = journal.identity();
    try (SqliteJournal copy = SqliteJournal.open(file, identity.owner(), identity::orderIdTag)) {
      for (JournalEntry entry : journal.entries()) {
        copy.append(entry.event());
        copy.append(
            entry.event().sequence(),
            entry.commands().stream()
                .map(each -> new PendingCommand(each.command(), each.envelope()))
                .toList());
      }
      journal.snapshots().reversed().forEach(copy::snapshot);
      copy.commit();
    }
    Path backup = file.resolveSibling("packed.db");
    JournalMaintenance.backup(file, backup, (done, all) -> {});
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".db.gz")))) {
      Files.copy(backup, packed);
    }
  }
}
