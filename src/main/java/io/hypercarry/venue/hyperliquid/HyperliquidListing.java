package io.hypercarry.venue.hyperliquid;

import io.hypercarry.venue.link.HttpLink;
import io.hypercarry.venue.link.Reads;
import io.hypercarry.venue.link.WeightBudget;
import java.util.List;

/** What can be traded at a venue of this kind, for whoever wants a list. */
public record HyperliquidListing(List<String> spot, List<String> perps) {
  private static final int WEIGHT_A_MINUTE = 1200;

  public HyperliquidListing {
    spot = List.copyOf(spot);
    perps = List.copyOf(perps);
  }

  /**
   * Sorted, without what is delisted. A name that several pairs have is there as often.
   *
   * @throws io.hypercarry.venue.VenueFault with a sentence when the venue cannot be reached
   */
  public static HyperliquidListing ask(String baseUrl) {
    try (HttpLink http = new HttpLink(baseUrl)) {
      WeightBudget budget = new WeightBudget(WEIGHT_A_MINUTE, 0, System::nanoTime);
      Listed listed = Listed.ask(new InfoClient(http, budget, Reads.patient()));
      return new HyperliquidListing(
          listed.spot().stream().map(SpotPair::symbol).sorted().toList(),
          listed.perps().stream()
              .filter(coin -> !coin.delisted())
              .map(PerpCoin::name)
              .sorted()
              .toList());
    }
  }
}
