package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.Hex;
import io.twinleg.wire.Keccak;
import io.twinleg.wire.TypedData;
import io.twinleg.wire.hyperliquid.Network;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** From an action to the 32 bytes that are signed for it. */
public final class L1Hash {
  private static final TypedData.Domain DOMAIN =
      new TypedData.Domain("Exchange", "1", BigInteger.valueOf(1337), TypedData.NO_CONTRACT);

  private L1Hash() {}

  /** Hashes an action in canonical form. */
  public static byte[] connectionId(
      JsonNode canonical, long nonce, Optional<String> vault, OptionalLong expiresAfter) {
    return Keccak.hash(
        Msgpack.encode(canonical),
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
    return new TypedData(
            DOMAIN,
            "Agent",
            List.of(
                new TypedData.Member("source", "string", network.source()),
                new TypedData.Member("connectionId", "bytes32", connectionId)))
        .digest();
  }
}
