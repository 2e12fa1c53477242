/**
 * The trade's words as checked, immutable values: instruments, prices, quantities, orders, fills,
 * and what the rooms hand each other (targets, demands, refusals). Imports nothing of ours, and is
 * imported by nearly everyone. Any thread may hold any of it.
 */
package io.twinleg.core.model;
