package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.ProgramProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The exchange as a command: what is refused before it opens, and how it runs and ends. */
@Execution(ExecutionMode.CONCURRENT)
class ExchangeCommandTest {
  private static final String ONE = "0x14791697260e4c9a71f18484c9f997b308e59325";
  private static final String TWO = "0x2222222222222222222222222222222222222222";

  @TempDir Path folder;

  /** The sentence that a command line is refused with, in this process. */
  private static String refused(String... arguments) throws Exception {
    ExchangeCommand command = new ExchangeCommand();
    new CommandLine(command).parseArgs(arguments);
    try {
      return "ended with " + command.call();
    } catch (UsageException usage) {
      return usage.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fund x=1:1 | --fund names x: expected an account's address",
        "--fund " + ONE + "=1 | expected WHO=SPOT:PERP",
        "--fund " + ONE + "=-1:5 | expected WHO=SPOT:PERP",
        "--fund " + ONE + "=1:1 --fund " + ONE + "=2:2 | --fund opens " + ONE + " twice",
        "--agent " + ONE + "=" + TWO + " | which no --fund opens: open it first",
        "--fund " + ONE + "=1:1 --agent " + ONE + "=me | expected ACCOUNT=AGENT, two addresses",
        "--fund " + ONE + "=1:1 --agent " + ONE + "=" + ONE + " | it is an account itself",
        "--speed 0 | --speed is 0: expected a number above 0",
        "--speed 5000 | at most 1000",
        "--market moon | --market is moon: expected synthetic or replay:DIR",
        "--faults moon | --faults is moon: expected all, none or a readable JSON file",
      })
  void refusesWhatCannotBeMeantInOneSentence(String line, String sentence) throws Exception {
    assertThat(refused(("--hyperliquid 0 " + line).split(" "))).contains(sentence);
  }

  @Test
  void aFaultsFileIsNamedWithWhatIsWrongInIt() throws Exception {
    Path file = Files.writeString(folder.resolve("faults.json"), "{\"dealy\":1}");
    assertThat(refused("--hyperliquid", "0", "--faults", file.toString()))
        .contains(file.toString())
        .contains("\"dealy\" is no fault: expected one of delay");
  }

  @Test
  void needsAFace() throws Exception {
    assertThat(refused()).contains("--hyperliquid PORT");
  }

  @Test
  void aPortThatIsTakenIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refused("--hyperliquid", Integer.toString(taken.getLocalPort())))
          .startsWith("--hyperliquid is " + taken.getLocalPort() + ": the port is taken");
    }
  }

  @Test
  void printsItsAddressAndEndsCleanlyWhenItIsInterrupted() throws Exception {
    try (ProgramProcess.Running exchange =
        new ProgramProcess(folder)
            .start("exchange", "--hyperliquid", "0", "--json", "--fund", ONE + "=1000:500")) {
      JsonNode open = exchange.await("exchange_open");
      String url = open.path("base_url").asString("");
      assertThat(open.path("accounts").path(0).asString("")).isEqualTo(ONE);
      assertThat(Duration.between(Instant.parse(open.path("time").asString("")), Instant.now()))
          .as("a synthetic world begins at the wall's now")
          .isLessThan(Duration.ofMinutes(2));
      assertThat(info(url, "{\"type\":\"clearinghouseState\",\"user\":\"" + ONE + "\"}"))
          .contains("\"accountValue\":\"500.0\"");
      assertThat(info(url, "{\"type\":\"allMids\"}"))
          .contains("\"BTC\":", "\"HYPE\":", "\"@107\":", "\"PURR/USDC\":");
      exchange.signal("INT");
      Ended ended = exchange.end();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.exitCode()).isZero();
    }
  }

  private static String info(String url, String question) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/info"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build();
    return sent(request);
  }

  private static String sent(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneWorldStandsBehindBothFacesAndEachVenueKnowsItsOwnAccounts() throws Exception {
    try (ProgramProcess.Running exchange =
        new ProgramProcess(folder)
            .start(
                "exchange",
                "--hyperliquid",
                "0",
                "--aster",
                "0",
                "--json",
                "--speed",
                "1",
                "--fund",
                ONE + "=1000:500",
                "--fund",
                "demo:hidden=200:300")) {
      JsonNode hyperliquid = exchange.await("exchange_open");
      JsonNode aster = exchange.await("exchange_open");
      assertThat(hyperliquid.path("venue").asString("")).isEqualTo("hyperliquid");
      assertThat(hyperliquid.path("accounts").toString()).isEqualTo("[\"" + ONE + "\"]");
      assertThat(aster.path("venue").asString("")).isEqualTo("aster");
      assertThat(aster.path("accounts").toString()).isEqualTo("[\"" + ONE + "\",\"demo\"]");
      assertThat(aster.toString()).doesNotContain("hidden");
      assertThat(oracle(hyperliquid.path("base_url").asString("")))
          .as("the same world's price of BTC")
          .isEqualTo(index(aster.path("base_url").asString("")));
      exchange.signal("INT");
      assertThat(exchange.end().exitCode()).isZero();
    }
  }

  /** Between two moves of the oracle: it moves once in some seconds, and is asked for at once. */
  private static BigDecimal oracle(String url) {
    JsonNode contexts = ProgramProcess.json(info(url, "{\"type\":\"metaAndAssetCtxs\"}"));
    return new BigDecimal(contexts.path(1).path(0).path("oraclePx").asString(""))
        .setScale(0, RoundingMode.HALF_UP);
  }

  private static BigDecimal index(String url) {
    return new BigDecimal(
            ProgramProcess.json(got(url + "/fapi/v1/premiumIndex?symbol=BTCUSDT"))
                .path("indexPrice")
                .asString(""))
        .setScale(0, RoundingMode.HALF_UP);
  }

  private static String got(String url) {
    return sent(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build());
  }

  @Test
  void anApiKeyNeedsAstersFaceAndItsSecretIsNotShown() throws Exception {
    assertThat(refused("--hyperliquid", "0", "--fund", "demo:hidden=1:1"))
        .startsWith("--fund names an API key: expected an account's address")
        .doesNotContain("hidden");
    assertThat(refused("--aster", "0", "--fund", "demo:hidden=1")).doesNotContain("hidden");
  }

  @Test
  void faultsAreForAsterToo() throws Exception {
    Path file = Files.writeString(folder.resolve("faults.json"), "{\"server_error\":1000}");
    try (ProgramProcess.Running exchange =
        new ProgramProcess(folder)
            .start("exchange", "--aster", "0", "--json", "--faults", file.toString())) {
      String url = exchange.await("exchange_open").path("base_url").asString("");
      assertThat(got(url + "/api/v1/time")).contains("<title>502</title>");
    }
  }
}
