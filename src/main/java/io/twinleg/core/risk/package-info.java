/**
 * Checks every intent, and is the only package that may make an order of one; it also monitors
 * margin, drawdown and the venue's quota, and directs the pairs. May import {@code core.model},
 * {@code core.event}, {@code core.market} and {@code core.portfolio}, not strategy or execution.
 * Pure functions on the runner's thread.
 */
package io.twinleg.core.risk;
