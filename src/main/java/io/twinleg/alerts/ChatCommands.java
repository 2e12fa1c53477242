package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.ChatLine.ChatMessage;
import io.twinleg.core.event.LogEvent;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.OperatorInbox;
import io.twinleg.journal.SampledReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the owner writes, and what becomes of it: a question is answered from what the runner last
 * wrote of itself; a command is left in the journal's inbox, as those of the page are. Closing both
 * legs needs the PIN; three wrong ones lock it for a while, also over a restart, and that is an
 * alert. Messages of others are counted, and get no answer. Used by several threads.
 */
final class ChatCommands {
  static final Duration LOCKED = Duration.ofMinutes(15);

  private static final int WRONG_MAX = 3;
  private static final String WRONG = "pin_wrong";
  private static final String LOCKED_UNTIL = "pin_locked_until";
  private static final String HELP =
      """
      status, pnl, positions: how the run stands
      pause: no more entries
      flatten PIN: close both legs of every market\
      """;

  private final Path journal;
  private final AlertQueue queue;
  private final Collection<String> channels;
  private final String source;
  private final String pin;
  private final Consumer<LogEvent> log;
  private final InstantSource wall;
  private long ignored;

  /**
   * @param channels which an alert about the PIN goes to
   * @param pin "" for none: then nothing that needs it is obeyed
   */
  ChatCommands(
      Path journal,
      AlertQueue queue,
      Collection<String> channels,
      String source,
      String pin,
      Consumer<LogEvent> log,
      InstantSource wall) {
    this.journal = journal;
    this.queue = queue;
    this.channels = List.copyOf(channels);
    this.source = source;
    this.pin = pin;
    this.log = log;
    this.wall = wall;
  }

  /** Takes what has come on one line, and replies there. */
  void handle(ChatLine line) {
    for (ChatMessage message : line.poll()) {
      if (message.isOwner()) {
        line.reply(reply(message.text(), line.isProven()));
      } else {
        ignore();
      }
    }
  }

  /** Each tenfold is logged: a flood of messages must not become one of lines. */
  private synchronized void ignore() {
    ignored++;
    if (Long.toString(ignored).matches("10*")) {
      log.accept(LogEvent.warn("chat_ignored").with("messages", ignored));
    }
  }

  /**
   * @param isProven whether the service proves that it is the owner
   */
  synchronized String reply(String text, boolean isProven) {
    String[] words = text.strip().split("\\s+", 3);
    // A bot's commands begin with a slash, and may bear its name.
    String command =
        words[0].toLowerCase(Locale.ROOT).replaceFirst("^/", "").replaceFirst("@.*", "");
    String given = words.length > 1 ? words[1] : "";
    return switch (command) {
      case "status" -> read(StatusMessage::status) + otherChats();
      case "pnl" -> read(StatusMessage::pnl);
      case "positions" -> read(StatusMessage::positions);
      case "pause" -> isProven ? put("pause") : withPin("pause", given);
      case "flatten" -> withPin("flatten", given);
      default -> HELP;
    };
  }

  private String otherChats() {
    return ignored == 0 ? "" : "\n" + ignored + " messages from other chats were ignored";
  }

  private String read(Function<String, String> words) {
    try (SampledReader reader = SampledReader.open(journal)) {
      return reader.value("status").map(words).orElse("the run has not written how it stands yet");
    } catch (JournalException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
  }

  private String put(String command) {
    try {
      OperatorInbox.put(journal, command, "");
      return command + ": sent to the runner";
    } catch (JournalException failure) {
      return command + ": NOT sent; " + failure.getMessage();
    }
  }

  // ---- the PIN

  private String withPin(String command, String given) {
    if (pin.isEmpty()) {
      return command + " needs a PIN, and alerts.pin is not configured";
    }
    Instant now = wall.instant();
    Instant until = queue.value(LOCKED_UNTIL, Instant::parse).orElse(Instant.MIN);
    if (now.isBefore(until)) {
      return command + ": the PIN is locked until " + until;
    }
    if (given.isEmpty()) {
      return command + " needs the PIN behind it";
    }
    if (isPin(given)) {
      store(0, Instant.MIN, List.of());
      return put(command);
    }
    return wrong(now);
  }

  private boolean isPin(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), pin.getBytes(StandardCharsets.UTF_8));
  }

  private String wrong(Instant now) {
    int wrong = queue.value(WRONG, Integer::valueOf).orElse(0) + 1;
    if (wrong < WRONG_MAX) {
      store(wrong, Instant.MIN, List.of());
      return "the PIN is wrong";
    }
    Instant until = now.plus(LOCKED);
    String text =
        "the PIN was wrong " + wrong + " times: commands that need it wait until " + until;
    String id = "pin-" + now.toEpochMilli();
    Alert alert = new Alert(id, AlertLevel.CRITICAL, now, source, "pin", "", text);
    store(0, until, List.of(alert));
    return "the PIN is wrong, and locked until " + until;
  }

  /** Durable before the reply: a restart gives no further tries. */
  private void store(int wrong, Instant until, List<Alert> alerts) {
    queue.add(
        alerts, channels, Map.of(WRONG, Integer.toString(wrong), LOCKED_UNTIL, until.toString()));
  }
}
