package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.config.ConfigException;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.server.common.FaultProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The connectivity loops as a shell starts them, against our exchange behind both faces. */
class BidAndCancelCommandTest {
  private static final List<String> LOOPS =
      List.of("hyperliquid spot", "hyperliquid perp", "aster spot", "aster perp");

  private static final FaultProfile SLOW = FaultProfile.read("{\"delay\":1000,\"delay_ms\":300}");

  @TempDir Path folder;

  private ProgramProcess.Running start(TwoVenueServers faces, String loop, String... changes)
      throws IOException {
    String[] words = loop.split(" ");
    Path config = faces.config(folder, words[0], changes);
    return new ProgramProcess(folder)
        .start("bid-and-cancel", words[0], words[1], "--config", config.toString());
  }

  /** Only the order that was there before is there. */
  private static void assertOnlyTheForeignOrderIsOpen(
      TwoVenueServers faces, String venue, Ended ended) {
    assertThat(faces.state(venue).openOrders())
        .as(ended.out() + ended.err())
        .extracting(order -> order.remaining().toString())
        .containsExactly("30");
  }

  private final PrintStream out = System.out;

  /** What the loops print in this process is no part of a test run's output. */
  @BeforeEach
  void discardStandardOutput() {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreStandardOutput() {
    System.setOut(out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "all"})
  void everyLoopEndsWithNoOrderOfItsOwnOpen(String faults) throws Exception {
    FaultProfile profile = faults.equals("all") ? FaultProfile.ALL : FaultProfile.NONE;
    try (TwoVenueServers faces = new TwoVenueServers(profile, Duration.ZERO)) {
      List<ProgramProcess.Running> running = new ArrayList<>();
      for (String loop : LOOPS) {
        running.add(start(faces, loop));
      }
      for (int i = 0; i < LOOPS.size(); i++) {
        try (ProgramProcess.Running each = running.get(i)) {
          Ended ended = each.end();
          assertThat(ended.exitCode()).as(LOOPS.get(i) + ended.out() + ended.err()).isZero();
          if (profile.equals(FaultProfile.NONE)) {
            assertThat(ended.out()).contains("open: ", "cancelled, nothing filled");
          }
        }
      }
      for (String venue : List.of("hyperliquid", "aster")) {
        assertOnlyTheForeignOrderIsOpen(faces, venue, new Ended(0, faults, ""));
      }
    }
  }

  @Test
  void anInterruptionInTheMiddleLeavesNothing() throws Exception {
    List<String> instants = List.of("iteration 1", ": rests", "open: ", "SELL");
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ZERO)) {
      List<ProgramProcess.Running> running = new ArrayList<>();
      for (int i = 0; i < instants.size(); i++) {
        running.add(start(faces, LOOPS.get(i), "\"iterations\": 1", "\"iterations\": 1000"));
      }
      for (int i = 0; i < instants.size(); i++) {
        try (ProgramProcess.Running each = running.get(i)) {
          each.awaitLine(instants.get(i));
          each.signal("INT");
          Ended ended = each.end();
          assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
          assertThat(ended.err()).isEmpty();
        }
      }
      for (String venue : List.of("hyperliquid", "aster")) {
        assertOnlyTheForeignOrderIsOpen(faces, venue, new Ended(0, "", ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperliquid", "aster"})
  void anOrderOfTheSameAccountThatIsNotTheTestsOwnSurvives(String venue) throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ZERO)) {
      Path config = faces.config(folder, venue);
      faces.placeByClient(venue, read(venue, config));
      BidAndCancelCommand command = new BidAndCancelCommand();
      new CommandLine(command).parseArgs(venue, "spot", "--config", config.toString());
      assertThat(command.call()).isZero();
      assertThat(faces.state(venue).openOrders())
          .extracting(order -> order.remaining().toString())
          .containsExactlyInAnyOrder("30", "31");
    }
  }

  private static SmokeTestConfig read(String venue, Path config) {
    return venue.equals("aster")
        ? SmokeTestConfig.aster(config, Leg.SPOT)
        : SmokeTestConfig.hyperliquid(config, Leg.SPOT);
  }

  @Test
  void aFillIsPrintedWithWhatIsNowHeld() throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(SLOW, Duration.ZERO)) {
      for (String venue : List.of("hyperliquid", "aster")) {
        try (ProgramProcess.Running loop =
            start(
                faces,
                venue + " spot",
                "\"price_offset_ticks\": 50",
                "\"price_offset_ticks\": 0")) {
          loop.awaitLine(": rests");
          faces.sweepTheBids(venue);
          Ended ended = loop.end();
          assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
          assertThat(ended.lines())
              .filteredOn(line -> line.contains("was bought by the test order"))
              .singleElement()
              .asString()
              .contains("it is now added to the account");
          assertOnlyTheForeignOrderIsOpen(faces, venue, ended);
        }
      }
    }
  }

  /** Each answer takes a while, so that the exchange is gone before the next. */
  @Test
  void namesWhatMayBeLeftWhenTheExchangeGoesAway() throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(SLOW, Duration.ZERO);
        ProgramProcess.Running aster = vanishing(faces, "aster");
        ProgramProcess.Running hyperliquid = vanishing(faces, "hyperliquid")) {
      for (ProgramProcess.Running each : List.of(aster, hyperliquid)) {
        Ended ended = each.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(6);
        assertThat(ended.errLines())
            .singleElement()
            .asString()
            .contains("may have been left", "BUY");
      }
    }
  }

  private ProgramProcess.Running vanishing(TwoVenueServers faces, String venue) throws IOException {
    ProgramProcess.Running loop = start(faces, venue + " perp");
    loop.awaitLine(": rests");
    faces.vanish(venue);
    return loop;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aster spot       | the-key                    | unknown                     | 3 | api_key"
            + " is unknown to Aster",
        "aster perp       | the-secret                 | another                     | 3 |"
            + " api_secret does not belong",
        "aster spot       | \"spot_symbol\": \"ASTER   | \"spot_symbol\": \"NOPE     | 3 | NOPEUSDT"
            + " is not listed",
        "aster spot       | \"spot_symbol\": \"ASTER   | \"spot_symbol\": \"TEST     | 3 | TESTUSDT"
            + " is a market of Aster's own tests",
        "aster spot       | \"spot_usdt\": 7           | \"spot_usdt\": 4            | 2 |"
            + " spot_usdt is 4, which is",
        "aster perp       | \"futures_usdt\": 7        | \"futures_usdt\": 4         | 2 |"
            + " futures_usdt is 4, which is",
        "aster perp       | ASTERUSDT | BTCUSDT | 2 | lots of 0.001",
        "hyperliquid spot | \"spot_usdc\": 12          | \"spot_usdc\": 9            | 2 |"
            + " spot_usdc is 9, which is",
        "hyperliquid perp | \"futures_usdc\": 12       | \"futures_usdc\": 9         | 2 |"
            + " futures_usdc is 9, which is",
        "hyperliquid perp | 0x0123                     | 0x1123                      | 3 |"
            + " secret_key",
        "hyperliquid spot | HYPE/USDC                  | NOPE/USDC                   | 3 | NOPE",
      })
  void whatCannotBeMeantIsOneSentenceAndNothingIsPlaced(
      String loop, String from, String to, int code, String sentence) throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ZERO)) {
      assertRefused(faces, loop, code, sentence, from, to);
    }
  }

  /** In this process: what {@code Main} makes a line and an exit code of. */
  private void assertRefused(
      TwoVenueServers faces, String loop, int code, String sentence, String... changes)
      throws Exception {
    String[] words = loop.split(" ");
    String config = faces.config(folder, words[0], changes).toString();
    BidAndCancelCommand command = new BidAndCancelCommand();
    new CommandLine(command).parseArgs(words[0], words[1], "--config", config);
    Throwable refusal = catchThrowable(command::call);
    assertThat(refusal).as(loop).isNotNull();
    assertThat(Main.exitCode(refusal).code()).as(refusal.toString()).isEqualTo(code);
    assertThat(Main.sentence(refusal))
        .contains(sentence)
        .doesNotContain("the-secret", "credentials.", "\n");
    assertOnlyTheForeignOrderIsOpen(faces, words[0], new Ended(code, refusal.toString(), ""));
  }

  @Test
  void aRefusalIsOneLineOnStandardError() throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ZERO);
        ProgramProcess.Running loop = start(faces, "aster spot", "the-secret", "another")) {
      Ended ended = loop.end();
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.errLines()).singleElement().asString().contains("api_secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperliquid perp", "aster spot"})
  void aClockThatIsFarOffIsOneSentence(String loop) throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ofMinutes(3))) {
      assertRefused(faces, loop, 3, "clock");
    }
  }

  @Test
  void theCredentialsOfAStraightCopyAreChosenByWhatIsFilledIn() throws Exception {
    try (TwoVenueServers faces = new TwoVenueServers(FaultProfile.NONE, Duration.ZERO)) {
      assertThat(refused(faces, "\"the-key\"", "\"\"", "\"the-secret\"", "\"\""))
          .contains("api_key is none: expected either api_key and api_secret, or user and");
      assertThat(refused(faces, "\"user\": \"\"", "\"user\": \"" + TwoVenueServers.ADDRESS + "\""))
          .contains("beside user: expected either api_key and api_secret, or user and signer_key");
      assertThat(refused(faces, "\"the-secret\"", "\"\"")).contains("api_secret is none");
    }
  }

  private String refused(TwoVenueServers faces, String... changes) throws IOException {
    try {
      SmokeTestConfig.aster(faces.config(folder, "aster", changes), Leg.SPOT);
      return "taken";
    } catch (ConfigException fault) {
      return fault.getMessage();
    }
  }
}
