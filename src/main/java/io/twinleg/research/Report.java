package io.twinleg.research;

import io.twinleg.core.event.Command;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalReader;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the run of a journal has earned, by which causes, and at what risk. */
public final class Report {
  private final JournalIdentity identity;
  private final Span span;
  private final List<MarketStats> markets;
  private final VenueReconciliationCheck check;

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
      Optional<Command.Shutdown> ended) {
    Duration length() {
      return Duration.between(first.orElse(last), last);
    }
  }

  Report(
      JournalIdentity identity,
      Span span,
      List<MarketStats> markets,
      VenueReconciliationCheck check) {
    this.identity = identity;
    this.span = span;
    this.markets = List.copyOf(markets);
    this.check = check;
  }

  /** Reads what is committed when it begins, so a runner may go on writing meanwhile. */
  public static Report over(JournalReader journal, SettingsReader settings) {
    return new ReportBuilder(settings).over(journal);
  }

  JournalIdentity identity() {
    return identity;
  }

  Span span() {
    return span;
  }

  List<MarketStats> markets() {
    return markets;
  }

  MarketStats total() {
    return markets.stream().reduce(MarketStats.empty("all"), MarketStats::plus);
  }

  VenueReconciliationCheck check() {
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
