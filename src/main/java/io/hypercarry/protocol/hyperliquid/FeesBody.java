package io.hypercarry.protocol.hyperliquid;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userFees}: what the account pays, the staking discount taken off already, the referral's
 * not.
 */
public record FeesBody(
    BigDecimal perpTaker,
    BigDecimal perpMaker,
    BigDecimal spotTaker,
    BigDecimal spotMaker,
    BigDecimal referralDiscount) {

  public static FeesBody read(JsonNode node) {
    return new FeesBody(
        Tree.decimal(node, "userCrossRate"),
        Tree.decimal(node, "userAddRate"),
        Tree.decimal(node, "userSpotCrossRate"),
        Tree.decimal(node, "userSpotAddRate"),
        Tree.decimalOrZero(node, "activeReferralDiscount"));
  }

  /** Of an account at the base tier, whose schedule its own rates are. */
  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.putArray("dailyUserVlm");
    node.set("feeSchedule", schedule());
    Tree.put(node, "userCrossRate", perpTaker);
    Tree.put(node, "userAddRate", perpMaker);
    Tree.put(node, "userSpotCrossRate", spotTaker);
    Tree.put(node, "userSpotAddRate", spotMaker);
    Tree.put(node, "activeReferralDiscount", referralDiscount);
    node.putNull("trial").put("feeTrialEscrow", "0.0").putNull("nextTrialAvailableTimestamp");
    node.putNull("stakingLink");
    node.putObject("activeStakingDiscount").put("bpsOfMaxSupply", "0.0").put("discount", "0.0");
    return node;
  }

  private ObjectNode schedule() {
    ObjectNode schedule = Json.object();
    Tree.put(schedule, "cross", perpTaker);
    Tree.put(schedule, "add", perpMaker);
    Tree.put(schedule, "spotCross", spotTaker);
    Tree.put(schedule, "spotAdd", spotMaker);
    ObjectNode tiers = schedule.putObject("tiers");
    tiers.putArray("vip");
    tiers.putArray("mm");
    schedule.put("referralDiscount", "0.04").putArray("stakingDiscountTiers");
    return schedule;
  }
}
