package io.twinleg.venue;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan reads of a venue: public endpoints alone, without a key, within the venue's limits.
 * An answer that cannot be read is thrown as what it is, so that one market does not end the scan.
 */
public interface MarketSurvey extends AutoCloseable {
  /** The venue's own clock. */
  Instant now();

  /** All that it lists, in its order. */
  List<SurveyedPerp> perps();

  /**
   * Settled rates since {@code from}, oldest first, each with its interval; none where there are
   * none.
   */
  List<FundingHour> rates(String perp, Instant from);

  /** Of the hours that are over since {@code from}, oldest first. */
  List<BigDecimal> closes(String perp, Instant from);

  /**
   * @param wireName as the venue's books name a leg
   */
  BookSnapshot spotBook(String wireName);

  BookSnapshot perpBook(String perp);

  @Override
  void close();

  /**
   * One perp and the coin that hedges it.
   *
   * @param figures null where its row cannot be read, and where it is delisted
   * @param hedge null where no coin of it is sold here
   * @param refused why it cannot be hedged, as a sentence; empty where nothing speaks against it
   */
  record SurveyedPerp(
      String name, @Nullable Figures figures, @Nullable Hedge hedge, String refused) {
    private static final String UNREADABLE = "the venue's row of it cannot be read: ";

    /** Nothing of it is known. */
    public static SurveyedPerp unreadable(String name, String detail) {
      return new SurveyedPerp(name, null, null, UNREADABLE + detail);
    }

    public boolean isUnreadable() {
      return refused.startsWith(UNREADABLE);
    }
  }

  /**
   * @param hourlyRate the running interval's estimate, of one hour
   * @param interestUsd open at the mark
   * @param volumeUsd of 24 hours
   * @param isAtInterestCap whether it takes no more positions
   */
  record Figures(
      @Nullable Integer maxLeverage,
      BigDecimal mark,
      @Nullable BigDecimal hourlyRate,
      @Nullable BigDecimal interestUsd,
      @Nullable BigDecimal volumeUsd,
      @Nullable Boolean isAtInterestCap) {}

  /**
   * @param price of as many coins as one perp stands for
   * @param volumeUsd of 24 hours
   */
  record Hedge(String token, String wireName, BigDecimal price, @Nullable BigDecimal volumeUsd) {}
}
