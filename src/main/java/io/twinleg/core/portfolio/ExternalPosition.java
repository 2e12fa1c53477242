package io.twinleg.core.portfolio;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * The part of the account's perp position that is not the strategy's: what was there when this
 * journal began, and what others have traded since. The venue nets it with ours, so it is kept
 * apart here.
 */
final class ExternalPosition {
  private Optional<Quantity> begun = Optional.empty();
  private Quantity traded = Quantity.ZERO;
  private Quantity spotSold = Quantity.ZERO;
  private Quantity spotMoved = Quantity.ZERO;
  private String spotMovedBy = "";
  private final LinkedHashSet<Fill.Identity> seen = new LinkedHashSet<>();

  boolean isKnown() {
    return begun.isPresent();
  }

  /** The first report of a journal, when nothing of it is ours yet. */
  void begin(Quantity signedSize) {
    begun = Optional.of(signedSize);
  }

  /** A trade of others in the coins: what it sold may have been ours. */
  void tradedSpot(Fill fill) {
    if (PairLedger.isNew(fill.identity(), seen)) {
      Quantity after =
          fill.side() == Side.SELL
              ? spotSold.plus(fill.quantity())
              : spotSold.minus(fill.quantity());
      spotSold = after.max(Quantity.ZERO);
      if (fill.cause() == FillOrigin.VENUE && fill.side() == Side.SELL) {
        movedSpot(fill.quantity(), "converted by the venue");
      }
    }
  }

  /** Coins of the account, perhaps ours, are known to have gone; what comes back is not ours. */
  void movedSpot(Quantity out, String what) {
    spotMoved = spotMoved.plus(out).max(Quantity.ZERO);
    spotMovedBy = out.isPositive() ? what : spotMovedBy;
  }

  Quantity spotMoved() {
    return spotMoved;
  }

  String spotMovedBy() {
    return spotMovedBy;
  }

  Quantity spotSold() {
    return spotSold;
  }

  void spotAgreed() {
    spotSold = Quantity.ZERO;
    spotMoved = Quantity.ZERO;
  }

  /** As a correction of the books found it. */
  void correct(Quantity signedSize) {
    traded = signedSize.minus(begun.orElse(Quantity.ZERO));
  }

  /** Signed, negative when short. */
  Quantity size() {
    return begun.orElse(Quantity.ZERO).plus(traded);
  }

  /**
   * A trade in our coin that is not ours (a manual trade, a liquidation, an ADL). A buy first
   * covers a foreign short; what is left of it has closed a part of ours, and that part is
   * returned. Reported by a stream and a query both, it counts once (I6).
   */
  Optional<Fill> apply(Fill fill, Quantity ourShort) {
    if (!PairLedger.isNew(fill.identity(), seen)) {
      return Optional.empty();
    }
    Quantity ours = fill.side() == Side.BUY ? partOfOurs(fill.quantity(), ourShort) : Quantity.ZERO;
    Quantity theirs = fill.quantity().minus(ours);
    traded = traded.plus(fill.side() == Side.BUY ? theirs : theirs.negated());
    return ours.isPositive() ? Optional.of(share(fill, ours)) : Optional.empty();
  }

  private Quantity partOfOurs(Quantity bought, Quantity ourShort) {
    Quantity foreignShort = size().negated().max(Quantity.ZERO);
    return bought.minus(foreignShort).max(Quantity.ZERO).min(ourShort);
  }

  private static Fill share(Fill fill, Quantity ours) {
    BigDecimal part = ours.value().divide(fill.quantity().value(), MathContext.DECIMAL128);
    Fee fee = new Fee(fill.fee().amount().multiply(part), fill.fee().token());
    return new Fill(
        fill.clientOrderId(),
        fill.instrument(),
        fill.side(),
        fill.price(),
        ours,
        fee,
        fill.maker(),
        fill.orderId(),
        fill.tradeId(),
        fill.time(),
        fill.cause());
  }

  /** Our share of a payment on the whole position. */
  FundingPayment share(FundingPayment payment, Quantity ourShort) {
    if (size().isZero() || payment.position().isZero()) {
      return payment;
    }
    BigDecimal part =
        ourShort.negated().value().divide(payment.position().value(), MathContext.DECIMAL128);
    Usd amount = payment.amount().times(part);
    return new FundingPayment(
        payment.instrument(), payment.time(), amount, ourShort.negated(), payment.rate());
  }
}
