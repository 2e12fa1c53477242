package io.hypercarry.core.model;

/**
 * What a venue can do, told to the core as a fact, so that the core has no question about which
 * venue it is.
 *
 * @param batchAcrossLegs spot and perp orders may travel in one message
 * @param burnNonce a nonce can be used up without effect, which proves that an order with it never
 *     lands
 */
public record Capabilities(
    boolean batchAcrossLegs,
    boolean burnNonce,
    boolean deadManSwitch,
    boolean moveCollateral,
    boolean feeInBase,
    AccountMode accountMode) {}
