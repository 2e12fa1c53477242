package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EffectiveConfigTest {
  private static final Path EXAMPLE = Path.of("config_example.json");

  @Test
  void showsValueUnitAndSource() throws IOException {
    List<String> lines = Files.readAllLines(EXAMPLE);
    assertThat(report("strategy.defer_s=5").rows())
        .contains(
            new EffectiveConfig.Row("strategy.defer_s", "5", "s", false, "--set"),
            new EffectiveConfig.Row(
                "strategy.horizon_h", "336", "h", true, line(lines, "\"horizon_h\": 336")),
            new EffectiveConfig.Row("telemetry.log_level", "DEBUG", "", false, "LOG_LEVEL"),
            new EffectiveConfig.Row(
                "credentials.secret_key",
                "(not shown)",
                "",
                false,
                line(lines, "\"secret_key\": \"env:")));
  }

  /** Of the first that begins with this text. */
  private static String line(List<String> lines, String text) {
    int number = 0;
    while (!lines.get(number).strip().startsWith(text)) {
      number++;
    }
    return "line " + (number + 1);
  }

  /** A key may stand in a file that is its owner's alone. */
  @Test
  void showsNoSecretWhateverItsForm(@TempDir Path folder) throws IOException {
    JsonMapper mapper = new JsonMapper();
    for (String key : List.of("secret_key", "api_key", "api_secret", "signer_key")) {
      String value = key.startsWith("api") ? "abab" : "0x" + "ab".repeat(32);
      ObjectNode tree = (ObjectNode) mapper.readTree(Files.readString(EXAMPLE));
      ((ObjectNode) tree.get("credentials")).put(key, value);
      Path file = Files.writeString(folder.resolve(key + ".json"), tree.toString());
      EffectiveConfig report = report(file, "strategy.defer_s=5");
      assertThat(report.json()).as(key).doesNotContain("abab");
      assertThat(report.lines()).as(key).noneMatch(line -> line.contains("abab"));
      assertThat(report.rows())
          .as(key)
          .anySatisfy(row -> {
            assertThat(row.toString()).contains("credentials." + key + ",");
            assertThat(row.toString()).contains("(not shown)");
          });
    }
  }

  @Test
  void showsTheClipThatFollowsFromTheTarget() {
    assertThat(report("strategy.target_usd_notional=100").rows())
        .contains(new EffectiveConfig.Row("execution.max_clip_usd", "100", "USD", true, "default"));
  }

  @Test
  void fitsATerminalOfEightyColumns() {
    List<String> lines = report("credentials.base_url=https://" + "a".repeat(55) + ".xyz").lines();
    assertThat(lines).contains("strategy", "risk", "telemetry");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines).anySatisfy(line -> assertThat(line).endsWith("…"));
  }

  @Test
  void isOneJsonObject() {
    JsonNode json = JsonMapper.shared().readTree(report("strategy.defer_s=5").json());
    assertThat(json.get("config_hash").asString()).hasSize(16);
    assertThat(json.get("settings").size())
        .isEqualTo(
            (int)
                ConfigKey.all().stream()
                    .filter(key -> !key.section().equals(ConfigKey.PORTFOLIO))
                    .count());
    JsonNode first = json.get("settings").get(0);
    assertThat(first.propertyNames()).containsExactly("key", "value", "unit", "default", "source");
  }

  private static EffectiveConfig report(String override) {
    return report(EXAMPLE, override);
  }

  private static EffectiveConfig report(Path file, String override) {
    return Config.load(
            file,
            List.of(override),
            Config.Mode.DRY_RUN,
            Environment.of(Map.of("LOG_LEVEL", "DEBUG")))
        .report();
  }
}
