/**
 * One loop for every venue and leg that shows whether orders can be placed and cancelled. Start at
 * {@code BidAndCancel}. May import the {@code venue} port, {@code core.model} and {@code
 * core.event}; it sees no decision and cancels nothing that it did not create. It runs on its
 * caller's thread; only the interruption comes from another.
 */
package io.twinleg.smoketest;
