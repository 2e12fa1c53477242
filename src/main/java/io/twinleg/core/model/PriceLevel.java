package io.twinleg.core.model;

/** One price of a book and all that rests there. */
public record PriceLevel(Price price, Quantity quantity) {}
