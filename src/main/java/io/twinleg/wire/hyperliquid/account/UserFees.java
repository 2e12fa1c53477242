package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userFees}: what the account pays, the staking discount taken off already, the referral's
 * not.
 */
public record UserFees(
    BigDecimal perpTaker,
    BigDecimal perpMaker,
    BigDecimal spotTaker,
    BigDecimal spotMaker,
    BigDecimal referralDiscount) {

  /**
   * No venue takes, or gives, as much of a trade; by such a rate everything would look worth it.
   */
  private static final BigDecimal LARGEST = new BigDecimal("0.05");

  public UserFees {
    boolean areRates =
        Stream.of(perpTaker, perpMaker, spotTaker, spotMaker)
            .allMatch(rate -> rate.abs().compareTo(LARGEST) <= 0);
    if (!areRates
        || referralDiscount.signum() < 0
        || referralDiscount.compareTo(BigDecimal.ONE) > 0) {
      throw MalformedMessage.schema(
          "no fee rates: perp %s and %s, spot %s and %s, discount %s"
              .formatted(perpTaker, perpMaker, spotTaker, spotMaker, referralDiscount));
    }
  }

  public static UserFees read(JsonNode node) {
    return new UserFees(
        LenientJson.decimal(node, "userCrossRate"),
        LenientJson.decimal(node, "userAddRate"),
        LenientJson.decimal(node, "userSpotCrossRate"),
        LenientJson.decimal(node, "userSpotAddRate"),
        LenientJson.decimal(node, "activeReferralDiscount"));
  }

  /** Of an account at the base tier, whose schedule its own rates are. */
  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.putArray("dailyUserVlm");
    node.set("feeSchedule", schedule());
    LenientJson.put(node, "userCrossRate", perpTaker);
    LenientJson.put(node, "userAddRate", perpMaker);
    LenientJson.put(node, "userSpotCrossRate", spotTaker);
    LenientJson.put(node, "userSpotAddRate", spotMaker);
    LenientJson.put(node, "activeReferralDiscount", referralDiscount);
    node.putNull("trial").put("feeTrialEscrow", "0.0").putNull("nextTrialAvailableTimestamp");
    node.putNull("stakingLink");
    node.putObject("activeStakingDiscount").put("bpsOfMaxSupply", "0.0").put("discount", "0.0");
    return node;
  }

  private ObjectNode schedule() {
    ObjectNode schedule = HyperliquidJson.object();
    LenientJson.put(schedule, "cross", perpTaker);
    LenientJson.put(schedule, "add", perpMaker);
    LenientJson.put(schedule, "spotCross", spotTaker);
    LenientJson.put(schedule, "spotAdd", spotMaker);
    ObjectNode tiers = schedule.putObject("tiers");
    tiers.putArray("vip");
    tiers.putArray("mm");
    schedule.put("referralDiscount", "0.04").putArray("stakingDiscountTiers");
    return schedule;
  }
}
