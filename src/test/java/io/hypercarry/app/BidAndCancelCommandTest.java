package io.hypercarry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.app.Program.Ended;
import io.hypercarry.exchange.server.FaultProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connectivity loops as a shell starts them, against our exchange behind both faces. */
class BidAndCancelCommandTest {
  private static final List<String> LOOPS =
      List.of("hyperliquid spot", "hyperliquid perp", "aster spot", "aster perp");

  @TempDir Path folder;

  private Program.Running start(TwoFaces faces, String loop, String... changes)
      throws IOException {
    String[] words = loop.split(" ");
    Path config = faces.config(folder, words[0], changes);
    return new Program(folder)
        .start("bid-and-cancel", words[0], words[1], "--config", config.toString());
  }

  /** Only the order that was there before is there. */
  private static void assertOnlyTheForeignOrderIsOpen(TwoFaces faces, String venue, Ended ended) {
    assertThat(faces.state(venue).openOrders())
        .as(ended.out() + ended.err())
        .extracting(order -> order.remaining().toString())
        .containsExactly("30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "all"})
  void everyLoopEndsWithNoOrderOfItsOwnOpen(String faults) throws Exception {
    FaultProfile profile = faults.equals("all") ? FaultProfile.ALL : FaultProfile.NONE;
    try (TwoFaces faces = new TwoFaces(profile, Duration.ZERO)) {
      List<Program.Running> running = new ArrayList<>();
      for (String loop : LOOPS) {
        running.add(start(faces, loop));
      }
      for (int i = 0; i < LOOPS.size(); i++) {
        try (Program.Running each = running.get(i)) {
          Ended ended = each.end();
          assertThat(ended.exitCode()).as(LOOPS.get(i) + ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("open: ", "cancelled, nothing filled");
        }
      }
      for (String venue : List.of("hyperliquid", "aster")) {
        assertOnlyTheForeignOrderIsOpen(faces, venue, new Ended(0, faults, ""));
        assertThat(faces.state(venue).positions()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"iteration 1", ": rests", "open: "})
  void anInterruptionInTheMiddleLeavesNothing(String instant) throws Exception {
    try (TwoFaces faces = new TwoFaces(FaultProfile.NONE, Duration.ZERO)) {
      List<Program.Running> running = new ArrayList<>();
      for (String loop : LOOPS) {
        running.add(start(faces, loop, "\"iterations\": 1", "\"iterations\": 1000"));
      }
      for (Program.Running each : running) {
        try (each) {
          each.awaitLine(instant);
          each.signal("INT");
          Ended ended = each.end();
          assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
          assertThat(ended.err()).isEmpty();
        }
      }
      assertOnlyTheForeignOrderIsOpen(faces, "hyperliquid", new Ended(0, instant, ""));
      assertOnlyTheForeignOrderIsOpen(faces, "aster", new Ended(0, instant, ""));
    }
  }

  @Test
  void namesWhatMayBeLeftWhenTheExchangeGoesAway() throws Exception {
    try (TwoFaces faces = new TwoFaces(FaultProfile.NONE, Duration.ZERO);
        Program.Running hyperliquid = start(faces, "hyperliquid perp");
        Program.Running aster = start(faces, "aster perp")) {
      hyperliquid.awaitLine(": rests");
      aster.awaitLine(": rests");
      faces.vanish();
      for (Program.Running each : List.of(hyperliquid, aster)) {
        Ended ended = each.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(6);
        assertThat(ended.errLines()).singleElement().asString().contains("may have been left", "BUY");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aster spot       | the-key                    | nobody                      | 3 | api_key is no key",
        "aster perp       | the-secret                 | another                     | 3 | api_secret does not belong",
        "aster spot       | \"spot_symbol\": \"ASTER   | \"spot_symbol\": \"NOPE     | 3 | NOPEUSDT is listed nowhere",
        "aster spot       | \"spot_symbol\": \"ASTER   | \"spot_symbol\": \"TEST     | 3 | TESTUSDT is a market of Aster's own tests",
        "aster spot       | \"spot_usdt\": 7           | \"spot_usdt\": 4            | 2 | spot_usdt is 4, which is",
        "aster perp       | \"futures_usdt\": 7        | \"futures_usdt\": 4         | 2 | futures_usdt is 4, which is",
        "aster perp       | \"futures_step_size\": \"\" | \"futures_step_size\": \"100\" | 2 | lots of 100",
        "hyperliquid spot | \"spot_usdc\": 12          | \"spot_usdc\": 9            | 2 | spot_usdc is 9, which is",
        "hyperliquid perp | \"futures_usdc\": 12       | \"futures_usdc\": 9         | 2 | futures_usdc is 9, which is",
        "hyperliquid perp | 0x0123                     | 0x1123                      | 3 | secret_key",
        "hyperliquid spot | HYPE/USDC                  | NOPE/USDC                   | 3 | NOPE",
      })
  void whatCannotBeMeantIsOneSentenceAndNothingIsPlaced(
      String loop, String from, String to, int code, String sentence) throws Exception {
    try (TwoFaces faces = new TwoFaces(FaultProfile.NONE, Duration.ZERO);
        Program.Running running = start(faces, loop, from, to)) {
      Ended ended = running.end();
      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(code);
      assertThat(ended.errLines()).singleElement().asString().contains(sentence);
      assertThat(ended.out() + ended.err()).doesNotContain("the-secret", "credentials.");
      assertOnlyTheForeignOrderIsOpen(faces, loop.split(" ")[0], ended);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperliquid perp", "aster spot"})
  void aClockThatIsFarOffIsOneSentence(String loop) throws Exception {
    try (TwoFaces faces = new TwoFaces(FaultProfile.NONE, Duration.ofMinutes(3));
        Program.Running running = start(faces, loop)) {
      Ended ended = running.end();
      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(3);
      assertThat(ended.errLines()).singleElement().asString().contains("clock");
      assertOnlyTheForeignOrderIsOpen(faces, loop.split(" ")[0], ended);
    }
  }

  @Test
  void theCredentialsOfAStraightCopyAreChosenByWhatIsFilledIn() throws Exception {
    try (TwoFaces faces = new TwoFaces(FaultProfile.NONE, Duration.ZERO)) {
      assertThat(refused(faces, "\"the-key\"", "\"\"", "\"the-secret\"", "\"\""))
          .contains("api_key is none: expected either api_key and api_secret, or user and");
      assertThat(refused(faces, "\"user\": \"\"", "\"user\": \"" + TwoFaces.ADDRESS + "\""))
          .contains("beside user: expected either api_key and api_secret, or user and signer_key");
      assertThat(refused(faces, "\"the-secret\"", "\"\"")).contains("api_secret is none");
    }
  }

  private String refused(TwoFaces faces, String... changes) throws IOException {
    try {
      AsterTestConfig.read(
          faces.config(folder, "aster", changes), io.hypercarry.core.model.Leg.SPOT);
      return "taken";
    } catch (ConfigFault fault) {
      return fault.getMessage();
    }
  }
}
