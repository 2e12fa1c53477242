package io.twinleg.venue.hyperliquid.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Usd;
import io.twinleg.venue.MarketScreen;
import io.twinleg.venue.MarketScreen.Verdict;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMeta;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code markets: "auto"} takes of a venue where any user may launch a token of any name. */
class HedgeableMarketsTest {
  /** A part of 400 USD: 5 % of 8000 a day, 1 % of 40,000 open. */
  private static final MarketScreen SCREEN =
      new MarketScreen(
          Usd.of("400"), new BigDecimal("0.05"), new BigDecimal("0.01"), new BigDecimal("0.03"), 2);

  private final List<PerpCoin> perps = new ArrayList<>();
  private final List<PerpContext> ofPerps = new ArrayList<>();
  private final List<SpotPair> coins = new ArrayList<>();
  private final List<SpotMetaAndContexts.Context> ofCoins = new ArrayList<>();

  private HedgeableMarketsTest perp(String name, String mark, String openInterest) {
    return perp(name, mark, openInterest, 10, false, false);
  }

  private HedgeableMarketsTest perp(
      String name,
      String mark,
      String openInterest,
      int leverage,
      boolean isolated,
      boolean delisted) {
    perps.add(new PerpCoin(name, perps.size(), 1, leverage, isolated, delisted));
    ofPerps.add(
        new PerpContext(
            new BigDecimal("0.00001"),
            new BigDecimal(openInterest),
            new BigDecimal("2"),
            new BigDecimal("3"),
            Optional.empty(),
            new BigDecimal(mark),
            new BigDecimal(mark),
            Optional.empty(),
            List.of(),
            new BigDecimal("4")));
    return this;
  }

  private HedgeableMarketsTest coin(
      String base, int index, String fullName, String mark, String volume) {
    coins.add(new SpotPair(base, "USDC", index, "@" + index, 2, "0xt" + index, fullName));
    ofCoins.add(
        new SpotMetaAndContexts.Context(
            "@" + index,
            new BigDecimal("5"),
            new BigDecimal(volume),
            new BigDecimal(mark),
            Optional.empty(),
            new BigDecimal("6"),
            new BigDecimal("7"),
            new BigDecimal("8")));
    return this;
  }

  private List<String> verdicts() {
    return new HedgeableMarkets(
            new ListedAssets(coins, perps),
            new SpotMetaAndContexts(new SpotMeta(List.of(), List.of()), ofCoins),
            new PerpMetaAndContexts(new PerpMeta(List.of(), List.of(), 0), ofPerps),
            SCREEN)
        .verdicts().stream().map(HedgeableMarketsTest::text).toList();
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Taken taken ->
          "%s with %s %s %s x %s"
              .formatted(
                  taken.market().perp(),
                  taken.market().spot(),
                  taken.market().spotIndex().orElseThrow(),
                  taken.market().tokenId().orElseThrow(),
                  taken.market().unitMultiplier());
      case Verdict.Refused refused -> refused.perp() + ": " + refused.reason();
    };
  }

  @Test
  @DisplayName("auto takes Unit's PUMP, pinned, and not the token that only has its name")
  void anImpostorOfTheSameNameIsPassedOver() {
    perp("PUMP", "0.004", "20000000")
        .coin("PUMP", 20, "Pump the fake", "0.004", "900000")
        .coin("UPUMP", 188, "Unit Pump Fun", "0.00399", "8001");
    assertThat(verdicts()).containsExactly("PUMP with UPUMP/USDC 188 0xt188 x 1");
  }

  @Test
  @DisplayName("a token that copies Unit's name makes two that could be meant: neither is taken")
  void ofTwoThatCouldBeMeantNeitherIsTaken() {
    perp("SOL", "150", "1000")
        .coin("USOL", 156, "Unit Solana", "150.1", "90000")
        .coin("USOL", 9156, "Unit Solana", "150.1", "90001");
    assertThat(verdicts())
        .containsExactly(
            "SOL: 2 tokens may be meant (USOL/USDC 156, USOL/USDC 9156): put the one you mean in a"
                + " list of markets");
  }

  @Test
  @DisplayName("an impostor that is the only one of its name stands at another price")
  void anImpostorStandsAtAnotherPrice() {
    perp("TRUMP", "9.00", "100000").coin("TRUMP", 31, "", "8.73", "90000");
    assertThat(verdicts())
        .containsExactly(
            "TRUMP: the coin stands 3.09 % from the perp, and more than 3 % is not the same coin");
  }

  @Test
  @DisplayName("a coin under Unit's full name, and one of a thousand in a perp")
  void otherNamesOfACoin() {
    perp("FARTCOIN", "0.8", "900000")
        .perp("kBONK", "0.02", "9000000")
        .coin("UFART", 162, "Unit Fartcoin", "0.801", "70000")
        .coin("UBONK", 194, "Unit Bonk", "0.00002", "70000");
    assertThat(verdicts())
        .containsExactly(
            "FARTCOIN with UFART/USDC 162 0xt162 x 1", "kBONK with UBONK/USDC 194 0xt194 x 1000");
  }

  @Test
  @DisplayName("what is too small, isolated, of too little leverage or too coarse is left out")
  void eachLimitIsNamed() {
    perp("A", "40", "2000")
        .coin("A", 1, "", "40", "7999.99")
        .perp("B", "40", "999.99")
        .coin("B", 2, "", "40", "8000")
        .perp("C", "40", "2000", 3, true, false)
        .coin("C", 3, "", "40", "8000")
        .perp("D", "40", "2000", 1, false, false)
        .coin("D", 4, "", "40", "8000")
        .perp("E", "41", "2000")
        .coin("E", 5, "", "41", "8000")
        .perp("F", "0", "2000")
        .coin("F", 6, "", "40", "8000")
        .perp("G", "40", "2000", 10, false, true)
        .coin("G", 7, "", "40", "8000")
        .perp("H", "40", "2000")
        .perp("I", "40", "1000")
        .coin("I", 9, "", "40", "8000");
    assertThat(verdicts())
        .containsExactly(
            "A: 400 USD are more than 5 % of its 24 h spot volume of 7999.99",
            "B: 400 USD are more than 1 % of its open interest of 39999.60",
            "C: its margin is isolated: no collateral of the account carries it",
            "D: it allows a leverage of 1, and execution.perp_leverage is 2",
            "E: a lot of 4.10 USD is too coarse for 400",
            "F: one of its legs has no price",
            "I with I/USDC 9 0xt9 x 1");
  }
}
