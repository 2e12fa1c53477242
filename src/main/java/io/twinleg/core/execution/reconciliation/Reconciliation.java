package io.twinleg.core.execution.reconciliation;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The positions of the journal against the venue's (specification 1.11): at a start, every few
 * seconds, and after every reconnect; not while orders are on their way.
 */
public final class Reconciliation {
  private Reconciliation() {}

  /**
   * What differs.
   *
   * @param quanta in lots of the coarser leg
   * @param signError the venue shows a long where we hold a short
   */
  public record Difference(
      Quantity perpLocal,
      Quantity perpVenue,
      Quantity spotLocal,
      Quantity spotVenue,
      BigDecimal quanta,
      boolean signError) {}

  /**
   * The perp must be as short as we are, foreign size aside; the spot must be at least what we own:
   * more of it is not the strategy's.
   */
  public static Optional<Difference> compare(
      PairLedger ledger,
      Quantity foreignPerp,
      AccountState account,
      Instrument spot,
      Instrument perp) {
    Quantity perpVenue = account.perpSize(perp.id());
    Quantity perpLocal = foreignPerp.minus(ledger.shortPerp());
    Quantity spotVenue = account.spotTotal(spot.id());
    Quantity missingSpot = ledger.ownedSpot().minus(spotVenue).max(Quantity.ZERO);
    BigDecimal perpQuanta = quanta(perpVenue.minus(perpLocal).abs(), perp);
    BigDecimal spotQuanta = quanta(missingSpot, spot);
    BigDecimal quanta = perpQuanta.max(spotQuanta);
    boolean signError = ledger.shortPerp().isPositive() && perpVenue.isPositive();
    return quanta.signum() > 0 || signError
        ? Optional.of(
            new Difference(perpLocal, perpVenue, ledger.ownedSpot(), spotVenue, quanta, signError))
        : Optional.empty();
  }

  private static BigDecimal quanta(Quantity difference, Instrument of) {
    return difference.value().divide(of.lot().value(), 4, RoundingMode.DOWN);
  }
}
