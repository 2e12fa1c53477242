package io.hypercarry.protocol.aster;

import java.math.BigInteger;

/** A key given as 32 bytes of hex. It is never printed. */
public final class HexKey implements AgentKey {
  private final BigInteger secret;
  private final String address;

  public HexKey(String hex) {
    if (!hex.matches("0x[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("a key is 0x and 64 hexadecimal digits");
    }
    secret = new BigInteger(hex.substring(2), 16);
    if (secret.signum() == 0) {
      throw new IllegalArgumentException("a key is not zero");
    }
    address = Curve.address(secret);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String sign(byte[] digest) {
    return Curve.sign(secret, digest);
  }

  @Override
  public String toString() {
    return "the key of " + address;
  }
}
