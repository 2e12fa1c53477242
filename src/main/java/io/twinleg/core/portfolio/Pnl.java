package io.twinleg.core.portfolio;

import io.twinleg.core.model.Usd;

/**
 * Profit and loss by cause. {@code net = realised + unrealised − fees + funding + corrections}.
 *
 * @param fees paid, positive
 * @param funding received, positive
 * @param corrections what the books gained, when they were set to what the venue showed
 */
public record Pnl(
    Usd realisedSpot,
    Usd realisedPerp,
    Usd unrealisedSpot,
    Usd unrealisedPerp,
    Usd fees,
    Usd funding,
    Usd corrections) {
  public static final Pnl ZERO =
      new Pnl(Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO);

  public Usd spot() {
    return realisedSpot.plus(unrealisedSpot);
  }

  public Usd perp() {
    return realisedPerp.plus(unrealisedPerp);
  }

  public Usd gross() {
    return spot().plus(perp());
  }

  public Usd net() {
    return gross().minus(fees).plus(funding).plus(corrections);
  }

  public Pnl plus(Pnl other) {
    return new Pnl(
        realisedSpot.plus(other.realisedSpot),
        realisedPerp.plus(other.realisedPerp),
        unrealisedSpot.plus(other.unrealisedSpot),
        unrealisedPerp.plus(other.unrealisedPerp),
        fees.plus(other.fees),
        funding.plus(other.funding),
        corrections.plus(other.corrections));
  }
}
