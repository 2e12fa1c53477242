package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.account.UserFees;
import io.twinleg.wire.hyperliquid.account.UserRole;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks, before anything is sent, that this signer may trade for this account, and reads the
 * account's mode and fees. A failure is one sentence for the operator.
 */
final class AccountPreflight {
  /**
   * Requests about the account.
   *
   * @param isRepeated for a start, which cannot continue without the response; sent once otherwise
   */
  record AccountRequests(InfoClient info, boolean isRepeated) implements InfoApi {
    @Override
    public JsonNode request(ObjectNode body) {
      return request(body, Function.identity());
    }

    @Override
    public <T> T request(ObjectNode body, Function<JsonNode, T> reader) {
      return isRepeated ? info.request(body, reader) : info.requestOnce(body, reader);
    }
  }

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
    UserRole role = role(identity.account());
    if (role.isAgent()) {
      throw failure(
          "credentials.account_address is %s, an agent wallet: give its master account %s",
          identity.account(), role.master().orElse("?"));
    }
    if (role.role().equals("missing")) {
      throw failure(
          "the account %s of credentials.account_address does not exist at the venue: deposit"
              + " first, and check the network of credentials.base_url",
          identity.account());
    }
    if (role.role().equals("subAccount") && identity.vault().isEmpty()) {
      throw failure(
          "credentials.account_address is %s, a sub-account: give it as credentials.vault_address"
              + " too",
          identity.account());
    }
  }

  /** The account a signer acts for: itself, or the account that approved it. */
  private String master(String signer) {
    UserRole role = role(signer);
    return role.isAgent() ? role.master().orElse("").toLowerCase(Locale.ROOT) : signer;
  }

  private String owner(String account) {
    return role(account).master().orElse(account).toLowerCase(Locale.ROOT);
  }

  private UserRole role(String user) {
    return info.request("userRole", user, UserRole::read);
  }

  AccountMode mode(String account) {
    String name = info.request("userAbstraction", account, LenientJson::text);
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

  /**
   * What is wrong where the account is in another mode by now; empty where it is not.
   *
   * @throws VenueException when there is no response
   */
  Optional<String> change(String account, AccountMode before) {
    String now;
    try {
      now = mode(account).toString();
    } catch (VenueException unknown) {
      if (unknown.isRetryable()) {
        throw unknown;
      }
      now = "one that is not traded in";
    }
    return now.equals(before.toString())
        ? Optional.empty()
        : Optional.of(
            "the account's mode changed from %s to %s while the run was active: check its positions, then start again"
                .formatted(before, now));
  }

  /** Fee rates after staking and referral discounts; a rebate has no referral discount. */
  FeeSchedule fees(String account) {
    UserFees fees = info.request("userFees", account, UserFees::read);
    BigDecimal factor = BigDecimal.ONE.subtract(fees.referralDiscount());
    return new FeeSchedule(
        rate(fees.spotMaker(), factor),
        rate(fees.spotTaker(), factor),
        rate(fees.perpMaker(), factor),
        rate(fees.perpTaker(), factor));
  }

  private static BigDecimal rate(BigDecimal rate, BigDecimal factor) {
    return rate.signum() > 0 ? rate.multiply(factor) : rate;
  }

  private static VenueException failure(String sentence, Object... values) {
    return new VenueException(sentence.formatted(values), false);
  }
}
