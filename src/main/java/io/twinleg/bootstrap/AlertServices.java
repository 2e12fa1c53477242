package io.twinleg.bootstrap;

import io.twinleg.alerts.AlertChannel;
import io.twinleg.alerts.AlertService;
import io.twinleg.alerts.AlertSettings;
import io.twinleg.alerts.ChatLine;
import io.twinleg.alerts.RunHeartbeat;
import io.twinleg.config.AlertConfig;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.config.Redaction;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.telemetry.LogSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the alerts of a run from its configuration, with their secrets, which nothing else of the
 * program sees.
 */
public final class AlertServices {
  private static final String TOKEN = "[0-9]{1,20}:[A-Za-z0-9_-]{1,100}";

  private AlertServices() {}

  /**
   * The alerts of a run, started; empty where none are configured for it. A dry run has some only
   * where {@code alerts.dry_run} says so, and a journal in memory cannot be read by them.
   *
   * @param log where their failures are logged
   */
  static Optional<AlertService> of(
      Config config, RunOptions options, Config.Mode mode, LogSink log) {
    AlertConfig alerts = config.alerts();
    boolean isDry = mode == Config.Mode.DRY_RUN;
    if (!alerts.isOn() || (isDry && !alerts.flag("dry_run"))) {
      return Optional.empty();
    }
    alerts.complete();
    if (options.isInMemory()) {
      throw new UsageException(
          "alerts.dry_run is true, and alerts are made from the journal: give --state-db PATH, or"
              + " set it to false");
    }
    AlertSettings settings = alerts.settings(source(config, mode));
    Environment environment = Environment.system();
    List<AlertChannel> channels = channels(alerts, environment);
    AlertService service =
        new AlertService(
            Path.of(options.stateDb()),
            settings,
            channels,
            heartbeat(alerts, environment).orElse(null),
            chat(alerts, environment, channels),
            log,
            InstantSource.system());
    return Optional.of(service.start());
  }

  /** Which money it is about. */
  private static String source(Config config, Config.Mode mode) {
    return switch (mode) {
      case DRY_RUN -> "dry run";
      case PAPER -> "paper";
      case LIVE -> config.credentials().isMainnet() ? "live" : "testnet";
    };
  }

  /**
   * Every channel that is configured.
   *
   * @throws InvalidSetting when a secret is not where it is said to be
   */
  public static List<AlertChannel> channels(AlertConfig alerts, Environment environment) {
    List<AlertChannel> channels = new ArrayList<>();
    if (alerts.isGiven("telegram_token")) {
      channels.add(telegram(alerts, environment));
    }
    if (alerts.isGiven("discord_url")) {
      channels.add(
          AlertChannel.webhook(
              AlertChannel.Service.DISCORD, alerts.url("discord_url", environment)));
    }
    if (alerts.isGiven("slack_url")) {
      channels.add(
          AlertChannel.webhook(AlertChannel.Service.SLACK, alerts.url("slack_url", environment)));
    }
    if (alerts.isGiven("ntfy_url")) {
      String token = alerts.isGiven("ntfy_token") ? alerts.secret("ntfy_token", environment) : "";
      channels.add(AlertChannel.ntfy(alerts.url("ntfy_url", environment), token));
    }
    if (alerts.isGiven("webhook_url")) {
      channels.add(
          AlertChannel.webhook(
              AlertChannel.Service.WEBHOOK, alerts.url("webhook_url", environment)));
    }
    return channels;
  }

  /**
   * @throws InvalidSetting when a secret is not where it is said to be
   */
  public static void requireSecrets(AlertConfig alerts, Environment environment) {
    List<AlertChannel> channels = channels(alerts, environment);
    chat(alerts, environment, channels).lines().forEach(ChatLine::close);
    channels.forEach(AlertChannel::close);
    heartbeat(alerts, environment).ifPresent(RunHeartbeat::close);
  }

  private static AlertChannel telegram(AlertConfig alerts, Environment environment) {
    return AlertChannel.telegram(
        alerts.text("telegram_site"),
        telegramToken(alerts, environment),
        alerts.text("telegram_chat"));
  }

  private static String telegramToken(AlertConfig alerts, Environment environment) {
    String token = alerts.secret("telegram_token", environment);
    if (!token.matches(TOKEN)) {
      throw new InvalidSetting(
          "alerts.telegram_token", Redaction.HIDDEN, "a bot's token, as BotFather gives it");
    }
    return token;
  }

  /** Replies go where the alerts go. */
  private static AlertService.Chat chat(
      AlertConfig alerts, Environment environment, List<AlertChannel> channels) {
    if (!alerts.flag("answers")) {
      return AlertService.Chat.NONE;
    }
    List<ChatLine> lines = new ArrayList<>();
    for (AlertChannel channel : channels) {
      if (channel.name().equals("telegram")) {
        lines.add(
            new ChatLine.TelegramLine(
                alerts.text("telegram_site"),
                telegramToken(alerts, environment),
                alerts.text("telegram_chat"),
                channel));
      }
      if (channel.name().equals("ntfy") && alerts.isGiven("ntfy_commands_url")) {
        lines.add(
            new ChatLine.NtfyLine(
                commandTopic(alerts, environment),
                ntfyToken(alerts, environment),
                channel,
                Instant.now()));
      }
    }
    return new AlertService.Chat(lines, pin(alerts, environment));
  }

  /** A topic of its own: on one with the alerts every reply would be read as a command. */
  private static URI commandTopic(AlertConfig alerts, Environment environment) {
    URI topic = alerts.url("ntfy_commands_url", environment);
    if (topic.equals(alerts.url("ntfy_url", environment))) {
      throw new InvalidSetting(
          "alerts.ntfy_commands_url", Redaction.HIDDEN, "another topic than that of ntfy_url");
    }
    return topic;
  }

  private static String ntfyToken(AlertConfig alerts, Environment environment) {
    return alerts.isGiven("ntfy_token") ? alerts.secret("ntfy_token", environment) : "";
  }

  private static String pin(AlertConfig alerts, Environment environment) {
    if (!alerts.isGiven("pin")) {
      return "";
    }
    String pin = alerts.secret("pin", environment);
    if (!pin.matches("[0-9]{4,12}")) {
      throw new InvalidSetting("alerts.pin", Redaction.HIDDEN, "4 to 12 digits");
    }
    return pin;
  }

  /** Empty where none is configured. */
  public static Optional<RunHeartbeat> heartbeat(AlertConfig alerts, Environment environment) {
    return alerts.isGiven("heartbeat_url")
        ? Optional.of(
            new RunHeartbeat(
                alerts.url("heartbeat_url", environment), alerts.seconds("heartbeat_s")))
        : Optional.empty();
  }
}
