package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertSettings;
import io.twinleg.core.model.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section "alerts": one clear sentence for each mistake, and no secret in any. */
class AlertConfigTest {
  private static final Path EXAMPLE = Path.of("config_example.json");

  private static Config load(String... settings) {
    List<String> overrides = Stream.of(settings).map(each -> "alerts." + each).toList();
    return Config.load(EXAMPLE, overrides, Config.Mode.LIVE, Environment.of(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "level=loud | info, warning or critical",
        "cooldown_s=86401 | 86400",
        "quiet_hours=22-7 | two times of day, such as \"22:00-07:00\"",
        "quiet_hours=22:00-22:00 | two different times of day",
        "quiet_hours=24:00-07:00 | two times of day",
        "time_zone=Mars/Olympus | a time zone such as",
        "daily_summary=yes | true or false",
        "discord_url=https://discord.com/api/secret77 | env:NAME or file:PATH, never the secret"
            + " itself",
        "telegram_token=77:secret77 | env:NAME or file:PATH, never the secret itself",
        "pin=secret77 | env:NAME or file:PATH, never the secret itself",
        "telegram_token=env:X | alerts.telegram_chat is none",
        "telegram_chat=4711 | alerts.telegram_token is none",
        "telegram_chat=@me | the number of a chat",
        "ntfy_token=env:X | alerts.ntfy_url is none",
        "ntfy_commands_url=env:X | alerts.ntfy_url is none",
        "webhook_url=file:/no/such/file | the path of a file that exists",
        "heartbeat_s=0 | 86400",
        "answers=true | a telegram_token or an ntfy_commands_url",
        "telegram_site=http://203.0.113.7 | https://",
        "webhook=env:X | did you mean alerts.webhook_url?",
      })
  void aMistakeIsOneSentenceWithItsKey(String setting, String expected) {
    assertThatThrownBy(() -> load(setting))
        .isInstanceOfSatisfying(
            ConfigException.class,
            error -> {
              assertThat(error.getMessage().lines()).hasSize(1);
              assertThat(error)
                  .hasMessageContaining("alerts.")
                  .hasMessageContaining(expected.strip())
                  .hasMessageNotContaining("secret77");
            });
  }

  @Test
  void aGroupMayReadAndNotCommand() {
    load("telegram_token=env:X", "telegram_chat=-1001234567890");
    assertThatThrownBy(
            () -> load("telegram_token=env:X", "telegram_chat=-1001234567890", "answers=true"))
        .hasMessageContaining("in a group anyone could command");
  }

  @Test
  void theSettingsAreWhatWasWritten() {
    AlertSettings settings =
        load(
                "name=night carry",
                "level=WARNING",
                "cooldown_s=77",
                "quiet_hours=21:30-06:15",
                "time_zone=Asia/Tokyo",
                "daily_summary=false")
            .alerts()
            .settings("testnet");
    assertThat(settings)
        .isEqualTo(
            new AlertSettings(
                "night carry testnet",
                AlertLevel.WARNING,
                Duration.ofSeconds(77),
                new AlertSettings.QuietHours(
                    LocalTime.of(21, 30), LocalTime.of(6, 15), ZoneId.of("Asia/Tokyo")),
                false));
  }

  /** A journal has the configuration without its secrets, and must be readable all the same. */
  @Test
  void theConfigurationOfAJournalNeedsNoSecret() {
    Config config = load("telegram_token=env:X", "telegram_chat=4711", "dry_run=true");
    assertThat(config.alerts().isOn()).isTrue();
    Config journaled = Config.fromCanonical(config.canonicalJson());
    assertThat(journaled.canonicalJson()).isEqualTo(config.canonicalJson()).doesNotContain("env:X");
    assertThat(journaled.alerts().isOn()).isFalse();
  }

  @Test
  void nothingIsOnByItself() {
    assertThat(load().alerts().isOn()).isFalse();
    assertThat(load("dry_run=true", "pin=env:X").alerts().isOn()).isFalse();
  }

  /** What comes from a variable is looked at when it is used, and is in no message. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example:65536/secret77",
        "https://hooks.example:99999999999/secret77",
        "https://secret77@hooks.example/x",
        "http://hooks.example/secret77",
        "hooks.example/secret77",
        "https:///secret77",
        "https://hooks example/secret77",
      })
  void aUrlThatCannotBeUsedIsRefusedWithoutItself(String url) {
    Environment environment = Environment.of(Map.of("HOOK", url));
    AlertConfig alerts = load("webhook_url=env:HOOK").alerts();
    assertThatThrownBy(() -> alerts.url("webhook_url", environment))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("alerts.webhook_url")
        .hasMessageContaining("https://")
        .hasMessageNotContaining("secret77");
  }

  @Test
  void theHighestPortIsOne() {
    Environment environment =
        Environment.of(Map.of("HOOK", "https://hooks.example:65535/secret77"));
    assertThat(load("webhook_url=env:HOOK").alerts().url("webhook_url", environment).getPort())
        .isEqualTo(65_535);
  }
}
