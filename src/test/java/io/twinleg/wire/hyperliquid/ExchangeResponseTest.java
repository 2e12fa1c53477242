package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.RejectReason;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeResponseTest {
  private static final ExchangeResponse.Status RESTING =
      new ExchangeResponse.Resting(77738308, Optional.of("0x000000000000000000000000000000aa"));
  private static final ExchangeResponse.Status FILLED =
      new ExchangeResponse.Filled(
          new BigDecimal("0.02"), new BigDecimal("1891.4"), 77747314, Optional.empty());
  private static final ExchangeResponse.Status REJECTED =
      new ExchangeResponse.Rejected("Order must have minimum value of $10. asset=173");

  @Test
  void everyStatusIsReadAsItIsWritten() {
    ExchangeResponse.Status waiting = new ExchangeResponse.Plain("waitingForFill");
    ExchangeResponse answer =
        new ExchangeResponse.Accepted("order", List.of(RESTING, FILLED, REJECTED, waiting));
    assertThat(ExchangeResponse.read(HyperliquidJson.parse(HyperliquidJson.text(answer.json()))))
        .isEqualTo(answer);
  }

  @Test
  void oneMistakeThatShowsAtOnceRefusesTheWholeBatch() {
    ExchangeResponse.Accepted answer = new ExchangeResponse.Accepted("order", List.of(REJECTED));
    assertThat(answer.statusesOf(3)).containsExactly(REJECTED, REJECTED, REJECTED);
  }

  @Test
  void anyOtherNumberOfStatusesIsUnknownForAll() {
    ExchangeResponse.Accepted answer =
        new ExchangeResponse.Accepted("order", List.of(RESTING, REJECTED));
    assertThat(answer.statusesOf(3))
        .hasSize(3)
        .allMatch(status -> status instanceof ExchangeResponse.Unknown);
    assertThat(new ExchangeResponse.Accepted("order", List.of(RESTING)).statusesOf(2))
        .allMatch(status -> status instanceof ExchangeResponse.Unknown);
  }

  @Test
  void theErrorOfATwapStandsOneLevelHigher() {
    String text =
        "{\"status\":\"ok\",\"response\":{\"type\":\"twapOrder\",\"data\":{\"status\":"
            + "{\"error\":\"TWAP order value too small. Min is $100.\"}}}}";
    assertThat(
            ((ExchangeResponse.Accepted) ExchangeResponse.read(HyperliquidJson.parse(text)))
                .statuses())
        .containsExactly(new ExchangeResponse.Rejected("TWAP order value too small. Min is $100."));
  }

  @Test
  void aStatusOfAnUnknownFormIsNotTakenForARejection() {
    String text =
        "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":"
            + "[{\"queued\":{}},{\"resting\":{}}]}}}";
    assertThat(
            ((ExchangeResponse.Accepted) ExchangeResponse.read(HyperliquidJson.parse(text)))
                .statuses())
        .allMatch(status -> status instanceof ExchangeResponse.Unknown);
  }

  @Test
  void aBodyThatIsNeitherOkNorErrIsNoAnswer() {
    for (String body : List.of("null", "{}", "{\"status\":\"later\"}")) {
      assertThatThrownBy(() -> ExchangeResponse.read(HyperliquidJson.parse(body)))
          .isInstanceOf(MalformedMessage.class);
    }
    assertThatThrownBy(() -> HyperliquidJson.parse("<html>502</html>"))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void theVenuesSentencesHaveTheirMeaning() {
    String meanings =
        """
        SIGNER_UNKNOWN|User or API Wallet 0xab does not exist.
        SIGNER_UNKNOWN|L1 error: User or API Wallet 0xab does not exist.
        SIGNER_UNKNOWN|Must deposit before performing actions. User: 0xab
        SIGNER_UNKNOWN|Unable to recover signer.
        SIGNER_UNKNOWN|Vault not registered: 0xab
        SIGNER_UNKNOWN|User has pending agent removal
        EXPIRED|Action already expired
        RATE_LIMIT|Too many cumulative requests sent (11 > 10) for cumulative volume traded $3. Place
        RATE_LIMIT|Signed action over weight limit of 200.
        MISSING_ORDER|Order was never placed, already canceled, or filled. asset=5
        MISSING_ORDER|Cannot modify canceled or filled order
        HALTED|Only post-only orders allowed immediately after network upgrade
        DELISTED|Invalid spot
        BAD_ALO_PRICE|Post only order would have immediately matched, bbo was 0.5@0.6. asset=31
        BAD_ALO_PRICE|Error placing new order during modify: Post only order would have immediately matched, bbo
        IOC_CANCEL|Order could not immediately match against any resting orders. asset=5
        IOC_CANCEL|No liquidity available for market order.
        MIN_NOTIONAL|Order must have minimum value of $10. asset=173
        MIN_NOTIONAL|Order must have minimum value of 10 USDC. asset=10107
        INSUFFICIENT_SPOT_BALANCE|Insufficient spot balance asset=10107
        INSUFFICIENT_SPOT_BALANCE|Order has insufficient spot balance to trade
        INSUFFICIENT_MARGIN|Insufficient margin to place order. asset=5
        INSUFFICIENT_MARGIN|Cross position does not have sufficient margin available to decrease leverage.
        REDUCE_ONLY|Reduce only order would increase position. asset=5
        REDUCE_ONLY|Reduce-only is invalid for spot trading.
        TICK|Price must be divisible by tick size. asset=5
        TICK|Order has invalid price.
        TICK|Order has invalid size.
        TICK|Order has zero size.
        ORACLE_BAND|Order price cannot be more than 80% away from the reference price
        ORACLE_BAND|Order price cannot be more than 95% away from the reference price
        ORACLE_BAND|Order price too far from oracle
        OPEN_INTEREST_CAP|Order would increase open interest while open interest is capped
        OPEN_INTEREST_CAP|Order rejected due to price more aggressive than oracle while at open interest cap
        OPEN_INTEREST_CAP|Order would increase open interest too quickly
        POSITION_LIMIT|Order would cause position to exceed margin tier limit at current leverage
        POSITION_LIMIT|Order value too large. Max is $5000000.
        OTHER|Invalid nonce: duplicate nonce 5
        OTHER|Nonce mismatch.
        OTHER|Action does not support expires_after
        OTHER|Invalid TP/SL price. asset=5
        OTHER|Trigger order is not reduce only.
        OTHER|Orders are empty.
        OTHER|Builder fee has not been approved.
        OTHER|Attempted to modify to invalid new order
        OTHER|Cannot switch leverage type with open position.
        OTHER|Action disabled when unified account is active
        OTHER|Insufficient balance for withdrawal
        OTHER|Cannot set scheduled cancel time until enough volume traded. Required: $1000000.
        """;
    for (String line : meanings.lines().toList()) {
      int bar = line.indexOf('|');
      assertThat(ErrorTexts.known(line.substring(bar + 1)))
          .as(line)
          .contains(RejectReason.valueOf(line.substring(0, bar)));
    }
  }

  @Test
  void anUnknownTextIsUnknownAndOther() {
    assertThat(ErrorTexts.known("The moon is in the wrong phase")).isEmpty();
    assertThat(ErrorTexts.reason("The moon is in the wrong phase")).isEqualTo(RejectReason.OTHER);
  }

  @Test
  void aDuplicateNonceIsDistinguishedFromOtherNonceErrors() {
    assertThat(ErrorTexts.isDuplicateNonce("Invalid nonce: duplicate nonce 5")).isTrue();
    assertThat(ErrorTexts.isDuplicateNonce("Invalid nonce: nonce too low 1 < 2")).isFalse();
    assertThat(ErrorTexts.isInvalidNonce("Invalid nonce: nonce too low 1 < 2")).isTrue();
  }
}
