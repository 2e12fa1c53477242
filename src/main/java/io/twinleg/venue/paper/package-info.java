/**
 * Paper trading: a live venue's market, and an account on our own exchange, whose books follow that
 * market. Start at {@code PaperVenue}. May import {@code venue}, {@code venue.simulated}, {@code
 * simulator}, {@code simulator.market.live}, {@code core.model} and {@code core.event}. Only public
 * trades come on a thread of the live venue; everything else runs on the runner's.
 */
package io.twinleg.venue.paper;
