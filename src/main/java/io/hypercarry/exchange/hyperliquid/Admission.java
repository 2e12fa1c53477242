package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.L1Action;
import io.hypercarry.protocol.hyperliquid.UserSigned;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a request is let in at all, and for which account: the first objection in the venue's
 * order is the answer. Two clocks tell the time here, the exchange's and the wall's, and a client
 * that lives by either is right.
 */
final class Admission {
  private static final int EXPIRED_COSTS = 5;

  private final Floor floor;
  private final InstantSource wall;
  private final Nonces nonces = new Nonces();

  Admission(Floor floor, InstantSource wall) {
    this.floor = floor;
    this.wall = wall;
  }

  /** What came of it. */
  sealed interface Verdict {
    record Admitted(AccountId account, String signer) implements Verdict {}

    record Turned(String text) implements Verdict {}
  }

  Verdict judge(Signed signed) {
    Optional<String> wrong = form(signed.envelope()).or(() -> unsigned(signed));
    if (wrong.isPresent()) {
      return new Verdict.Turned(wrong.get());
    }
    String signer = signer(signed);
    Optional<String> nonce = nonce(signer, signed.nonce());
    if (nonce.isPresent()) {
      return new Verdict.Turned(nonce.get());
    }
    return account(signed.action(), signer)
        .map(account -> enter(signed, signer, account))
        .orElseGet(() -> new Verdict.Turned(stranger(signed.action(), signer)));
  }

  // ---- before anybody is known

  private static Optional<String> form(Envelope envelope) {
    return envelope.action() instanceof UserSigned moving
        ? form(moving, envelope)
        : Optional.empty();
  }

  private static Optional<String> form(UserSigned action, Envelope envelope) {
    if (action.nonce() != envelope.nonce()) {
      return Optional.of("Nonce mismatch.");
    }
    if (envelope.unsigned().vault().isPresent()) {
      return Optional.of("Vault may not perform this action.");
    }
    if (envelope.unsigned().expiresAfter().isPresent()) {
      return Optional.of("Action does not support expires_after");
    }
    return action.network().isEmpty()
        ? Optional.of("Mainnet and testnet require different signature.")
        : Optional.empty();
  }

  private static Optional<String> unsigned(Signed signed) {
    return signed.signers().isEmpty()
        ? Optional.of("Unable to recover signer.")
        : Optional.empty();
  }

  /** The one that is known here, or was; else the first. */
  private String signer(Signed signed) {
    Members members = floor.members();
    return signed.signers().stream()
        .filter(address ->
            members.actsFor(address).isPresent() || members.formerMaster(address).isPresent())
        .findFirst()
        .orElse(signed.signers().getFirst());
  }

  private Optional<String> nonce(String signer, long nonce) {
    long exchange = floor.exchange().now().toEpochMilli();
    long here = wall.millis();
    return nonces.objection(signer, nonce, Math.min(exchange, here), Math.max(exchange, here));
  }

  // ---- who it is

  /** An agent trades for its master; money and rights are its own affair, and it has none. */
  private Optional<AccountId> account(Action action, String signer) {
    return switch (action) {
      case L1Action trading -> floor.members().actsFor(signer);
      case UserSigned moving -> floor.members().find(signer);
    };
  }

  private String stranger(Action action, String signer) {
    Optional<AccountId> former = floor.members().formerMaster(signer);
    return switch (action) {
      case L1Action trading when former.isPresent() -> mustDeposit(former.get().name());
      case L1Action trading -> "User or API Wallet " + signer + " does not exist.";
      case UserSigned moving -> mustDeposit(signer);
    };
  }

  private static String mustDeposit(String address) {
    return "Must deposit before performing actions. User: " + address;
  }

  // ---- what the account may

  private Verdict enter(Signed signed, String signer, AccountId account) {
    Optional<String> vault = signed.envelope().unsigned().vault();
    if (vault.isPresent()) {
      return new Verdict.Turned("Vault not registered: " + vault.get());
    }
    Budget budget = floor.books().of(account).budget();
    Instant now = floor.exchange().now();
    Optional<String> spent = budget.objection(Elements.isCancel(signed.action()), now);
    if (spent.isPresent()) {
      return new Verdict.Turned(spent.get());
    }
    int elements = Elements.of(signed.action());
    if (elements > Elements.MAX) {
      return new Verdict.Turned(
          "Signed action over weight limit of " + Elements.MAX + ".");
    }
    nonces.use(signer, signed.nonce());
    boolean late = isExpired(signed.envelope(), now);
    budget.use(Math.max(1, elements) * (late ? EXPIRED_COSTS : 1), now);
    return late
        ? new Verdict.Turned("Action already expired")
        : new Verdict.Admitted(account, signer);
  }

  private boolean isExpired(Envelope envelope, Instant now) {
    long earlier = Math.min(now.toEpochMilli(), wall.millis());
    var end = envelope.unsigned().expiresAfter();
    return end.isPresent() && end.getAsLong() < earlier;
  }
}
