package io.hypercarry.exchange;

/** The leverage of one coin of one account, held or not. */
public record LeverageSetting(int value, boolean isCross) {}
