package io.twinleg.venue;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a market has to be so that a part of one capital may be held of it, by the figures of its
 * venue.
 *
 * @param part of one leg, in USD
 * @param volumeShare of the coin's 24 h spot volume that a part may be; 0 for any
 * @param interestShare of the perp's open interest that a part may be; 0 for any
 * @param maxUnitGap how far both prices may stand apart where they are one coin
 * @param leverage that the perp must allow
 */
public record MarketScreen(
    Usd part,
    BigDecimal volumeShare,
    BigDecimal interestShare,
    BigDecimal maxUnitGap,
    int leverage) {
  /** What is held comes out of its two lots to a hundredth or better. */
  private static final BigDecimal LOTS = new BigDecimal("100");

  /** One perp: the market that it makes with its coin, or why it makes none. */
  public sealed interface Verdict {
    /** It is taken. */
    record Taken(MarketSymbols market) implements Verdict {}

    /** It is left out. */
    record Refused(String perp, String reason) implements Verdict {}
  }

  /**
   * Of a perp and the coin that carries its name.
   *
   * @param perp the price of one unit, {@code coins} of as many coins
   * @param lot in USD, the larger of the two legs'
   * @param volume of the coin in 24 h, in USD
   * @param interest open in the perp, in USD
   */
  public record Figures(
      BigDecimal perp,
      BigDecimal coins,
      BigDecimal lot,
      BigDecimal volume,
      BigDecimal interest,
      int maxLeverage,
      boolean onlyIsolated) {}

  /** Empty where it is taken. */
  public Optional<String> refusal(Figures of) {
    if (of.perp().signum() <= 0 || of.coins().signum() <= 0) {
      return Optional.of("one of its legs has no price");
    }
    BigDecimal gap =
        of.perp().divide(of.coins(), MathContext.DECIMAL64).subtract(BigDecimal.ONE).abs();
    if (gap.compareTo(maxUnitGap) > 0) {
      return Optional.of(
          "the coin stands %s %% from the perp, and more than %s %% is not the same coin"
              .formatted(percent(gap), percent(maxUnitGap)));
    }
    if (of.onlyIsolated()) {
      return Optional.of("its margin is isolated: no collateral of the account carries it");
    }
    if (of.maxLeverage() < leverage) {
      return Optional.of(
          "it allows a leverage of %d, and execution.perp_leverage is %d"
              .formatted(of.maxLeverage(), leverage));
    }
    if (of.lot().multiply(LOTS).compareTo(part.value()) > 0) {
      return Optional.of("a lot of %s USD is too coarse for %s".formatted(usd(of.lot()), part));
    }
    return tooSmall(of.volume(), volumeShare, "24 h spot volume")
        .or(() -> tooSmall(of.interest(), interestShare, "open interest"));
  }

  private Optional<String> tooSmall(BigDecimal figure, BigDecimal share, String what) {
    boolean carries = share.signum() == 0 || part.value().compareTo(figure.multiply(share)) <= 0;
    return carries
        ? Optional.empty()
        : Optional.of(
            "%s USD are more than %s %% of its %s of %s"
                .formatted(part, percent(share), what, usd(figure)));
  }

  private static String percent(BigDecimal share) {
    return share
        .movePointRight(2)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String usd(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
