package io.hypercarry.research;

import io.hypercarry.core.event.Command.EndRun;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.JournalReader;
import io.hypercarry.runner.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the run of a journal has earned, by which causes, and at what risk. */
public final class Report {
  private final JournalIdentity identity;
  private final Span span;
  private final List<MarketTally> markets;
  private final VenueCheck check;

  /**
   * What of the journal was read.
   *
   * @param starts how often the program began on it
   * @param ended how the last run ended; empty while it goes on, or where it died
   */
  record Span(
      String runId,
      Optional<Instant> first,
      Instant last,
      long events,
      long starts,
      Optional<EndRun> ended) {
    Duration length() {
      return Duration.between(first.orElse(last), last);
    }
  }

  Report(JournalIdentity identity, Span span, List<MarketTally> markets, VenueCheck check) {
    this.identity = identity;
    this.span = span;
    this.markets = List.copyOf(markets);
    this.check = check;
  }

  /** Reads what is committed when it begins, so a runner may go on writing meanwhile. */
  public static Report over(JournalReader journal, SettingsReader settings) {
    return new JournalWalk(settings).over(journal);
  }

  JournalIdentity identity() {
    return identity;
  }

  Span span() {
    return span;
  }

  List<MarketTally> markets() {
    return markets;
  }

  MarketTally total() {
    return markets.stream().reduce(MarketTally.empty("all"), MarketTally::plus);
  }

  VenueCheck check() {
    return check;
  }

  /** Every figure under its name, exact, in order. */
  public Map<String, Object> fields() {
    return new ReportFields(this).all();
  }

  /** For a person, no line longer than 80 columns. */
  public List<String> lines() {
    return new ReportText(this).lines();
  }
}
