package io.twinleg.cli;

import io.twinleg.alerts.Alert;
import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertChannel;
import io.twinleg.alerts.RunHeartbeat;
import io.twinleg.bootstrap.AlertServices;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.config.AlertConfig;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import io.twinleg.telemetry.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that try a configuration. */
final class ConfigCommands {
  private ConfigCommands() {}

  @Command(
      name = "validate",
      description = "Check a configuration and show every effective value.",
      footer = {"", "Example:", "  ./twinleg validate --config config.json"})
  static final class Validate implements Callable<Integer> {
    @Mixin ConfigOptions common = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      List<String> overrides = new ArrayList<>(common.overrides);
      boolean isAuto = Config.isAuto(common.file(false), overrides);
      if (isAuto) {
        overrides.add(Config.SAMPLE_MARKET);
      }
      Config config =
          Config.load(common.file(false), overrides, Config.Mode.LIVE, Environment.system());
      AlertServices.requireSecrets(config.alerts(), Environment.system());
      if (json) {
        System.out.println(config.report().json());
        return ExitCode.CLEAN.code();
      }
      config.report().lines().forEach(System.out::println);
      config.warnings().forEach(warning -> System.out.println("warning: " + warning));
      if (isAuto) {
        System.out.println("markets is \"auto\": run makes the list; here HYPE stands for it");
      }
      System.out.println(
          "not checked, as it takes the venue: that the market exists, the key and the account,"
              + " balances, leverage, the fees of the account");
      System.out.println("valid, config_hash " + config.hash());
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "alerts",
      description = "Try the alerts of a configuration, or send one.",
      subcommands = {Alerts.Test.class, Alerts.Send.class},
      synopsisSubcommandLabel = "test|send",
      footer = {"", "Example:", "  ./twinleg alerts test"})
  static final class Alerts implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new UsageException("alerts needs a command: test or send; see ./twinleg alerts --help");
    }

    private static Alert alert(AlertConfig alerts, AlertLevel level, String kind, String text) {
      Instant now = Instant.now();
      String source = alerts.settings(kind).source();
      return new Alert(kind + "-" + now.toEpochMilli(), level, now, source, kind, "", text);
    }

    @Command(
        name = "test",
        description = "Send one test message to each channel, and one ping; a line for each.",
        footer = {"", "Example:", "  ./twinleg alerts test --config config.json"})
    static final class Test implements Callable<Integer> {
      @Mixin ConfigOptions common = new ConfigOptions();

      @Option(names = "--json", description = "One JSON object a channel.")
      boolean json;

      @Override
      public Integer call() {
        AlertConfig alerts = Config.alertsAlone(common.file(false), common.overrides);
        if (!alerts.isOn()) {
          throw new UsageException(
              "no alerts are configured in %s: give one of alerts.telegram_token, discord_url, slack_url, ntfy_url, webhook_url or heartbeat_url"
                  .formatted(common.file(false)));
        }
        Alert alert =
            alert(
                alerts,
                AlertLevel.INFO,
                "test",
                "this is a test: the alerts of this run arrive here");
        boolean isWell = true;
        for (AlertChannel channel : AlertServices.channels(alerts, Environment.system())) {
          try (channel) {
            isWell &= show(channel.name(), channel.sendNow(alert, false).orElse(""));
          }
        }
        Optional<RunHeartbeat> heartbeat = AlertServices.heartbeat(alerts, Environment.system());
        if (heartbeat.isPresent()) {
          try (RunHeartbeat pings = heartbeat.get()) {
            isWell &= show("heartbeat", pings.test().orElse(""));
          }
        }
        return (isWell ? ExitCode.CLEAN : ExitCode.UNAVAILABLE).code();
      }

      private boolean show(String channel, String failure) {
        boolean isWell = failure.isEmpty();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("channel", channel);
        line.put("delivered", isWell);
        line.put("cause", isWell ? Optional.empty() : failure);
        String words = "%-10s %s".formatted(channel, isWell ? "ok" : "failed: " + failure);
        System.out.println(json ? JsonText.of(line) : words);
        return isWell;
      }
    }

    /** Also for the supervisors: where a run does not come back it cannot say so itself. */
    @Command(
        name = "send",
        description = "Send a message of your own to each channel.",
        footer = {
          "",
          "Example: what deploy/twinleg-alert.service does",
          "  ./twinleg alerts send --level critical 'the run does not come back'"
        })
    static final class Send implements Callable<Integer> {
      private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

      @Mixin ConfigOptions common = new ConfigOptions();

      @Option(
          names = "--level",
          paramLabel = "LEVEL",
          description = "info, warning or critical (default: ${DEFAULT-VALUE}).")
      String level = "warning";

      @Option(
          names = "--for",
          paramLabel = "TIME",
          converter = FlagValues.DurationConverter.class,
          description = "Try again so long where a channel does not take it (default: 2m).")
      Duration tryFor = Duration.ofMinutes(2);

      @Parameters(paramLabel = "TEXT", description = "The message.")
      String text = "";

      @Override
      public Integer call() throws InterruptedException {
        if (!level.matches("(?i)info|warning|critical")) {
          throw new UsageException("--level is " + level + ": expected info, warning or critical");
        }
        if (text.isBlank()) {
          throw new UsageException("the message is empty: give it as one text in quotes");
        }
        AlertConfig alerts = Config.alertsAlone(common.file(false), common.overrides);
        Alert alert =
            alert(alerts, AlertLevel.valueOf(level.toUpperCase(Locale.ROOT)), "supervisor", text);
        List<AlertChannel> channels = AlertServices.channels(alerts, Environment.system());
        if (channels.isEmpty()) {
          System.out.println("no channel is configured: nothing is sent");
          return ExitCode.CLEAN.code();
        }
        return (isSent(alert, channels) ? ExitCode.CLEAN : ExitCode.UNAVAILABLE).code();
      }

      private boolean isSent(Alert alert, List<AlertChannel> channels) throws InterruptedException {
        List<AlertChannel> left = new ArrayList<>(channels);
        long until = System.nanoTime() + tryFor.toNanos();
        for (Duration pause = FIRST_PAUSE; true; pause = pause.multipliedBy(2)) {
          boolean isOver = System.nanoTime() >= until;
          for (AlertChannel channel : List.copyOf(left)) {
            Optional<String> failure = channel.sendNow(alert, pause.compareTo(FIRST_PAUSE) > 0);
            if (failure.isEmpty()) {
              left.remove(channel);
              System.out.println(channel.name() + ": sent");
            } else if (isOver) {
              System.out.println(channel.name() + ": not sent, " + failure.get());
            }
          }
          if (left.isEmpty() || isOver) {
            channels.forEach(AlertChannel::close);
            return left.isEmpty();
          }
          long rest = Math.max(0, until - System.nanoTime()) / 1_000_000;
          Thread.sleep(Math.min(pause.toMillis(), rest));
        }
      }
    }
  }
}
