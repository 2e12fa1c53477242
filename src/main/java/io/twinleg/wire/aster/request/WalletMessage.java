package io.twinleg.wire.aster.request;

import io.twinleg.wire.Hex;
import io.twinleg.wire.Signature;
import io.twinleg.wire.SignerRecovery;
import io.twinleg.wire.TypedData;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * V3's typed data (EIP-712): one struct {@code Message(string msg)} whose text is the request as it
 * is sent, percent-encoded.
 */
public final class WalletMessage {
  public static final long MAINNET = 1666;
  public static final long TESTNET = 714;

  private WalletMessage() {}

  public static byte[] digest(long chainId, String msg) {
    TypedData.Domain domain =
        new TypedData.Domain(
            "AsterSignTransaction", "1", BigInteger.valueOf(chainId), TypedData.NO_CONTRACT);
    TypedData.Member text = new TypedData.Member("msg", "string", msg);
    return new TypedData(domain, "Message", List.of(text)).digest();
  }

  /** Who signed this text, in lower case; empty where the signature is none. */
  public static Optional<String> signer(long chainId, String msg, String signature) {
    String hex = signature.startsWith("0x") ? signature.substring(2) : signature;
    if (!hex.matches("[0-9a-fA-F]{130}")) {
      return Optional.empty();
    }
    Signature read =
        Signature.of(
            "0x" + hex.substring(0, 64),
            "0x" + hex.substring(64, 128),
            Integer.parseInt(hex.substring(128), 16));
    return SignerRecovery.address(digest(chainId, msg), read);
  }

  public static String written(Signature signature) {
    return Hex.encode(signature.bytes());
  }
}
