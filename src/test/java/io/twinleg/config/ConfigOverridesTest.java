package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.Usd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lies over the file: the environment, and over that the command line. */
class ConfigOverridesTest {
  @Test
  void theCommandLineOverridesTheFile() {
    Config config = load(Map.of(), "strategy.target_usd_notional=300", "markets.base=ABC");
    assertThat(config.settings().markets().getFirst().strategy().targetUsdNotional())
        .isEqualTo(Usd.of("300"));
    assertThat(config.markets().getFirst().market().name()).isEqualTo("ABC");
  }

  @Test
  void theLaterOfTwoHolds() {
    assertThat(load(Map.of(), "markets.perp=A", "markets.perp=B").markets().getFirst().perp())
        .isEqualTo("B");
  }

  @Test
  void oneMarketMayBeCalledTheFirst() {
    assertThat(load(Map.of(), "markets.0.base=ABC")).isEqualTo(load(Map.of(), "markets.base=ABC"));
    assertThat(fault("markets.1.base=ABC"))
        .isEqualTo(
            "--set markets.1.base=ABC: markets is one object: expected a list of them for a"
                + " second");
  }

  @Test
  void marketsMayBeGivenAsAListAndThenOneByOne() {
    String list = "markets=[{\"base\":\"A\",\"spot\":\"A/USDC\",\"perp\":\"A\"}]";
    Config config =
        load(
            Map.of(),
            list,
            "markets.0.strategy.defer_s=5",
            "markets.1.base=B",
            "markets.1.spot=B/USDC",
            "markets.1.perp=B");
    assertThat(config.markets()).extracting(each -> each.market().name()).containsExactly("A", "B");
    assertThat(config.settings().markets().getFirst().strategy().defer().toSeconds()).isEqualTo(5);
    assertThat(fault(list, "markets.base=B"))
        .contains("markets is a list of 1: expected an index after it, such as markets.0.base");
    assertThat(fault(list, "markets.2.base=B")).contains("markets is a list of 1");
  }

  @Test
  void anObjectIsLaidOverASectionKeyByKey() {
    assertThat(load(Map.of(), "strategy={\"defer_s\":7,\"horizon_h\":8}"))
        .isEqualTo(load(Map.of(), "strategy.defer_s=7", "strategy.horizon_h=8"));
    assertThat(fault("strategy={\"defer_s\":7000}"))
        .isEqualTo(
            "--set strategy={\"defer_s\":7000}: strategy.defer_s is 7000:"
                + " expected a whole number from 0 to 1800");
  }

  @Test
  void aTextNeedsNoQuotes() {
    assertThat(load(Map.of(), "markets.perp=0").markets().getFirst().perp()).isEqualTo("0");
    assertThat(load(Map.of(), "markets.perp=\"2Z\"").markets().getFirst().perp()).isEqualTo("2Z");
    assertThat(load(Map.of(), "telemetry.log_file=a.log").telemetry().logFile()).isEqualTo("a.log");
    assertThat(load(Map.of(), "telemetry.log_file=null").telemetry().logFile()).isEmpty();
  }

  @Test
  void aRefusedOverrideShowsItselfInsteadOfALine() {
    assertThat(fault("strategy.exit_threshold_apr=0.2"))
        .isEqualTo(
            "--set strategy.exit_threshold_apr=0.2:"
                + " expected less than strategy.enter_threshold_apr (0.1)");
    assertThat(fault("strategy.exit_treshold_apr=0.2"))
        .isEqualTo(
            "--set strategy.exit_treshold_apr=0.2: unknown key strategy.exit_treshold_apr:"
                + " did you mean strategy.exit_threshold_apr?");
    assertThat(fault("strategy.defer_s.x=3")).contains("a value, not an object");
  }

  @Test
  void whatIsNotKeyAndValueIsRefused() {
    for (String wrong : List.of("strategy.defer_s", "=3", "strategy..defer_s=3", ".=1", "")) {
      assertThat(fault(wrong)).contains("expected KEY=VALUE, such as --set strategy.target_usd");
    }
    assertThat(fault("strategy.defer_s=")).endsWith("expected a whole number");
  }

  @Test
  void theEnvironmentOverridesTelemetryAsInTheOriginal() {
    Config.Telemetry telemetry =
        load(Map.of(
                "LOG_LEVEL", "warning",
                "LOG_FILE", "run.log",
                "LOG_MAX_BYTES", "20000",
                "LOG_BACKUP_COUNT", "0",
                "DISABLE_CONSOLE_LOGGING", "1"))
            .telemetry();
    assertThat(telemetry).isEqualTo(new Config.Telemetry("WARN", false, "run.log", 20000, 0, true));
  }

  @Test
  void theCommandLineOverridesTheEnvironment() {
    Map<String, String> debug = Map.of("LOG_LEVEL", "DEBUG", "LOG_FILE", "");
    assertThat(load(debug).telemetry().logLevel()).isEqualTo("DEBUG");
    assertThat(load(debug).telemetry().logFile()).isEmpty();
    assertThat(load(debug, "telemetry.log_level=ERROR").telemetry().logLevel()).isEqualTo("ERROR");
  }

  @Test
  void aVariableThatCannotBeReadIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "LOG_LEVEL", "LOUD",
            "LOG_MAX_BYTES", "10MB",
            "LOG_BACKUP_COUNT", "-1",
            "DISABLE_CONSOLE_LOGGING", "yes");
    assertThatThrownBy(() -> load(wrong))
        .hasMessageContaining(
            "LOG_LEVEL=LOUD in the environment: expected ERROR, WARN, INFO or DEBUG")
        .hasMessageContaining("LOG_MAX_BYTES=10MB in the environment: expected a whole number")
        .hasMessageContaining(
            "LOG_BACKUP_COUNT=-1 in the environment: expected a whole number from 0 to 100")
        .hasMessageContaining("DISABLE_CONSOLE_LOGGING=yes in the environment: expected 1 or 0");
  }

  private static String fault(String... overrides) {
    try {
      load(Map.of(), overrides);
    } catch (ConfigException e) {
      return e.getMessage();
    }
    throw new AssertionError("nothing was refused");
  }

  private static Config load(Map<String, String> environment, String... overrides) {
    return Config.load(
        Path.of("config_example.json"),
        List.of(overrides),
        Config.Mode.DRY_RUN,
        Environment.of(environment));
  }
}
