package io.twinleg.research;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalReader;
import io.twinleg.research.VenueReconciliation.VenueReconciliationCheck;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The earnings of a journal's runs by cause, and the risk taken. */
public final class Report {
  private final JournalIdentity identity;
  private final Span span;
  private final List<MarketStats> markets;
  private final VenueReconciliationCheck check;
  private final long withoutMarketData;
  private final @Nullable Usd capital;

  /**
   * The part of the journal that was read.
   *
   * @param starts of the program on it
   * @param ended how the last run ended; empty while it goes on, or after a crash
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
      VenueReconciliationCheck check,
      long withoutMarketData,
      @Nullable Usd capital) {
    this.withoutMarketData = withoutMarketData;
    this.capital = capital;
    this.identity = identity;
    this.span = span;
    this.markets = List.copyOf(markets);
    this.check = check;
  }

  /** Reads what is committed when it starts; a runner may write meanwhile. */
  public static Report over(JournalReader journal, SettingsReader settings) {
    return over(journal, settings, sequence -> {});
  }

  /**
   * @param read receives the sequence of each event that was read
   */
  public static Report over(JournalReader journal, SettingsReader settings, LongConsumer read) {
    return ReportBuilder.over(journal, settings, read);
  }

  /** The time of the last event. */
  public Instant until() {
    return span.last();
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

  /**
   * One capital over many markets, as the last start had it; empty where each has its own target.
   */
  Optional<Capital> capital() {
    return Optional.ofNullable(capital).map(usd -> new Capital(usd, span.length()));
  }

  /** What a net is of the capital, by the length of the journal. */
  record Capital(Usd usd, Duration length) {
    BigDecimal share(Usd net) {
      return net.value().divide(usd.value(), MathContext.DECIMAL64);
    }

    /** Simple, not compounded; empty where no time has passed. */
    Optional<BigDecimal> yearly(Usd net) {
      BigDecimal hours = ReportFields.hours(length);
      return hours.signum() == 0
          ? Optional.empty()
          : Optional.of(
              share(net)
                  .multiply(BigDecimal.valueOf(Rate.HOURS_A_YEAR))
                  .divide(hours, MathContext.DECIMAL64));
    }
  }

  /**
   * Up to this row the report lacks market data, and so times and slippage; 0 where it lacks none.
   */
  long withoutMarketData() {
    return withoutMarketData;
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
