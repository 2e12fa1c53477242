package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The checks of a request before its action is executed, in the venue's order. From a certain step
 * on its nonce is used up, whatever becomes of it.
 */
final class RequestAuthenticator {
  private static final int ELEMENTS_MAX = 200;
  private static final int EXPIRED_COSTS = 5;

  private final Exchange exchange;
  private final InstantSource wall;
  private final ServerContext context;
  private final HyperliquidAccountRegistry accounts;
  private final NonceWindow nonces = new NonceWindow();

  RequestAuthenticator(ServerContext context, InstantSource wall) {
    this.context = context;
    exchange = context.exchange();
    accounts = context.accounts();
    this.wall = wall;
  }

  /** Either the account that acts, and who signed for it, or the venue's words against it. */
  sealed interface Verdict {
    record Passed(AccountId account, String signer) implements Verdict {}

    record Stopped(String text) implements Verdict {}
  }

  Verdict judge(Envelope envelope) {
    Optional<String> mismatch =
        envelope.action() instanceof UserSigned signed
            ? mismatch(envelope, signed)
            : Optional.empty();
    if (mismatch.isPresent()) {
      return new Verdict.Stopped(mismatch.get());
    }
    Optional<String> signer = signer(envelope);
    if (signer.isEmpty()) {
      return new Verdict.Stopped("Unable to recover signer.");
    }
    long ours = exchange.now().toEpochMilli();
    long theirs = wall.millis();
    return nonces
        .objection(signer.get(), envelope.nonce(), Math.min(ours, theirs), Math.max(ours, theirs))
        .<Verdict>map(Verdict.Stopped::new)
        .orElseGet(() -> admitted(envelope, signer.get(), Math.min(ours, theirs)));
  }

  private static Optional<String> mismatch(Envelope envelope, UserSigned signed) {
    if (signed.nonce() != envelope.nonce()) {
      return Optional.of("Nonce mismatch.");
    }
    if (envelope.unsigned().vault().isPresent()) {
      return Optional.of("Vault may not perform this action.");
    }
    if (envelope.unsigned().expiresAfter().isPresent()) {
      return Optional.of("Action does not support expires_after");
    }
    return signed.network().isEmpty()
        ? Optional.of("Mainnet and testnet require different signature.")
        : Optional.empty();
  }

  /** A client may sign for either network here: the one under which it is known is meant. */
  private Optional<String> signer(Envelope envelope) {
    List<String> candidates =
        Stream.of(Network.TESTNET, Network.MAINNET)
            .flatMap(network -> envelope.signer(network).stream())
            .map(HyperliquidAccountRegistry::lower)
            .toList();
    return candidates.stream()
        .filter(address ->
            accounts.actsFor(address).isPresent() || accounts.formerMaster(address).isPresent())
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  private Verdict admitted(Envelope envelope, String signer, long now) {
    Optional<AccountId> account =
        envelope.action() instanceof L1Action ? accounts.actsFor(signer) : accounts.find(signer);
    if (account.isEmpty()) {
      return new Verdict.Stopped(unknownSigner(envelope.action(), signer));
    }
    Optional<String> vault =
        envelope.unsigned().vault().filter(address -> !address.equals(account.get().name()));
    if (vault.isPresent()) {
      return new Verdict.Stopped("Vault not registered: " + vault.get());
    }
    SimulatedActionQuota budget = context.history(account.get()).budget();
    int elements = Math.max(1, elements(envelope.action()));
    Optional<String> spent = budget.objection(isCancel(envelope.action()), exchange.now());
    if (spent.isPresent()) {
      return new Verdict.Stopped(spent.get());
    }
    if (elements > ELEMENTS_MAX) {
      return new Verdict.Stopped("Signed action over weight limit of " + ELEMENTS_MAX + ".");
    }
    nonces.use(signer, envelope.nonce());
    boolean late = envelope.unsigned().expiresAfter().stream().anyMatch(expiry -> expiry < now);
    budget.use((long) elements * (late ? EXPIRED_COSTS : 1), exchange.now());
    return late
        ? new Verdict.Stopped("Action already expired")
        : new Verdict.Passed(account.get(), signer);
  }

  private String unknownSigner(Action action, String signer) {
    if (action instanceof UserSigned) {
      return "Must deposit before performing actions. User: " + signer;
    }
    return accounts
        .formerMaster(signer)
        .map(master -> "Must deposit before performing actions. User: " + master)
        .orElse("User or API Wallet " + signer + " does not exist.");
  }

  private static boolean isCancel(Action action) {
    return action instanceof CancelOrders || action instanceof CancelByCloid;
  }

  static int elements(Action action) {
    return switch (action) {
      case PlaceOrders place -> place.orders().size();
      case CancelOrders cancel -> cancel.cancels().size();
      case CancelByCloid cancel -> cancel.cancels().size();
      case BatchModify modify -> modify.modifies().size();
      default -> 1;
    };
  }

  /**
   * The nonces that each signer has used. A new one lies within two days behind and one day ahead
   * of the time, two minutes off on both sides, and above the hundredth highest that was used. The
   * time is the earlier and the later of two clocks, the exchange's and the wall's: a client
   * follows either.
   */
  static final class NonceWindow {
    private static final int KEPT = 100;

    /** Older ones are too low, whether they were used or not. */
    private static final int REMEMBERED = 10_000;

    private static final long SLACK_MS = Duration.ofMinutes(2).toMillis();
    private static final long BEHIND_MS = Duration.ofDays(2).toMillis() - SLACK_MS;
    private static final long AHEAD_MS = Duration.ofDays(1).toMillis() - SLACK_MS;

    private final Map<String, TreeSet<Long>> used = new TreeMap<>();

    /** The venue's words where the nonce is no good. */
    Optional<String> objection(String signer, long nonce, long earlier, long later) {
      NavigableSet<Long> own = used.getOrDefault(signer, new TreeSet<>());
      if (own.contains(nonce)) {
        return Optional.of("Invalid nonce: duplicate nonce " + nonce);
      }
      long floor = Math.max(earlier - BEHIND_MS, hundredth(own));
      if (nonce <= floor) {
        return Optional.of("Invalid nonce: nonce too low " + nonce + " < " + floor);
      }
      long ceiling = later + AHEAD_MS;
      return nonce >= ceiling
          ? Optional.of("Invalid nonce: nonce too high " + nonce + " > " + ceiling)
          : Optional.empty();
    }

    private static long hundredth(NavigableSet<Long> own) {
      return own.size() < KEPT
          ? Long.MIN_VALUE
          : own.descendingSet().stream().skip(KEPT - 1L).findFirst().orElseThrow();
    }

    void use(String signer, long nonce) {
      TreeSet<Long> own = used.computeIfAbsent(signer, each -> new TreeSet<>());
      own.add(nonce);
      if (own.size() > REMEMBERED) {
        own.pollFirst();
      }
    }
  }
}
