package io.twinleg.wire.hyperliquid;

/** Which of the two venues a signature is meant for: it is worth nothing at the other. */
public enum Network {
  MAINNET("a", "Mainnet"),
  TESTNET("b", "Testnet");

  private final String source;
  private final String chain;

  Network(String source, String chain) {
    this.source = source;
    this.chain = chain;
  }

  /** What an agent's signature calls it. */
  public String source() {
    return source;
  }

  /** What {@code hyperliquidChain} calls it. */
  public String chain() {
    return chain;
  }
}
