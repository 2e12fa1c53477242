package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.AccountMode;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccountPreflightTest {
  private static final String MASTER = "0x" + "ab".repeat(20);
  private static final String OTHER = "0x" + "cd".repeat(20);
  private static final String SUB = "0x" + "ef".repeat(20);
  private static final String SIGNER = WireMessages.SIGNER.address();

  private final Map<String, JsonNode> roles = new LinkedHashMap<>();
  private final Map<String, JsonNode> others = new LinkedHashMap<>();
  private final AccountPreflight check =
      new AccountPreflight(question ->
          question.path("type").asString("").equals("userRole")
              ? roles.getOrDefault(question.path("user").asString(""), json("{'role':'missing'}"))
              : others.getOrDefault(question.path("type").asString(""), json("{}")));

  private void user(String address) {
    roles.put(address, json("{'role':'user'}"));
  }

  private void agent(String address, String of) {
    roles.put(address, json("{'role':'agent','data':{'user':'" + of + "'}}"));
  }

  private void require(String account) {
    check.requireRights(SigningIdentity.ofAccount(account, WireMessages.SIGNER, Network.TESTNET));
  }

  @Test
  void theAccountItselfAndItsAgentMayTrade() {
    user(SIGNER);
    assertThatCode(() -> require(SIGNER)).doesNotThrowAnyException();

    user(MASTER);
    agent(SIGNER, MASTER.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x"));
    assertThatCode(() -> require(MASTER)).doesNotThrowAnyException();
  }

  @Test
  void anAgentWalletGivenAsTheAccountIsRefusedWithItsMastersName() {
    agent(SIGNER, MASTER);

    assertThatThrownBy(() -> require(SIGNER))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("an agent wallet")
        .hasMessageContaining(MASTER);
  }

  @Test
  void aForeignKeyIsRejected() {
    user(MASTER);
    assertThatThrownBy(() -> require(MASTER))
        .hasMessageContaining("no agent of any account")
        .hasMessageNotContaining("0707");

    agent(SIGNER, OTHER);
    assertThatThrownBy(() -> require(MASTER)).hasMessageContaining("an agent of " + OTHER);
  }

  @Test
  void anAccountThatWasNeverFundedIsRefused() {
    assertThatThrownBy(() -> require(MASTER)).hasMessageContaining("does not exist at the venue");
  }

  @Test
  void aSubAccountIsTradedByItsMastersAgent() {
    roles.put(SUB, json("{'role':'subAccount','data':{'master':'" + MASTER + "'}}"));
    agent(SIGNER, MASTER);

    assertThatCode(() ->
            check.requireRights(SigningIdentity.ofVault(SUB, WireMessages.SIGNER, Network.TESTNET)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> require(SUB)).hasMessageContaining("credentials.vault_address");
  }

  @Test
  void onlyModesThatAreKnownAreTraded() {
    others.put("userAbstraction", json("'unifiedAccount'"));
    assertThat(check.mode(MASTER)).isEqualTo(AccountMode.UNIFIED);
    others.put("userAbstraction", json("'default'"));
    assertThat(check.mode(MASTER)).isEqualTo(AccountMode.CLASSIC);
    others.put("userAbstraction", json("'dexAbstraction'"));
    assertThatThrownBy(() -> check.mode(MASTER)).hasMessageContaining("'dexAbstraction'");
  }

  @Test
  void aReferralMakesFeesSmallerAndLeavesRebatesAlone() {
    others.put(
        "userFees",
        json(
            "{'userCrossRate':'0.00045','userAddRate':'-0.00001','userSpotCrossRate':'0.0007','userSpotAddRate':'0.0004','activeReferralDiscount':'0.04'}"));

    assertThat(check.fees(MASTER).perpTaker()).isEqualByComparingTo("0.000432");
    assertThat(check.fees(MASTER).perpMaker()).isEqualByComparingTo("-0.00001");
    assertThat(check.fees(MASTER).spotMaker()).isEqualByComparingTo("0.000384");
  }

  /**
   * By a rate or a discount of another size an entry would look free, or as if it were paid for.
   */
  @ParameterizedTest
  @CsvSource({
    "userCrossRate, 0.45",
    "userAddRate, -1",
    "userSpotCrossRate, 1e30",
    "userSpotAddRate, -0.051",
    "activeReferralDiscount, 2",
    "activeReferralDiscount, -0.04"
  })
  void ratesThatNoVenueHasAreUnreadable(String field, String value) {
    String fees =
        "{'userCrossRate':'0.00045','userAddRate':'-0.00001','userSpotCrossRate':'0.0007','userSpotAddRate':'0.0004','activeReferralDiscount':'0.04'}";
    others.put(
        "userFees",
        json(fees.replaceAll("'" + field + "':'[^']*'", "'" + field + "':'" + value + "'")));
    assertThatThrownBy(() -> check.fees(MASTER)).isInstanceOf(MalformedMessage.class);
  }
}
