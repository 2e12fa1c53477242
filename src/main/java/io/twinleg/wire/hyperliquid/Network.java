package io.twinleg.wire.hyperliquid;

/** The network that a signature is valid for. */
public enum Network {
  MAINNET("a", "Mainnet"),
  TESTNET("b", "Testnet");

  private final String source;
  private final String chain;

  Network(String source, String chain) {
    this.source = source;
    this.chain = chain;
  }

  /** The name in an agent's signature. */
  public String source() {
    return source;
  }

  /** The value of {@code hyperliquidChain}. */
  public String chain() {
    return chain;
  }
}
