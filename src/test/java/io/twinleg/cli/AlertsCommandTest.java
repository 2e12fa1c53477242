package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.alerts.AlertReceiver;
import io.twinleg.alerts.AlertReceiver.Answer;
import io.twinleg.cli.ProgramProcess.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The alerts of the program itself: in a JVM of its own, with a service on loopback. */
@Execution(ExecutionMode.CONCURRENT)
class AlertsCommandTest {
  private static final String SECRET = "secret77";

  @TempDir Path folder;
  private AlertReceiver receiver = new AlertReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  /** A secret's file, for its owner alone. */
  private String secret(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, content + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return "file:" + file;
  }

  private String hook() throws Exception {
    return "alerts.webhook_url=" + secret("hook", receiver.url("/hook/" + SECRET).toString());
  }

  private String beat() throws Exception {
    return "alerts.heartbeat_url=" + secret("beat", receiver.url("/beat/" + SECRET).toString());
  }

  private Path example() throws Exception {
    return Files.copy(Path.of("config_example.json"), folder.resolve("config.json"));
  }

  private String[] dryRun(String length, String speed, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--dry-run", "--json", "--for", length, "--speed", speed));
    arguments.addAll(List.of("--state-db", "state/dry.db", "--set", "alerts.dry_run=true"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments.toArray(String[]::new);
  }

  private List<String> received(String field) {
    return receiver.texts("/hook/" + SECRET, field);
  }

  /** Everything that was written in the folder: no file of it may hold the secret but its own. */
  private void assertNoSecretAnywhere(Ended... ended) throws Exception {
    for (Ended each : ended) {
      assertThat(each.out() + each.err()).doesNotContain(SECRET);
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isItsOwn = List.of("hook", "beat").contains(file.getFileName().toString());
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(SECRET)).as(file.toString()).isEqualTo(isItsOwn);
      }
    }
  }

  @Test
  void testSendsALineToEachChannelAndShowsWhichOfThemFailed() throws Exception {
    example();
    receiver.answering(
        request -> request.path().contains("beat") ? Answer.of(404, request.path()) : Answer.OK);
    ProgramProcess program = new ProgramProcess(folder);
    Ended ended = program.run("alerts", "test", "--set", hook(), "--set", beat());
    assertThat(ended.lines())
        .containsExactly("webhook    ok", "heartbeat  failed: HTTP status 404");
    assertThat(ended.exitCode()).isEqualTo(9);
    assertThat(received("kind")).containsExactly("test");
    assertThat(program.run("alerts", "test", "--json", "--set", hook()).lines())
        .containsExactly("{\"channel\":\"webhook\",\"delivered\":true,\"cause\":null}");
    assertNoSecretAnywhere(ended);
  }

  @Test
  void withoutAChannelTestShowsWhatIsMissingAndSendSendsNothing() throws Exception {
    example();
    ProgramProcess program = new ProgramProcess(folder);
    Ended test = program.run("alerts", "test");
    assertThat(test.exitCode()).isEqualTo(2);
    assertThat(test.errLines()).singleElement().asString().contains("no alerts are configured");
    Ended send = program.run("alerts", "send", "--level", "critical", "down");
    assertThat(send.exitCode()).isZero();
    assertThat(send.lines()).containsExactly("no channel is configured: nothing is sent");
    assertThat(receiver.requests()).isEmpty();
  }

  /** A configuration that a run refuses must still be able to say so. */
  @Test
  void sendWorksWithAConfigurationThatIsWrongElsewhere() throws Exception {
    Path config = example();
    String text = Files.readString(config);
    Files.writeString(
        config, text.replace("\"leg_mode\": \"spot_first\"", "\"leg_mode\": \"sideways\""));
    ProgramProcess program = new ProgramProcess(folder);
    assertThat(program.run("run", "--dry-run", "--once").exitCode()).isEqualTo(2);
    Ended sent =
        program.run("alerts", "send", "--level", "critical", "--set", hook(), "it is down");
    assertThat(sent.exitCode()).isZero();
    assertThat(received("level")).containsExactly("critical");
    assertThat(received("text")).containsExactly("it is down");
  }

