/**
 * The trade's words as checked, immutable values: instruments, prices, quantities, orders, fills,
 * and the values that strategy, risk and execution exchange (targets, directives, denials). Imports
 * nothing of ours. Any thread may hold any of it.
 */
package io.twinleg.core.model;
