/**
 * Stands between an intent and an order, and is the only room that may make an order out of one; it
 * also watches the whole and demands exits. May import {@code core.model}, {@code core.event},
 * {@code core.market} and {@code core.portfolio}, not strategy or execution. Pure functions on the
 * runner's thread.
 */
package io.twinleg.core.risk;