  @Test
  void aSecretInTheConfigurationItselfIsRefusedAndNotShown() throws Exception {
    example();
    ProgramProcess program = new ProgramProcess(folder);
    Ended literal =
        program.run("validate", "--set", "alerts.discord_url=https://discord.com/" + SECRET);
    assertThat(literal.exitCode()).isEqualTo(2);
    assertThat(literal.err()).contains("env:NAME or file:PATH, never the secret itself");
    Ended open =
        program.run(
            "validate",
            "--set",
            "alerts.slack_url=" + secret("hook", "http://203.0.113.7/" + SECRET));
    assertThat(open.exitCode()).isEqualTo(2);
    assertThat(open.err()).contains("alerts.slack_url").contains("https://");
    Ended absent = program.run("validate", "--set", "alerts.ntfy_url=env:TWINLEG_NO_SUCH_VARIABLE");
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).contains("an environment variable TWINLEG_NO_SUCH_VARIABLE");
    assertNoSecretAnywhere(literal, open, absent);
  }

  /** In order and once each, also when the service was down and the runner was killed meanwhile. */
  @Test
  void afterAKillWithTheServiceDownEachAlertArrivesOnceAndInOrder() throws Exception {
    example();
    String hook = hook();
    int port = receiver.port();
    receiver.close();
    ProgramProcess program = new ProgramProcess(folder);
    try (ProgramProcess.Running running = program.start(dryRun("72h", "3600", hook))) {
      running.await("entered_position");
      running.await("alert_undelivered");
      running.kill();
    }
    try (AlertReceiver back = new AlertReceiver(port)) {
      Ended ended = program.run(dryRun("72h", "max", hook));
      assertThat(ended.exitCode()).isZero();
      String path = "/hook/" + SECRET;
      AlertReceiver.await("the end", () -> back.texts(path, "kind").contains("end"));
      assertThat(back.texts(path, "kind"))
          .containsSubsequence("repair", "entry", "restart", "summary", "summary", "end");
      assertThat(back.texts(path, "id")).doesNotHaveDuplicates();
      assertThat(back.texts(path, "time").stream().map(Instant::parse).toList()).isSorted();
      assertThat(back.texts(path, "source")).containsOnly("twinleg dry run");
      assertNoSecretAnywhere(ended);
    }
  }

  /** A day on which nothing happens is one message at most. */
  @Test
  void aCalmDayIsOneMessage() throws Exception {
    example();
    String none = "strategy.enter_threshold_apr=300";
    Ended ended = new ProgramProcess(folder).run(dryRun("24h", "max", hook(), none));
    assertThat(ended.exitCode()).isZero();
    assertThat(received("kind")).hasSize(1);
  }

  @Test
  void aRunThatIsKilledPingsNoMore() throws Exception {
    example();
    ProgramProcess program = new ProgramProcess(folder);
    try (ProgramProcess.Running running =
        program.start(dryRun("720h", "60", beat(), "alerts.heartbeat_s=1"))) {
      AlertReceiver.await("three pings", () -> receiver.requests().size() >= 3);
      running.kill();
    }
    // As the service behind the URL does it: it rings when a ping stays away for three intervals.
    int[] pings = {-1};
    long[] last = {System.nanoTime()};
    AlertReceiver.await(
        "the alarm",
        () -> {
          if (receiver.requests().size() != pings[0]) {
            pings[0] = receiver.requests().size();
            last[0] = System.nanoTime();
          }
          return System.nanoTime() - last[0] > Duration.ofSeconds(3).toNanos();
        });
    assertThat(receiver.requests()).allMatch(ping -> ping.path().equals("/beat/" + SECRET));
  }

  /**
   * The whole way of a command: from a chat into the inbox, to the runner, and back as an alert.
   */
  @Test
  void aPauseFromTheChatReachesTheRunner() throws Exception {
    example();
    AtomicBoolean isWritten = new AtomicBoolean();
    receiver.answering(request -> {
      if (!request.path().endsWith("getUpdates")) {
        return Answer.OK;
      }
      boolean isFirst = request.json().path("offset").asInt() < 0;
      boolean isNow = !isFirst && isWritten.compareAndSet(false, true);
      String update =
          "{\"update_id\":7,\"message\":{\"chat\":{\"id\":4711},\"from\":{\"id\":4711},\"text\":\"/pause\"}}";
      return Answer.of(200, "{\"ok\":true,\"result\":[" + (isNow ? update : "") + "]}");
    });
    String token = "alerts.telegram_token=" + secret("hook", "77:" + SECRET);
    String[] arguments =
        dryRun(
            "720h",
            "3600",
            token,
            "alerts.telegram_chat=4711",
            "alerts.answers=true",
            "alerts.telegram_site=" + receiver.site());
    String path = "/bot77:" + SECRET + "/sendMessage";
    try (ProgramProcess.Running running = new ProgramProcess(folder).start(arguments)) {
      running.await("paused");
      AlertReceiver.await(
          "the alert",
          () ->
              receiver.texts(path, "text").stream()
                  .anyMatch(text -> text.contains("entries are paused")));
      running.kill();
    }
    assertThat(receiver.texts(path, "text")).contains("pause: sent to the runner");
    assertNoSecretAnywhere();
  }

  @Test
  void aDryRunInMemoryThatShouldSendAlertsIsRefused() throws Exception {
    example();
    Ended ended =
        new ProgramProcess(folder)
            .run("run", "--dry-run", "--once", "--set", "alerts.dry_run=true", "--set", hook());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("give --state-db PATH");
    assertThat(receiver.requests()).isEmpty();
  }
}
