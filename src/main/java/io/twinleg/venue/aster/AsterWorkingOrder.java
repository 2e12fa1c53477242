package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one order. Used on the executor's owner thread only. */
final class AsterWorkingOrder {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

  private final ClientOrderId id;
  private final Instrument instrument;
  private final TimeInForce timeInForce;
  private final boolean reduceOnly;
  private final @Nullable OrderNonce nonce;
  private final Instant sentAt;
  private Command.@Nullable PlaceOrder placed;
  private BigDecimal filled = BigDecimal.ZERO;
  private boolean confirmed;
  private boolean accepted;
  private boolean ended;
  private long endedAt;
  private @Nullable Instant landsUntil;
  private boolean refreshing;
  private boolean settling;
  private boolean voided;
  private int unanswered;

  private AsterWorkingOrder(
      ClientOrderId id,
      Instrument instrument,
      TimeInForce timeInForce,
      boolean reduceOnly,
      @Nullable OrderNonce nonce,
      Instant sentAt) {
    this.id = id;
    this.instrument = instrument;
    this.timeInForce = timeInForce;
    this.reduceOnly = reduceOnly;
    this.nonce = nonce;
    this.sentAt = sentAt;
  }

  /**
   * @param envelope of the prepared command
   * @param sentAt by the venue's clock
   */
  static AsterWorkingOrder of(
      Command.PlaceOrder command, Instrument instrument, String envelope, Instant sentAt) {
    AsterWorkingOrder order =
        new AsterWorkingOrder(
            command.order(),
            instrument,
            command.timeInForce(),
            command.reduceOnly(),
            OrderNonce.read(envelope).orElse(null),
            sentAt);
    order.landsUntil = Instant.MAX;
    order.placed = command;
    return order;
  }

  /** One that is asked about and was not sent by this run. */
  static AsterWorkingOrder unknown(ClientOrderId id, Instrument instrument, Instant now) {
    return new AsterWorkingOrder(id, instrument, TimeInForce.GTC, false, null, now);
  }

  ClientOrderId id() {
    return id;
  }

  Instrument instrument() {
    return instrument;
  }

  TimeInForce timeInForce() {
    return timeInForce;
  }

  Instant sentAt() {
    return sentAt;
  }

  Optional<OrderNonce> nonce() {
    return Optional.ofNullable(nonce);
  }

  /** Whether this can be said of it; of one that this run did not send less is known. */
  boolean canBe(OrderReply reply) {
    boolean isAmount =
        reply.filled().signum() >= 0 && reply.filled().compareTo(reply.quantity()) <= 0;
    return isAmount && canBe(reply.symbol(), reply.side(), reply.filled());
  }

  /** Whether it can have traded so. */
  boolean canBe(AsterTradeRow row) {
    return canBe(row.symbol(), row.side(), row.quantity());
  }

  private boolean canBe(String symbol, Side side, BigDecimal quantity) {
    Command.PlaceOrder sent = placed;
    boolean isAsSent =
        sent == null || (sent.side() == side && quantity.compareTo(sent.quantity().value()) <= 0);
    return symbol.equals(instrument.wireName()) && isAsSent;
  }

  /** The quantity published as fills. */
  BigDecimal filled() {
    return filled;
  }

  void addFill(BigDecimal quantity) {
    filled = filled.add(quantity);
  }

  /** Whether more than an acknowledgement has arrived. */
  boolean isConfirmed() {
    return confirmed || ended;
  }

  void confirm() {
    confirmed = true;
    unanswered = 0;
  }

  boolean isAccepted() {
    return accepted;
  }

  void accept() {
    accepted = true;
    confirmed = true;
  }

  boolean isOver() {
    return ended;
  }

  /**
   * @param venueTime of its last change; zero where only our request was refused
   */
  void end(long venueTime) {
    ended = true;
    endedAt = Math.max(endedAt, venueTime);
  }

  /**
   * Whether a report of this time shows an order to live that was taken for over. Reports may
   * arrive out of order: an older one shows nothing.
   */
  boolean isRevivedBy(long venueTime) {
    return ended && venueTime > endedAt;
  }

  void reopen() {
    ended = false;
    accepted = true;
  }

  /** Whether it rests in the book, as far as is known. */
  boolean rests() {
    return accepted && !ended;
  }

  // ---- until when it may land

  /** What was sent, or may have been, is no longer taken from this time of the venue's on. */
  void landsUntil(Instant venueTime) {
    landsUntil = venueTime;
  }

  /** Whether it may still arrive at the venue: that it is not found proves nothing until then. */
  boolean mayLand(Instant venueNow) {
    return landsUntil != null && venueNow.isBefore(landsUntil);
  }

  Optional<Instant> landsUntil() {
    return Optional.ofNullable(landsUntil).filter(at -> at.isBefore(Instant.MAX));
  }

  /** Its nonce has been used up. */
  void markVoided() {
    voided = true;
  }

  boolean isVoided() {
    return voided;
  }

  // ---- questions about it

  /** Whether this is now the one question that repeats itself. */
  boolean beginRefresh() {
    boolean first = !refreshing;
    refreshing = true;
    return first;
  }

  void endRefresh() {
    refreshing = false;
  }

  boolean beginSettling() {
    boolean first = !settling;
    settling = true;
    return first;
  }

  void endSettling() {
    settling = false;
  }

  /** A question was not answered; returns how many in a row. */
  int countUnanswered() {
    return ++unanswered;
  }

  /** Before the next question, growing with each that is not answered. */
  Duration nextPause() {
    Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(5, unanswered));
    return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
  }

  // ---- reasons

  /** The reason of an order that expired unfilled, which the venue does not state. */
  RejectReason expiryReason() {
    return switch (timeInForce) {
      case ALO -> RejectReason.BAD_ALO_PRICE;
      case IOC -> RejectReason.IOC_CANCEL;
      case GTC -> RejectReason.OTHER;
    };
  }

  /** Whether an order of this kind can be refused for this: otherwise the answer is not its own. */
  boolean canBeRefusedFor(RejectReason reason) {
    return switch (reason) {
      case BAD_ALO_PRICE -> timeInForce == TimeInForce.ALO;
      case REDUCE_ONLY -> reduceOnly && instrument.leg() == Leg.PERP;
      case IOC_CANCEL -> timeInForce == TimeInForce.IOC;
      case MISSING_ORDER -> false;
      default -> true;
    };
  }
}
