package io.hypercarry.core.model;

/**
 * One clip of an entry: so much spot to buy, gross of its fee, against so much perp to sell.
 *
 * @param notional of the clip, in quote
 */
public record EntryPlan(
    Usd notional, Quantity spot, Price spotPrice, Quantity perp, Price perpPrice) {}
