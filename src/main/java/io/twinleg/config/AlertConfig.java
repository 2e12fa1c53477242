package io.twinleg.config;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertSettings;
import io.twinleg.alerts.AlertSettings.QuietHours;
import io.twinleg.core.model.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The section "alerts" by its names: which services are written to, and what is sent to them. The
 * URL of every service is a secret, as anyone who has it can write to the owner; it is read from a
 * variable or a file, and only when it is used.
 */
public final class AlertConfig {
  private static final int PORT_MAX = 65_535;
  private static final String SECTION = "alerts.";
  private static final List<String> SECRETS =
      List.of(
          "telegram_token",
          "discord_url",
          "slack_url",
          "ntfy_url",
          "ntfy_token",
          "webhook_url",
          "heartbeat_url",
          "ntfy_commands_url",
          "pin");
  private static final List<String> NO_CHANNEL = List.of("ntfy_token", "ntfy_commands_url", "pin");

  private final Map<String, String> values;

  /**
   * @param values by name ("ntfy_url"), in their normal form; what is absent has no entry
   */
  AlertConfig(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Whether anything is to be sent anywhere. */
  public boolean isOn() {
    return SECRETS.stream().filter(name -> !NO_CHANNEL.contains(name)).anyMatch(this::isGiven);
  }

  public boolean isGiven(String name) {
    return values.containsKey(name);
  }

  public String text(String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalStateException(SECTION + name + " was read without a value"));
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  public Duration seconds(String name) {
    return Duration.ofSeconds(Long.parseLong(text(name)));
  }

  /**
   * The secret of this name, read from where it is.
   *
   * @throws InvalidSetting when it is not there
   */
  public String secret(String name, Environment environment) {
    String found = new SecretReference(SECTION + name, text(name)).token(environment);
    if (found.isBlank() || !found.matches("\\P{Cntrl}+")) {
      throw new InvalidSetting(SECTION + name, Redaction.HIDDEN, "one line with the secret");
    }
    return found;
  }

  /**
   * The URL of this name.
   *
   * @throws InvalidSetting when it is not there, or would be sent in the open
   */
  public URI url(String name, Environment environment) {
    try {
      URI url = new URI(secret(name, environment));
      if (url.getScheme() != null
          && url.getHost() != null
          && url.getPort() <= PORT_MAX
          && url.getRawUserInfo() == null
          && Credentials.isEncryptedOrLocal(url)) {
        return url;
      }
    } catch (URISyntaxException e) {
      // The exception's message shows the URL.
      throw refusedUrl(name);
    }
    throw refusedUrl(name);
  }

  private static InvalidSetting refusedUrl(String name) {
    return new InvalidSetting(SECTION + name, Redaction.HIDDEN, Credentials.EXPECTED_URL);
  }

  /**
   * What is sent, and when.
   *
   * @param source which run it is, behind the configured name
   * @throws InvalidSetting when the hours or the time zone are none
   */
  public AlertSettings settings(String source) {
    ZoneId zone = zone();
    return new AlertSettings(
        text("name") + " " + source,
        AlertLevel.valueOf(text("level").toUpperCase(Locale.ROOT)),
        seconds("cooldown_s"),
        isGiven("quiet_hours") ? quiet(zone) : QuietHours.none(zone),
        flag("daily_summary"));
  }

  private QuietHours quiet(ZoneId zone) {
    String[] hours = text("quiet_hours").split("-", 2);
    QuietHours quiet = new QuietHours(LocalTime.parse(hours[0]), LocalTime.parse(hours[1]), zone);
    if (quiet.from().equals(quiet.to())) {
      throw new InvalidSetting(
          SECTION + "quiet_hours",
          '"' + text("quiet_hours") + '"',
          "two different times of day, or null for none");
    }
    return quiet;
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(text("time_zone"));
    } catch (DateTimeException unknown) {
      throw new InvalidSetting(
          SECTION + "time_zone",
          '"' + text("time_zone") + '"',
          "a time zone such as \"UTC\" or \"Europe/Berlin\"");
    }
  }

  /**
   * @throws InvalidSetting when a part is missing, or a secret's file cannot be used; not for the
   *     configuration of a journal, which has no secrets
   */
  public AlertConfig complete() {
    require("telegram_chat", "telegram_token");
    require("telegram_token", "telegram_chat");
    require("ntfy_token", "ntfy_url");
    require("ntfy_commands_url", "ntfy_url");
    boolean hasChat = isGiven("telegram_token") || isGiven("ntfy_commands_url");
    if (flag("answers") && !hasChat) {
      throw new InvalidSetting(
          SECTION + "answers", true, "false, or a telegram_token or an ntfy_commands_url");
    }
    if (flag("answers") && isGiven("telegram_chat") && text("telegram_chat").startsWith("-")) {
      throw new InvalidSetting(
          SECTION + "telegram_chat",
          '"' + text("telegram_chat") + '"',
          "your private chat with the bot, a number above 0, while alerts.answers is true: in a"
              + " group anyone could command");
    }
    SECRETS.stream()
        .filter(this::isGiven)
        .forEach(name -> new SecretReference(SECTION + name, text(name)).checkFile());
    return this;
  }

  private void require(String given, String needed) {
    if (isGiven(given) && !isGiven(needed)) {
      throw new InvalidSetting(
          SECTION + needed, "none", "a value, because " + SECTION + given + " is given");
    }
  }
}
