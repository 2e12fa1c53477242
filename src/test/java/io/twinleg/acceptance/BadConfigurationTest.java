package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import io.twinleg.config.Config;
import io.twinleg.config.Config.Mode;
import io.twinleg.config.ConfigException;
import io.twinleg.config.Environment;
import io.twinleg.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios B01 to B08 and a part of E11: a trader mistypes config_example.json in one place, and
 * is reported with its place, what was found and what would do, before anything starts.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadConfigurationTest {
  private static final String EXAMPLE = read(Path.of("config_example.json"));

  @TempDir private Path folder;

  /** B01. */
  @Test
  @Scenario("B01")
  void anExitAboveTheEntry() {
    assertRefused(
        "\"exit_threshold_apr\": 0.04",
        "\"exit_threshold_apr\": 0.2",
        "strategy.exit_threshold_apr is 0.2: expected less than strategy.enter_threshold_apr"
            + " (0.1)");
  }

  /** B01: at the same rate it would enter and leave for ever. */
  @Test
  @Scenario("B01")
  void anExitAtTheEntry() {
    assertRefused(
        "\"exit_threshold_apr\": 0.04",
        "\"exit_threshold_apr\": 0.100",
        "strategy.exit_threshold_apr is 0.1: expected less than strategy.enter_threshold_apr"
            + " (0.1)");
  }

  /** B02. */
  @ParameterizedTest
  @Scenario("B02")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "9 | 9: expected at least 50 (five times the venue's minimum order)",
        "-200 | -200: expected at least 50 (five times the venue's minimum order)",
        "NaN | NaN: expected a finite number",
        "Infinity | Infinity: expected a finite number",
        "-Infinity | -Infinity: expected a finite number",
        "\"200\" | \"200\": expected a number without quotes",
        "\"nan\" | \"nan\": expected a number without quotes",
        "true | true: expected a number",
        "null | null: expected a number",
        "[200] | a list: expected a number",
        "{\"usd\": 200} | an object: expected a number",
        "1e400 | 1e400: expected a number of at most 18 digits before and 18 after the point",
        "1e999999999 | 1e999999999: expected a number of at most 18 digits before and 18 after"
            + " the point",
        "1e99999999999 | 1e99999999999: expected a number of at most 18 digits before and 18"
            + " after the point",
        "1e-30 | 1e-30: expected a number of at most 18 digits before and 18 after the point"
      })
  void aTargetThatIsNoAmount(String value, String sentence) {
    assertRefused(
        "\"target_usd_notional\": 200",
        "\"target_usd_notional\": " + value,
        "strategy.target_usd_notional is " + sentence);
  }

  /** B03: to the original "false" was true. */
  @Test
  @Scenario("B03")
  void aWordForATruth() {
    assertRefused(
        "\"post_only\": true",
        "\"post_only\": \"false\"",
        "execution.post_only is \"false\": expected true or false without quotes");
    assertRefused(
        "\"post_only\": true",
        "\"post_only\": 0",
        "execution.post_only is 0: expected true or false");
  }

  @Test
  void aFractionForACount() {
    assertRefused(
        "\"perp_leverage\": 1",
        "\"perp_leverage\": 1.5",
        "execution.perp_leverage is 1.5: expected a whole number");
    assertRefused(
        "\"perp_leverage\": 1",
        "\"perp_leverage\": 3000000000",
        "execution.perp_leverage is 3000000000: expected a whole number of at most 2147483647");
  }

  /** B04. */
  @Test
  @Scenario("B04")
  void aMistypedKey() {
    assertRefused(
        "\"price_offset_ticks\": 1",
        "\"price_ofset_ticks\": 1",
        "unknown key execution.price_ofset_ticks: did you mean execution.price_offset_ticks?");
  }

  @Test
  void aKeyInTheWrongSection() {
    assertRefused(
        "\"hedge_ratio\": 1.0",
        "\"hedge_ratio\": 1.0, \"max_slippage_bps\": 5",
        "unknown key strategy.max_slippage_bps: did you mean execution.max_slippage_bps?");
  }

  @Test
  void reportsAMistypedSectionOnceWithTheKeysItLacks() {
    List<String> errors = refusals(EXAMPLE.replace("\"fees\": {", "\"fee\": {"), Mode.DRY_RUN);
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst()).endsWith("unknown key fee: did you mean fees?");
  }

  @Test
  void aKeyGivenTwice() {
    int line = lineOf("\"defer_s\": 300");
    assertRefused(
        "\"defer_s\": 300",
        "\"defer_s\": 300, \"defer_s\": 0",
        "strategy.defer_s is given twice: expected once (the other is in line " + line + ")");
  }

  /** B05. */
  @ParameterizedTest
  @Scenario("B05")
  @ValueSource(strings = {"HYPEUSDC", "HYPE/USDC/X", "/USDC", "HYPE/", "HYPE / USDC", ""})
  void aPairWithoutItsOneSlash(String pair) {
    assertRefused(
        "\"spot\": \"HYPE/USDC\"",
        "\"spot\": \"" + pair + "\"",
        "markets.spot is \"" + pair + "\": expected a pair with one slash, such as \"HYPE/USDC\"");
  }

  /** B07: others on the machine could read the key. */
  @Test
  @Scenario("B07")
  void aKeyFileThatOthersMayRead() throws IOException {
    Path key = Files.writeString(folder.resolve("agent.key"), "0x" + "ab".repeat(32));
    String reference = "credentials.secret_key=file:" + key;
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(live(reference))
        .isEqualTo(
            "--set credentials.secret_key=(not shown):"
                + " expected a file that only its owner may read (chmod 600 it)");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThatCode(() -> load(EXAMPLE, Mode.LIVE, reference)).doesNotThrowAnyException();
    Files.delete(key);
    assertThat(live(reference)).endsWith("expected the path of a file that exists");
    assertThatCode(() -> load(EXAMPLE, Mode.DRY_RUN, reference)).doesNotThrowAnyException();
  }

  @Test
  void aKeyOnTheCommandLineWhichEveryProcessCanRead() {
    String key = "0x" + "ab".repeat(32);
    String why =
        ": expected env:NAME or file:PATH, because every process on this machine can read a command"
            + " line";
    assertThat(live("credentials.secret_key=" + key))
        .isEqualTo("--set credentials.secret_key=(not shown)" + why);
    assertThat(live("credentials={\"secret_key\":\"" + key + "\"}"))
        .contains("credentials.secret_key is (not shown)" + why);
    assertThat(live("credentials.api_secret=" + "ab".repeat(32))).contains(why);
    assertThatCode(() -> load(EXAMPLE, Mode.DRY_RUN, "credentials.secret_key=" + key))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aKeyInAConfigurationThatOthersMayRead() throws IOException {
    String reference = "\"env:TWINLEG_SECRET_KEY\"";
    String text = EXAMPLE.replace(reference, "\"0x" + "ab".repeat(32) + "\"");
    Path file = Files.writeString(folder.resolve("config.json"), text);
    for (String mode : List.of("rw-r-----", "rw----r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(refusals(text, Mode.LIVE))
          .containsExactly(
              place(reference)
                  + "credentials.secret_key is (not shown): expected env:NAME or file:PATH, or a"
                  + " configuration that only its owner may read (chmod 600 "
                  + file
                  + ")");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatCode(() -> load(text, Mode.LIVE)).doesNotThrowAnyException();
  }

  /** B08. */
  @ParameterizedTest
  @Scenario("B08")
  @ValueSource(
      strings = {
        "http://api.hyperliquid.xyz",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "ftp://api.hyperliquid.xyz",
        "api.hyperliquid.xyz",
        "https://",
        "https://api.hyperliquid.xyz?x=1",
        "not a url"
      })
  void aVenueThatIsNotEncrypted(String url) {
    assertRefused(
        "https://api.hyperliquid-testnet.xyz\",",
        url + "\",",
        "credentials.base_url is \""
            + url
            + "\": expected a URL that begins with https://"
            + " (http:// only for 127.0.0.1, localhost and [::1])");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:3001", "http://localhost:80/", "http://[::1]:9"})
  void aVenueOnThisMachineNeedsNoEncryption(String url) {
    assertThatCode(() -> load(EXAMPLE, Mode.LIVE, "credentials.base_url=" + url))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "venue=binance | expected hyperliquid or aster",
        "execution.leg_mode=sideways | expected spot_first, perp_first, auto, batch or both",
        "execution.hedge_repair_tif=Gtc | expected Ioc (an aggressive order must not rest)",
        "execution.tif=GTX | expected Gtc, Ioc or Alo",
        "execution.tif=Ioc | expected Gtc or Alo while execution.post_only is true (for Ioc set"
            + " that to false)",
        "risk.on_drawdown=panic | expected halt or flatten",
        "telemetry.log_level=LOUD | expected ERROR, WARN, INFO or DEBUG",
        "strategy.enter_threshold_apr=0 | expected above 0 and at most 350.4 (the venue's cap of"
            + " 4 % an hour)",
        "strategy.enter_threshold_apr=351 | expected above 0 and at most 350.4 (the venue's cap of"
            + " 4 % an hour)",
        "strategy.hedge_ratio=1.6 | expected a number from 0.5 to 1.5",
        "strategy.signal_window_h=2161 | expected a whole number from 1 to 2160",
        "strategy.horizon_h=0 | expected a whole number from 1 to 8760",
        "strategy.min_edge_bps=-1 | expected 0 or more",
        "strategy.max_break_even_h=8761 | expected a whole number from 1 to 8760",
        "strategy.defer_s=1801 | expected a whole number from 0 to 1800",
        "execution.price_offset_ticks=-1 | expected a whole number from 0 to 1000",
        "execution.reprice_interval_ms=99 | expected a whole number from 100 to 60000",
        "execution.max_replaces_per_min=601 | expected a whole number from 1 to 600",
        "execution.entry_timeout_ms=999 | expected a whole number from 1000 to 3600000",
        "execution.hedge_repair_timeout_ms=60001 | expected a whole number from 1000 to 60000",
        "execution.hedge_repair_stage_ms=5001 | expected from 0 to"
            + " execution.hedge_repair_timeout_ms (5000)",
        "execution.perp_leverage=0 | expected a whole number from 1 to 1000",
        "execution.enter_exit_cooldown_s=86401 | expected a whole number from 0 to 86400",
        "execution.max_slippage_bps=501 | expected a number from 1 to 500",
        "execution.max_clip_usd=20.99 | expected at least 21 (two minimum orders)",
        "execution.max_clip_usd=200.01 | expected at most strategy.target_usd_notional (200)",
        "risk.per_symbol_notional_cap=199 | expected at least strategy.target_usd_notional (200)",
        "risk.portfolio_notional_cap=499 | expected at least risk.per_symbol_notional_cap (500)",
        "risk.max_drawdown_usd=0 | expected a number above 0",
        "risk.min_spread_ticks=-1 | expected a whole number from 0 to 1000000",
        "risk.max_book_age_ms=499 | expected a whole number from 500 to 3600000",
        "risk.max_funding_age_ms=999 | expected a whole number from 1000 to 86400000",
        "risk.margin_ratio_warn=1 | expected less than risk.margin_ratio_target (1)",
        "risk.margin_ratio_emergency=0 | expected a number above 0",
        "risk.liq_distance_min=0.91 | expected a number from 0.05 to 0.9",
        "markets.unit_multiplier=0 | expected a number above 0",
        "markets.max_unit_gap=2 | expected a number from 0.0001 to 1",
        "markets.spot_index=-1 | expected a whole number from 0 to 1000000",
        "fees.spot_taker=0.011 | expected a number from -0.001 to 0.01",
        "fees.perp_maker=-0.0011 | expected a number from -0.001 to 0.01",
        "telemetry.log_max_bytes=1 | expected a whole number from 1024 to 1073741824",
        "telemetry.log_backup_count=-1 | expected a whole number from 0 to 100",
        "alignment.mode=fix | expected log or force",
        "alignment.min_diff_quanta=0 | expected a whole number from 1 to 2147483647",
        "shutdown.mode=kill | expected keep_hedged, flatten or cancel_only",
        "shutdown.timeout_s=301 | expected a whole number from 1 to 300",
        "adopt_existing=all | expected none, perp_only or both",
        "credentials.account_address=0x12 | expected an address: 0x and 40 hexadecimal digits"
      })
  void aValueOutOfItsRangeOnTheCommandLine(String override, String expected) {
    assertThat(live(override)).isEqualTo("--set " + override + ": " + expected);
  }

  @Test
  void twoMarketsOfOneCoin() {
    String one = "{\"base\":\"A\",\"spot\":\"A/B\",\"perp\":\"A\"}";
    assertThat(live("markets=[" + one + "," + one.replace("A/B", "A/C") + "]"))
        .contains("markets.1.base is \"A\": expected another than markets.0.base")
        .contains("markets.1.perp is \"A\": expected another than markets.0.perp");
  }

  @Test
  @Scenario("E11")
  void aCapBelowTheTarget() {
    assertThat(live("risk.per_symbol_notional_cap=150"))
        .isEqualTo(
            "--set risk.per_symbol_notional_cap=150: expected at least"
                + " strategy.target_usd_notional (200)");
  }

  @Test
  void aMarketsOwnTargetAboveTheCap() {
    String own = "\"perp\": \"HYPE\", \"strategy\": {\"target_usd_notional\": 501}";
    assertThat(refusals(EXAMPLE.replace("\"perp\": \"HYPE\"", own), Mode.LIVE))
        .containsExactly(
            place("\"per_symbol_notional_cap\": 500")
                + "risk.per_symbol_notional_cap is 500:"
                + " expected at least strategy.target_usd_notional (501)");
  }

  /** R31. */
  @Test
  void twoDifferentCooldowns() {
    assertRefused(
        "\"defer_s\": 300",
        "\"defer_s\": 300, \"enter_exit_cooldown_s\": 60",
        "strategy.enter_exit_cooldown_s is 60: expected the same as"
            + " execution.enter_exit_cooldown_s (300), or only one of the two");
    String same =
        EXAMPLE.replace("\"defer_s\": 300", "\"defer_s\": 300, \"enter_exit_cooldown_s\": 300");
    assertThatCode(() -> load(same, Mode.LIVE)).doesNotThrowAnyException();
  }

  @Test
  void reportsAllErrorsAtOnce() {
    String wrong =
        EXAMPLE
            .replace("\"horizon_h\": 336", "\"horizon_h\": 0")
            .replace("\"defer_s\": 300", "\"defer_s\": -1")
            .replace("\"tif\": \"Gtc\"", "\"tif\": \"gtx\"")
            .replace("\"timeout_s\": 20", "\"timeout_s\": 0")
            .replace("\"target_usd_notional\": 200", "\"target_usd_notional\": 1");
    assertThat(refusals(wrong, Mode.LIVE))
        .containsExactlyInAnyOrder(
            place("\"horizon_h\": 336")
                + "strategy.horizon_h is 0: expected a whole number from 1 to 8760",
            place("\"defer_s\": 300")
                + "strategy.defer_s is -1: expected a whole number from 0 to 1800",
            place("\"tif\": \"Gtc\"") + "execution.tif is \"gtx\": expected Gtc, Ioc or Alo",
            place("\"timeout_s\": 20")
                + "shutdown.timeout_s is 0: expected a whole number from 1 to 300",
            place("\"target_usd_notional\": 200")
                + "strategy.target_usd_notional is 1: expected at least 50"
                + " (five times the venue's minimum order)");
  }

  @Test
  void whatIsMissing() {
    assertThat(refusals("{}", Mode.DRY_RUN))
        .hasSize(10)
        .allSatisfy(error -> assertThat(error).contains(" is missing: expected "))
        .contains(
            folder.resolve("config.json")
                + ": strategy.enter_threshold_apr is missing: expected a number, such as 0.1");
    assertThat(refusals("{}", Mode.PAPER)).hasSize(11);
    assertThat(refusals("{}", Mode.LIVE)).hasSize(13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "300 // soon | a comment, which JSON has not (use a \"_comments\" key)",
        "300, | } where a key or a value is expected (a comma too many?)",
        "0300 | a number that begins with a needless 0",
        "True | a word without double quotes (only numbers, true, false and null have none)",
        "'300' | a single quote (JSON has double quotes only)",
        "\"300 | a line break or a tab inside a text (a closing quote is missing?)"
      })
  void textThatIsNotJson(String value, String words) {
    String text = EXAMPLE.replace("\"defer_s\": 300", "\"defer_s\": " + value);
    assertThat(refusals(text, Mode.DRY_RUN))
        .singleElement()
        .asString()
        .matches(".*config\\.json line \\d+ column \\d+ is not valid JSON: .*")
        .endsWith(words);
  }

  @Test
  void aFileThatWasCutShort() {
    assertThat(refusals(EXAMPLE.substring(0, EXAMPLE.length() / 2), Mode.DRY_RUN))
        .singleElement()
        .asString()
        .endsWith("the text ends too early (a quote or a closing } or ] is missing)");
    assertThat(refusals(EXAMPLE + "{}", Mode.DRY_RUN))
        .singleElement()
        .asString()
        .endsWith("more text after its end");
    assertThat(refusals("[".repeat(100_000), Mode.DRY_RUN))
        .singleElement()
        .asString()
        .endsWith("too many objects or lists inside each other");
  }

  @Test
  void noFileAtAll() throws IOException {
    assertThat(refusal(folder.resolve("config.json")))
        .endsWith("does not exist: expected a configuration file (copy config_example.json)");
    assertThat(refusal(folder)).endsWith("is a directory: expected a configuration file");
    assertThat(refusals(" \n", Mode.DRY_RUN).getFirst())
        .endsWith("is empty: expected a configuration (copy config_example.json)");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(refusal(binary)).endsWith("is not text in UTF-8: expected a configuration file");
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    assertThat(refusal(large)).endsWith("is larger than 1 MiB: expected a configuration file");
    assertThat(refusals("[]", Mode.DRY_RUN).getFirst())
        .endsWith("line 1: found a list: expected an object in { and }");
  }

  /** A key in the wrong place is still a key. */
  @Test
  void aKeyIsNeverRepeated() {
    String key = "ab".repeat(32);
    String reference = "\"env:TWINLEG_SECRET_KEY\"";
    String address = "\"0x0000000000000000000000000000000000000000\"";
    for (String text :
        List.of(
            EXAMPLE.replace(reference, "\"" + key + "\""),
            EXAMPLE.replace(reference, key),
            EXAMPLE.replace(reference, "0x" + key),
            EXAMPLE.replace(reference, "[\"0x" + key + "\"]"),
            EXAMPLE.replace(address, "\"0x" + key + "\""),
            EXAMPLE.replace("\"venue\": \"hyperliquid\"", "\"0x" + key + "\": 1"),
            EXAMPLE.replace("\"venue\": \"hyperliquid\"", "\"venue\": \"" + key + "\""))) {
      assertThat(String.join("\n", refusals(text, Mode.LIVE))).doesNotContain("abab");
    }
    for (String override :
        List.of(
            "credentials.secret_key=hunter2",
            "secret=hunter2",
            "credentials=hunter2",
            "credentials.api_sekret=hunter2",
            "credentials.base_url=http://u:hunter2@api.x")) {
      assertThat(live(override)).doesNotContain("hunter2");
    }
  }

  @Test
  void aControlCharacterDoesNotReachTheTerminal() {
    assertRefused(
        "\"tif\": \"Gtc\"",
        "\"tif\": \"\\u001b[31m\\nGtc\"",
        "execution.tif is \"?[31m?Gtc\": expected Gtc, Ioc or Alo");
  }

  private void assertRefused(String was, String becomes, String sentence) {
    assertThat(EXAMPLE).contains(was);
    assertThat(refusals(EXAMPLE.replace(was, becomes), Mode.LIVE))
        .containsExactly(place(was) + sentence);
  }

  private String place(String text) {
    return folder.resolve("config.json") + " line " + lineOf(text) + ": ";
  }

  private static int lineOf(String text) {
    return (int) EXAMPLE.substring(0, EXAMPLE.indexOf(text)).lines().count();
  }

  private String live(String... overrides) {
    try {
      load(EXAMPLE, Mode.LIVE, overrides);
    } catch (ConfigException e) {
      return e.getMessage();
    }
    return fail("nothing was refused");
  }

  private List<String> refusals(String text, Mode mode) {
    try {
      load(text, mode);
    } catch (ConfigException e) {
      return e.violations();
    }
    return fail("nothing was refused");
  }

  private static String refusal(Path file) {
    try {
      Config.load(file, List.of(), Mode.DRY_RUN, Environment.of(Map.of()));
    } catch (ConfigException e) {
      return e.getMessage();
    }
    return fail("nothing was refused");
  }

  private Config load(String text, Mode mode, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("config.json"), text);
      return Config.load(file, List.of(overrides), mode, Environment.of(Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
