package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterJson.RowList;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.IncomeRow;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves USDT between the two wallets. A transfer whose answer was lost is looked for in the futures
 * wallet's income; its nonce is used up, or has to expire, before its absence there proves that it
 * never happens. Its state is used on the executor's owner thread.
 */
final class AsterTransferClient {
  private static final String ASSET = "USDT";
  private static final int SENT_KEPT = 100;

  /** Between our clock and the venue's, so that a row is not taken for one from before. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  /** How long a row of income may take to appear. */
  private static final Duration INVISIBLE = Duration.ofMillis(1200);

  private static final class Sent {
    private final Command.TransferCollateral command;
    private final @Nullable OrderNonce nonce;
    private final Instant at;
    private Instant landsUntil;
    private boolean voided;

    private Sent(
        Command.TransferCollateral command,
        @Nullable OrderNonce nonce,
        Instant at,
        Instant landsUntil) {
      this.command = command;
      this.nonce = nonce;
      this.at = at;
      this.landsUntil = landsUntil;
    }

    private BigDecimal intoFutures() {
      BigDecimal amount = command.amount().value();
      return command.from() == Leg.SPOT ? amount : amount.negate();
    }
  }

  private final AsterPerpAdapter perp;
  private final RestClient rest;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final Map<Long, Sent> sent = new LinkedHashMap<>();

  AsterTransferClient(AsterMarket market) {
    perp = market.perp();
    rest = market.rest();
    executor = market.executor();
    inbox = market.inbox();
    clock = market.clock();
  }

  /** What the process sent last may still be on its way. */
  void restore(Command.TransferCollateral command, String envelope, Instant sentAt) {
    Optional<OrderNonce> nonce = OrderNonce.read(envelope);
    Instant landsUntil = nonce.map(rest::expiry).orElseGet(() -> rest.expiry(clock.venueNow()));
    sent.put(command.transfer(), new Sent(command, nonce.orElse(null), sentAt, landsUntil));
    Iterator<Long> oldest = sent.keySet().iterator();
    if (sent.size() > SENT_KEPT) {
      oldest.next();
      oldest.remove();
    }
  }

  void send(Command.TransferCollateral command, String envelope) {
    Instant now = clock.venueNow();
    String id = "twinleg-" + command.transfer() + "-" + now.toEpochMilli();
    boolean toFutures = command.from() == Leg.SPOT;
    ApiRequest request = ApiRequests.transfer(ASSET, command.amount().plain(), toFutures, id);
    executor.execute(() -> restore(command, envelope, now));
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> perp.transfer(request, OrderNonce.read(envelope).orElse(null)),
        result -> onSent(command, result),
        failure -> {});
  }

  /** What is no verdict is left to be confirmed. */
  private void onSent(Command.TransferCollateral command, ApiResult result) {
    switch (result) {
      case ApiResult.Success success -> {
        if (AsterJson.optionalText(success.body(), "status")
            .filter("SUCCESS"::equals)
            .isPresent()) {
          publish(command, Outcome.MOVED, "ok");
        }
      }
      case ApiResult.Rejected refused -> {
        boolean isVerdict =
            !refused.error().isTemporary()
                && refused.error().code() != ErrorReply.DUPLICATE_TRANSFER;
        if (isVerdict) {
          publish(command, Outcome.REFUSED, refused.error().toString());
        }
      }
      case ApiResult.Throttled throttled -> publish(command, Outcome.REFUSED, throttled.text());
      case ApiResult.Unknown unknown -> {}
    }
  }

  /** Without a verdict nothing is published: it is asked for again. */
  void confirm(Command.ConfirmTransfer command) {
    executor.execute(() -> {
      Sent transfer = sent.get(command.transfer());
      if (transfer == null) {
        return;
      }
      OrderNonce nonce = transfer.voided ? null : transfer.nonce;
      executor.request(
          VenueExecutor.Lane.QUESTIONS,
          () -> nonce == null || perp.noop(nonce) instanceof ApiResult.Success,
          voided -> readIncome(transfer, voided),
          failure -> readIncome(transfer, false));
    });
  }

  private void readIncome(Sent transfer, boolean voided) {
    if (voided && transfer.nonce != null && !transfer.voided) {
      transfer.voided = true;
      transfer.landsUntil = clock.venueNow();
    }
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> perp.transferIncome(transfer.at.minus(CLOCKS_APART)),
        rows -> onIncome(transfer, rows),
        failure -> {});
  }

  private void onIncome(Sent transfer, RowList<IncomeRow> rows) {
    boolean moved =
        rows.readable().stream()
            .anyMatch(row ->
                row.asset().equals(ASSET) && row.income().compareTo(transfer.intoFutures()) == 0);
    Instant visible = transfer.landsUntil.plus(clock.venueTime(INVISIBLE));
    if (moved) {
      publish(transfer.command, Outcome.MOVED, "found in the income");
    } else if (rows.isWhole() && clock.venueNow().isAfter(visible)) {
      publish(transfer.command, Outcome.NEVER_LANDED, "not in the income, and too old to come");
    }
  }

  private void publish(Command.TransferCollateral command, Outcome outcome, String response) {
    inbox.publish(new Event.TransferResult(command.transfer(), outcome, response));
  }
}
