package io.hypercarry.protocol.aster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;

/**
 * V3's typed data (EIP-712): one struct {@code Message(string msg)} whose text is the request as it
 * is sent, percent-encoded.
 */
public final class WalletMessage {
  public static final long MAINNET = 1666;
  public static final long TESTNET = 714;

  private static final byte[] DOMAIN_TYPE =
      hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] MESSAGE_TYPE = hash("Message(string msg)");
  private static final byte[] NAME = hash("AsterSignTransaction");
  private static final byte[] VERSION = hash("1");
  private static final byte[] NO_CONTRACT = new byte[32];
  private static final byte[] PREFIX = {0x19, 0x01};

  private WalletMessage() {}

  public static byte[] digest(long chainId, String msg) {
    byte[] struct = Curve.keccak(MESSAGE_TYPE, Curve.keccak(msg.getBytes(UTF_8)));
    return Curve.keccak(PREFIX, domainSeparator(chainId), struct);
  }

  static byte[] domainSeparator(long chainId) {
    byte[] chain = HexFormat.of().parseHex("%064x".formatted(chainId));
    return Curve.keccak(DOMAIN_TYPE, NAME, VERSION, chain, NO_CONTRACT);
  }

  /** Who signed this text; empty where the signature is none. */
  public static Optional<String> signer(long chainId, String msg, String signature) {
    return Curve.recover(digest(chainId, msg), signature);
  }

  private static byte[] hash(String text) {
    return Curve.keccak(text.getBytes(US_ASCII));
  }
}
