package io.twinleg.alerts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One message to the owner.
 *
 * @param id the same for the same event of a journal, however often it is read; receivers know a
 *     repetition by it
 * @param at by the run's clock
 * @param source which run it is of, in the owner's words
 * @param kind such as {@code entry} or {@code margin}
 * @param market "" where it is of the whole run
 * @param text one sentence, or lines of a summary
 */
public record Alert(
    String id,
    AlertLevel level,
    Instant at,
    String source,
    String kind,
    String market,
    String text) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The shortest limit of the services is Discord's, 2000 characters for the whole message. */
  private static final int TEXT_MAX = 1500;

  private static final String AGAIN = " (sent again: it may have arrived before)";

  /** How much an alert matters. */
  public enum AlertLevel {
    INFO,
    WARNING,
    CRITICAL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Alert {
    text = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…";
  }

  Alert withText(String other) {
    return new Alert(id, level, at, source, kind, market, other);
  }

  /** Of which kind and run, on one line. */
  String title() {
    return level.name() + " · " + source + (market.isEmpty() ? "" : " · " + market);
  }

  /**
   * The whole message as plain text.
   *
   * @param again whether it may have arrived before
   */
  String message(boolean again) {
    return title() + "\n" + body(again);
  }

  /** All but the title. */
  String body(boolean again) {
    return text + (again ? AGAIN : "") + "\n" + TIME.format(at) + " UTC · " + id;
  }
}
