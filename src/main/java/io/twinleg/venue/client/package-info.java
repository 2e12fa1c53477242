/**
 * What every live adapter shares, whatever its wire: the threads that its work runs on ({@code
 * VenueExecutor}: one owner thread, urgent lanes, a patient lane, and a watchdog over them), and
 * the report of messages that could not be read ({@code UnreadableMessages}). May import {@code
 * venue}, {@code venue.transport}, {@code wire}, {@code core.model} and {@code core.event}.
 */
package io.twinleg.venue.client;
