/**
 * At what prices and in what sizes a pair trades: pure functions of books, settings and what is
 * held. May import core's model and market data, and the working orders.
 */
package io.twinleg.core.execution.pricing;
