/**
 * From commands to signed actions and back to events: grouping, nonces, signing, the cache of sent
 * orders, the reading of responses and records, and the publisher through which every event of the
 * account passes once.
 */
package io.twinleg.venue.hyperliquid.order;
