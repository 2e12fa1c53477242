/**
 * Markets beside each other: what each is expected to earn at one size over one horizon. May import
 * {@code core.model}, {@code core.strategy} for its forecast, {@code history} and {@code simulator}
 * for its list of markets.
 */
package io.twinleg.research.scan;
