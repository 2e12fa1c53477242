package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.cli.ProgramProcess.Running;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.hyperliquid.market.FakeVenue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Paper trading and {@code markets}, in a process of their own, against a venue on loopback. */
@Execution(ExecutionMode.CONCURRENT)
class PaperCommandTest {
  private static final Path EXAMPLE = Path.of("config_example.json").toAbsolutePath();

  @TempDir Path folder;

  private final FakeVenue venue = new FakeVenue();
  private final ScheduledExecutorService market = Executors.newSingleThreadScheduledExecutor();
  private int turn;

  @BeforeEach
  void openTheMarket() {
    market.scheduleAtFixedRate(this::trade, 0, 100, TimeUnit.MILLISECONDS);
  }

  /** Every second the spot book comes down by two ticks for a while, through the bids there. */
  private void trade() {
    boolean low = turn++ % 10 >= 8;
    Instant now = Instant.now();
    venue.pushBook("@107", now, low ? "39.990" : "40.000", low ? "39.999" : "40.010");
    venue.pushBook("HYPE", now, "40.020", "40.030");
    venue.pushContext("HYPE", "40.025", "40.025", "0.00005");
  }

  @AfterEach
  void close() {
    market.shutdownNow();
    venue.close();
  }

  private String[] paper(String... more) {
    String[] all = {
      "run",
      "--paper",
      "--json",
      "--config",
      EXAMPLE.toString(),
      "--set",
      "credentials.base_url=" + venue.url(),
      "--set",
      "credentials.secret_key=env:NOT_SET"
    };
    String[] arguments = new String[all.length + more.length];
    System.arraycopy(all, 0, arguments, 0, all.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    return arguments;
  }

  @Test
  @Scenario("B11")
  @DisplayName("I10, B11: paper enters on the live market, and its restart finds what it has")
  void entersOnTheLiveMarketAndARestartFindsWhatItHas() throws Exception {
    JsonNode held;
    Path loaded = folder.resolve("classes.log");
    ProgramProcess program = new ProgramProcess(folder).jvm("-Xlog:class+load:file=" + loaded);
    try (Running running = program.start(paper())) {
      JsonNode entered = running.await("entered_position");
      assertThat(entered.path("perp_sz").decimalValue()).isPositive();
      running.signal("TERM");
      Ended ended = running.end();
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      held = ended.event("shutdown_summary");
    }
    assertThat(new LinkedHashSet<>(venue.paths())).containsExactly("/info");
    assertThat(Files.readString(loaded))
        .contains("io.twinleg.venue.paper.PaperVenue")
        .doesNotContain(
            "io.twinleg.wire.hyperliquid.action.", "io.twinleg.keys.", "Signer", "Secp256k1");

    Ended second = new ProgramProcess(folder).run(paper("--for", "3s"));
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.event("reconciled").path("state").asString()).isEqualTo("HEDGED");
    assertThat(second.events("entered_position")).isEmpty();
    JsonNode kept = second.event("shutdown_summary");
    assertThat(kept.path("spot_sz")).isEqualTo(held.path("spot_sz"));
    assertThat(kept.path("perp_sz")).isEqualTo(held.path("perp_sz"));

    Ended third =
        new ProgramProcess(folder).run(paper("--for", "3s", "--set", "shutdown.mode=flatten"));
    assertThat(third.exitCode()).as(third.err()).isZero();
    assertThat(third.event("shutdown_summary").path("perp_sz").decimalValue()).isZero();
    assertThat(ordersByNumber().values())
        .as("%s", ordersByNumber())
        .allMatch(ids -> ids.size() == 1);
  }

  /** A fill is known by the numbers of its order and trade, so that no start may use one again. */
  private TreeMap<Long, Set<ClientOrderId>> ordersByNumber() {
    TreeMap<Long, Set<ClientOrderId>> numbers = new TreeMap<>();
    try (JournalReader journal =
        SqliteJournal.openReadOnly(folder.resolve("state").resolve("paper.db"))) {
      for (JournalEntry entry : journal.entries()) {
        if (entry.event().fact() instanceof Event.OrderFilled filled) {
          numbers
              .computeIfAbsent(filled.fill().orderId(), number -> new TreeSet<>())
              .add(filled.fill().clientOrderId().orElseThrow());
        }
      }
    }
    assertThat(numbers).hasSizeGreaterThan(3);
    return numbers;
  }

  @Test
  void listsWhatAVenueTradesAndReportsWhenItCannot() throws Exception {
    Ended listed = new ProgramProcess(folder).run("markets", "--json", "--base-url", venue.url());
    assertThat(listed.out().strip()).isEqualTo("{\"spot\":[\"HYPE/USDC\"],\"perp\":[\"HYPE\"]}");
    String gone = venue.url();
    venue.close();
    Ended silent = new ProgramProcess(folder).run("markets", "--json", "--base-url", gone);
    assertThat(silent.exitCode()).isEqualTo(9);
    assertThat(silent.errLines()).hasSize(1);
    assertThat(silent.err()).contains("the request to " + gone + " for meta: no connection");
  }
}
