/**
 * Aster behind the venue port: spot and futures, signed by API key or by wallet. Start at {@code
 * AsterVenue}; {@code AsterSpotAdapter} and {@code AsterPerpAdapter} serve one leg's host each. May
 * import {@code venue}, {@code venue.transport}, {@code wire}, {@code wire.aster}, {@code
 * core.model} and {@code core.event}. Requests wait for their responses on lanes of their own;
 * everything that arrives is handled on one owner thread, {@code aster-events}, and reaches the
 * runner through the inbox.
 */
package io.twinleg.venue.aster;
