package io.twinleg.core;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.util.Locale;
import java.util.Optional;

/** What the books took in, told once for each fill and payment. */
final class FillLog {
  private FillLog() {}

  static Optional<LogEvent> of(Booking booking) {
    return switch (booking) {
      case Booking.Nothing nothing -> Optional.empty();
      case Booking.Own own -> Optional.of(fill(LogEvent.info("fill"), own.fill()));
      case Booking.Foreign foreign ->
          Optional.of(fill(LogEvent.warn("fill").with("foreign", true), foreign.fill()));
      case Booking.Funding funding -> Optional.of(funding(funding.payment()));
    };
  }

  private static LogEvent fill(LogEvent note, Fill fill) {
    return note.in(fill.instrument().market())
        .with("leg", fill.instrument().leg().name().toLowerCase(Locale.ROOT))
        .with("side", fill.side().name().toLowerCase(Locale.ROOT))
        .with("qty", fill.quantity())
        .with("px", fill.price())
        .with("fee", fill.fee().amount())
        .with("fee_token", fill.fee().token().name().toLowerCase(Locale.ROOT))
        .with("fee_usd", fill.fee().usd(fill.price()))
        .with("maker", fill.maker())
        .with("oid", fill.orderId())
        .with("tid", fill.tradeId())
        .with("cloid", fill.clientOrderId());
  }

  private static LogEvent funding(FundingPayment payment) {
    return LogEvent.info("funding_received")
        .in(payment.instrument().market())
        .with("usd", payment.amount())
        .with("rate", payment.rate().value())
        .with("period_h", payment.rate().periodHours())
        .with("position", payment.position())
        .with("time", payment.time());
  }
}
