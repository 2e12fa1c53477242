package io.hypercarry.protocol.aster;

/**
 * A wallet's key, or its agent's, which signs without ever being seen: the secret stays where it
 * was made.
 */
public interface AgentKey {
  /** 0x and 40 hex digits. */
  String address();

  /** 0x and 130 hex digits: r, s, and v as 27 or 28. */
  String sign(byte[] digest);
}
