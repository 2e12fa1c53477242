package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.FillParser;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Checks, before anything is sent, that this signer may trade for this account, and reads the
 * account's mode and fees. A failure is one sentence for the operator.
 */
final class AccountPreflight {
  private final InfoApi info;

  AccountPreflight(InfoApi info) {
    this.info = info;
  }

  void requireRights(SigningIdentity identity) {
    requireAccount(identity);
    String signer = identity.signer().address();
    if (signer.equals(identity.account())) {
      return;
    }
    String master = master(signer);
    String owner = identity.vault().isPresent() ? owner(identity.account()) : identity.account();
    if (!master.equals(owner)) {
      throw failure(
          "the key of credentials.secret_key signs as %s, which %s: approve it as an agent of %s at"
              + " the venue, or give the key that belongs to it",
          signer,
          master.equals(signer) ? "is no agent of any account" : "is an agent of " + master,
          owner);
    }
  }

  private void requireAccount(SigningIdentity identity) {
    JsonNode role = role(identity.account());
    String name = role.path("role").asString("");
    if (name.equals("agent")) {
      throw failure(
          "credentials.account_address is %s, an agent wallet: give its master account %s",
          identity.account(), role.path("data").path("user").asString("?"));
    }
    if (name.equals("missing")) {
      throw failure(
          "the account %s of credentials.account_address does not exist at the venue: deposit"
              + " first, and check the network of credentials.base_url",
          identity.account());
    }
    if (name.equals("subAccount") && identity.vault().isEmpty()) {
      throw failure(
          "credentials.account_address is %s, a sub-account: give it as credentials.vault_address"
              + " too",
          identity.account());
    }
  }

  /** The account a signer acts for: itself, or the account that approved it. */
  private String master(String signer) {
    JsonNode role = role(signer);
    return role.path("role").asString("").equals("agent")
        ? role.path("data").path("user").asString("").toLowerCase(Locale.ROOT)
        : signer;
  }

  private String owner(String account) {
    JsonNode role = role(account);
    return role.path("data").path("master").asString(account).toLowerCase(Locale.ROOT);
  }

  private JsonNode role(String user) {
    return info.request("userRole", user);
  }

  AccountMode mode(String account) {
    String name = info.request("userAbstraction", account).asString("");
    return switch (name) {
      case "default", "disabled" -> AccountMode.CLASSIC;
      case "unifiedAccount" -> AccountMode.UNIFIED;
      case "portfolioMargin" -> AccountMode.PORTFOLIO_MARGIN;
      default ->
          throw failure(
              "the account %s is in the mode '%s', which this version does not trade in: choose"
                  + " unified or standard at the venue",
              account, name);
    };
  }

  /** Fee rates after staking and referral discounts; a rebate has no referral discount. */
  FeeSchedule fees(String account) {
    JsonNode fees = info.request("userFees", account);
    BigDecimal factor = BigDecimal.ONE.subtract(FillParser.decimal(fees, "activeReferralDiscount"));
    return new FeeSchedule(
        rate(fees, "userSpotAddRate", factor),
        rate(fees, "userSpotCrossRate", factor),
        rate(fees, "userAddRate", factor),
        rate(fees, "userCrossRate", factor));
  }

  private static BigDecimal rate(JsonNode fees, String field, BigDecimal factor) {
    BigDecimal rate = FillParser.decimal(fees, field);
    return rate.signum() > 0 ? rate.multiply(factor) : rate;
  }

  private static VenueException failure(String sentence, Object... values) {
    return new VenueException(sentence.formatted(values), false);
  }
}
