package io.twinleg.venue.hyperliquid.market;

/** What requests cost of the venue's 1200 a minute for one address of the internet. */
public final class HyperliquidWeights {
  public static final int ACTION = 1;
  public static final int TOO_MANY = 429;
  private static final int ROLE = 60;

  private HyperliquidWeights() {}

  public static int of(String question) {
    return switch (question) {
      case "clearinghouseState", "spotClearinghouseState", "orderStatus" -> InfoClient.CHEAP;
      case "userRole" -> ROLE;
      default -> InfoClient.USUAL;
    };
  }
}
