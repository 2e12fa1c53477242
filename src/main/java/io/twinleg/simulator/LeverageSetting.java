package io.twinleg.simulator;

/** The leverage of one coin of one account, held or not. */
public record LeverageSetting(int value, boolean isCross) {}
