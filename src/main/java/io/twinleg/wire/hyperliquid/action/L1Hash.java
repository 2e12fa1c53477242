package io.twinleg.wire.hyperliquid.action;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.twinleg.wire.Hex;
import io.twinleg.wire.Keccak;
import io.twinleg.wire.TypedData;
import io.twinleg.wire.hyperliquid.Network;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** From an action to the 32 bytes that are signed for it. */
public final class L1Hash {
  private static final TypedData.Domain DOMAIN =
      new TypedData.Domain("Exchange", "1", BigInteger.valueOf(1337), TypedData.NO_CONTRACT);

  // Of typed data all but the connection id is the same for every action; VectorsTest compares.
  private static final byte[] PREFIX = join(new byte[] {0x19, 0x01}, DOMAIN.separator());
  private static final byte[] AGENT =
      Keccak.hash("Agent(string source,bytes32 connectionId)".getBytes(US_ASCII));
  private static final Map<Network, byte[]> SOURCES = new EnumMap<>(Network.class);

  static {
    for (Network network : Network.values()) {
      SOURCES.put(network, Keccak.hash(network.source().getBytes(US_ASCII)));
    }
  }

  private L1Hash() {}

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /**
   * Hashes an action.
   *
   * @param packed the action in canonical form, by {@link Msgpack}
   */
  public static byte[] connectionId(
      byte[] packed, long nonce, Optional<String> vault, OptionalLong expiresAfter) {
    return Keccak.hash(
        packed,
        number(nonce),
        vault.map(Hex::decode).map(L1Hash::afterOne).orElse(new byte[1]),
        expiresAfter.isEmpty() ? new byte[0] : new byte[1],
        expiresAfter.isEmpty() ? new byte[0] : number(expiresAfter.getAsLong()));
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] afterOne(byte[] address) {
    return ByteBuffer.allocate(1 + address.length).put((byte) 1).put(address).array();
  }

  /** The phantom agent, whose id the hash is and whose source is the network. */
  public static byte[] digest(byte[] connectionId, Network network) {
    return Keccak.hash(
        PREFIX, Keccak.hash(AGENT, Objects.requireNonNull(SOURCES.get(network)), connectionId));
  }
}
