package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Hash;
import io.twinleg.wire.hyperliquid.action.Msgpack;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The account that trades, and the signer that signs for it. */
public final class SigningIdentity {
  /** The compiler that a run has takes a method up at its 200th call. */
  private static final int WARM_UP = 250;

  private final String account;
  private final @Nullable String vault;
  private final Signer signer;
  private final Network network;

  private SigningIdentity(String account, @Nullable String vault, Signer signer, Network network) {
    this.account = account;
    this.vault = vault;
    this.signer = signer;
    this.network = network;
  }

  /** For the signer's own account, or for the account that approved the signer as its agent. */
  public static SigningIdentity ofAccount(String account, Signer signer, Network network) {
    return new SigningIdentity(account, null, signer, network);
  }

  /** For a sub-account or vault, which every action names. */
  public static SigningIdentity ofVault(String vault, Signer signer, Network network) {
    return new SigningIdentity(vault, vault, signer, network);
  }

  /** The address whose state is requested, in lower case. */
  public String account() {
    return account;
  }

  public Optional<String> vault() {
    return Optional.ofNullable(vault);
  }

  public Signer signer() {
    return signer;
  }

  public Network network() {
    return network;
  }

  /**
   * Runs what an order passes through until it is compiled, so that the first order, which may be a
   * hedge, is as quick as the rest. Nothing of it is sent, and nothing of it could be executed: its
   * nonce and its expiry are of 1970.
   */
  public void warmUp() {
    OrderWire order =
        new OrderWire(
            0,
            true,
            new BigDecimal("1.5"),
            BigDecimal.ZERO,
            false,
            new OrderKind.Limit(OrderKind.Tif.IOC),
            Optional.of("0x00000000000000000000000000000000"));
    for (int i = 0; i < WARM_UP; i++) {
      body(PlaceOrders.of(List.of(order)), i, OptionalLong.of(1));
    }
  }

  SigningStamp stamp(L1Action action, long nonce, OptionalLong expiresAfter) {
    byte[] hash = L1Hash.connectionId(Msgpack.encode(action), nonce, vault(), expiresAfter);
    return new SigningStamp(nonce, expiresAfter, signer.address(), Hex.encode(hash));
  }

  /** The signed body: the same bytes for the same action and stamp. */
  public byte[] body(L1Action action, long nonce, OptionalLong expiresAfter) {
    return new Envelope.Unsigned(action, nonce, vault(), expiresAfter)
        .sign(signer, network)
        .bytes();
  }

  byte[] body(ActionEncoder actions, List<Command> group, SigningStamp stamp) {
    return body(actions.action(group), stamp.nonce(), stamp.expiresAfter());
  }
}
