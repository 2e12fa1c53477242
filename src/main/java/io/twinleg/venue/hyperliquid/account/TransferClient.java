package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.ExchangeApi;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.NonceInvalidator;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.hyperliquid.order.SigningStamp;
import io.twinleg.wire.Hex;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.Rows;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * Moves quote between the wallets of one account: an agent by {@code agentSendAsset}, the account's
 * own key by {@code usdClassTransfer}. A transfer whose response was lost is settled by its nonce:
 * invalidated, it can never land; used before, the transfer stands in the account's ledger or was
 * rejected.
 */
public final class TransferClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration VALIDITY = Duration.ofSeconds(5);
  private static final String SPOT_DEX = "spot";
  private static final String PERP_DEX = "";

  private record Sent(Command.TransferCollateral command, long nonce) {}

  private final SigningIdentity identity;
  private final AccountMode mode;
  private final NonceSource nonces;
  private final ExchangeApi exchange;
  private final InfoApi info;
  private final EventPublisher events;
  private final InstantSource venueTime;
  private final BigDecimal speed;
  private final Executor background;
  private final Map<Long, Sent> sent = new TreeMap<>();
  private final NonceInvalidator invalidator;

  TransferClient(
      SigningIdentity identity,
      AccountMode mode,
      NonceSource nonces,
      ExchangeApi line,
      InfoApi info,
      EventPublisher events,
      InstantSource venueTime,
      BigDecimal speed,
      Executor background) {
    this.identity = identity;
    invalidator = new NonceInvalidator(identity, line);
    this.mode = mode;
    this.nonces = nonces;
    this.exchange = line;
    this.info = info;
    this.events = events;
    this.venueTime = venueTime;
    this.speed = speed;
    this.background = background;
  }

  /** A pooled account has nothing to move; for a sub-account only its master has the right. */
  public boolean canMove() {
    return mode == AccountMode.CLASSIC && identity.vault().isEmpty();
  }

  public PreparedCommand prepare(Command.TransferCollateral command) {
    long nonce = nonces.next();
    OptionalLong expires = isOwner() ? OptionalLong.empty() : OptionalLong.of(end());
    String hash = Hex.encode(envelope(command, nonce, expires).digest(identity.network()));
    return new PreparedCommand(
        command, new SigningStamp(nonce, expires, identity.signer().address(), hash).json());
  }

  /** A user-signed action cannot carry an expiry; its nonce can still be invalidated. */
  private boolean isOwner() {
    return identity.signer().address().equals(identity.account());
  }

  private long end() {
    return venueTime.millis() + speed.multiply(BigDecimal.valueOf(VALIDITY.toMillis())).longValue();
  }

  private Envelope.Unsigned envelope(
      Command.TransferCollateral command, long nonce, OptionalLong expires) {
    return new Envelope.Unsigned(action(command, nonce), nonce, Optional.empty(), expires);
  }

  private Action action(Command.TransferCollateral command, long nonce) {
    String amount = command.amount().plain().toPlainString();
    boolean toPerp = command.from() == Leg.SPOT;
    return isOwner()
        ? UserSigned.of(
            UserSigned.Kind.USD_CLASS_TRANSFER, identity.network(), amount, toPerp, nonce)
        : new AgentSendAsset(
            identity.account(),
            toPerp ? SPOT_DEX : PERP_DEX,
            toPerp ? PERP_DEX : SPOT_DEX,
            quote(identity.network()),
            amount,
            "",
            nonce);
  }

  private static String quote(Network network) {
    return switch (network) {
      case MAINNET -> "USDC:0x6d1e7cde53ba9467b783cb7c530ce054";
      case TESTNET -> "USDC:0xeb62eee3685fc4c43992febcd9e75443";
    };
  }

  public void send(Command.TransferCollateral command, SigningStamp stamp) {
    restore(command, stamp);
    byte[] body =
        envelope(command, stamp.nonce(), stamp.expiresAfter())
            .sign(identity.signer(), identity.network())
            .bytes();
    exchange.post(body, TIMEOUT, reply -> onReply(command, reply));
  }

  /** A duplicate nonce shows that the venue has processed it, not how: the ledger is requested. */
  private void onReply(Command.TransferCollateral command, ExchangeReply reply) {
    reply
        .received()
        .filter(received -> !received.isDuplicateNonce())
        .ifPresent(received ->
            publish(
                command.transfer(),
                received.isOk() ? Outcome.MOVED : Outcome.REFUSED,
                received.isOk() ? "ok" : received.refusal()));
  }

  public synchronized void restore(Command.TransferCollateral command, SigningStamp stamp) {
    sent.put(command.transfer(), new Sent(command, stamp.nonce()));
  }

  private synchronized Optional<Sent> find(long transfer) {
    return Optional.ofNullable(sent.get(transfer));
  }

  /** A transfer that was journalled and never sent can be invalidated as well. */
  public void confirm(Command.ConfirmTransfer command) {
    find(command.transfer()).ifPresent(this::confirm);
  }

  private void confirm(Sent transfer) {
    invalidator.invalidate(
        transfer.nonce(),
        () -> neverLanded(transfer),
        () -> background.execute(() -> findInLedger(transfer)));
  }

  private void neverLanded(Sent transfer) {
    publish(transfer.command().transfer(), Outcome.NEVER_LANDED, "its nonce was invalidated");
  }

  /** A ledger that cannot be read says nothing: the caller confirms again. */
  private void findInLedger(Sent transfer) {
    Instant since = Instant.ofEpochMilli(transfer.nonce()).minusSeconds(5);
    JsonNode list = info.requestSince("userNonFundingLedgerUpdates", identity.account(), since);
    boolean toPerp = transfer.command().from() == Leg.SPOT;
    BigDecimal amount = transfer.command().amount().value();
    Rows<Boolean> moves =
        Rows.of(list, row -> true, row -> LedgerRow.read(row).isOwnMove(amount, toPerp));
    boolean moved = moves.read().contains(true);
    if (!moved && !moves.isClean()) {
      events
          .unreadable()
          .report("userNonFundingLedgerUpdates", moves.unreadable().getFirst().detail());
      return;
    }
    publish(
        transfer.command().transfer(),
        moved ? Outcome.MOVED : Outcome.REFUSED,
        moved ? "found in the ledger" : "processed by the venue, and not in the ledger");
  }

  private void publish(long transfer, Outcome outcome, String response) {
    events.publish(new Event.TransferResult(transfer, outcome, response));
  }
}
