/**
 * Aster behind the port: spot and futures, signed by API key or by wallet. Start at {@code
 * AsterVenue}; {@code AsterSpotAdapter} and {@code AsterPerpAdapter} speak to one leg's host. May
 * import {@code venue}, {@code protocol}, {@code protocol.aster}, {@code core.model} and {@code
 * core.event}. Requests wait for their answers on lanes of their own; everything that is learned is
 * handled on one thread, the door's, and reaches the runner through the inbox.
 */
package io.twinleg.venue.aster;
