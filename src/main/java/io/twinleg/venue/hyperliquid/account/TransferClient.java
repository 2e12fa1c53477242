package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.FillParser.decimal;

import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.ExchangeApi;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.NonceInvalidator;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.hyperliquid.order.SigningStamp;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.wire.Hex;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.Network;
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
 * Quote between the wallets of one account: by an agent as {@code agentSendAsset}, by the account's
 * own key as {@code usdClassTransfer}. A transfer whose answer was lost is made sure of by its
 * nonce: what is used up by an action without effect can never land, and what was judged before
 * stands in the account's ledger or was refused.
 */
public final class TransferClient {
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final String SPOT_DEX = "spot";
  private static final String PERP_DEX = "";

  private record Sent(Command.TransferCollateral command, long nonce) {}

  private final SigningIdentity identity;
  private final AccountMode mode;
  private final NonceSource nonces;
  private final ExchangeApi exchange;
  private final InfoApi info;
  private final EventPublisher events;
  private final InstantSource clock;
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
      EventPublisher desk,
      InstantSource clock,
      BigDecimal speed,
      Executor background) {
    this.identity = identity;
    invalidator = new NonceInvalidator(identity, line);
    this.mode = mode;
    this.nonces = nonces;
    this.exchange = line;
    this.info = info;
    this.events = desk;
    this.clock = clock;
    this.speed = speed;
    this.background = background;
  }

  /** A pool has nothing to be moved; for a sub-account somebody else holds the right. */
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

  /** What is signed field by field cannot carry an end; its nonce can still be used up. */
  private boolean isOwner() {
    return identity.signer().address().equals(identity.account());
  }

  private long end() {
    return clock.millis() + speed.multiply(BigDecimal.valueOf(LIFE.toMillis())).longValue();
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
    JsonNode body =
        envelope(command, stamp.nonce(), stamp.expiresAfter())
            .sign(identity.signer(), identity.network())
            .json();
    exchange.post(body, ANSWER, reply -> onReply(command, reply));
  }

  /** A duplicate nonce says that the venue has judged it, not how: that is asked for. */
  private void onReply(Command.TransferCollateral command, ExchangeReply reply) {
    reply
        .received()
        .filter(said -> !said.isDuplicateNonce())
        .ifPresent(said ->
            answer(
                command.transfer(),
                said.isOk() ? Outcome.MOVED : Outcome.REFUSED,
                said.isOk() ? "ok" : said.refusal()));
  }

  public synchronized void restore(Command.TransferCollateral command, SigningStamp stamp) {
    sent.put(command.transfer(), new Sent(command, stamp.nonce()));
  }

  private synchronized Optional<Sent> find(long transfer) {
    return Optional.ofNullable(sent.get(transfer));
  }

  /** One that was written down and never sent has a nonce that can be used up all the same. */
  public void confirm(Command.ConfirmTransfer question) {
    find(question.transfer()).ifPresent(this::confirm);
  }

  private void confirm(Sent transfer) {
    invalidator.invalidate(
        transfer.nonce(),
        () -> neverLanded(transfer),
        () -> background.execute(() -> look(transfer)));
  }

  private void neverLanded(Sent transfer) {
    answer(transfer.command().transfer(), Outcome.NEVER_LANDED, "its nonce was used up");
  }

  private void look(Sent transfer) {
    Instant since = Instant.ofEpochMilli(transfer.nonce()).minusSeconds(5);
    JsonNode rows = info.requestSince("userNonFundingLedgerUpdates", identity.account(), since);
    boolean moved = false;
    for (JsonNode row : rows) {
      moved |= matches(transfer.command(), row.path("delta"));
    }
    answer(
        transfer.command().transfer(),
        moved ? Outcome.MOVED : Outcome.REFUSED,
        moved ? "found in the ledger" : "judged by the venue, and not in the ledger");
  }

  /** Whether a row of the ledger is this transfer. */
  private static boolean matches(Command.TransferCollateral command, JsonNode delta) {
    boolean toPerp = command.from() == Leg.SPOT;
    return switch (delta.path("type").asString("")) {
      case "accountClassTransfer" ->
          hasAmount(command, decimal(delta, "usdc")) && delta.path("toPerp").asBoolean() == toPerp;
      case "send" ->
          hasAmount(command, decimal(delta, "amount"))
              && delta.path("destinationDex").asString("").equals(toPerp ? "" : "spot")
              && delta.path("sourceDex").asString("").equals(toPerp ? "spot" : "");
      default -> false;
    };
  }

  private static boolean hasAmount(Command.TransferCollateral command, BigDecimal amount) {
    return amount.compareTo(command.amount().value()) == 0;
  }

  private void answer(long transfer, Outcome outcome, String response) {
    events.publish(clock.instant(), new Event.TransferResult(transfer, outcome, response));
  }
}
