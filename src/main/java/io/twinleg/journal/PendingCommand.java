package io.twinleg.journal;

import io.twinleg.core.event.Command;

/**
 * A command on its way into the journal.
 *
 * @param envelope what the door adds in order to send it (nonce, expiry), in its own words; empty
 *     where it adds nothing. A replay does not compare it
 */
public record PendingCommand(Command command, String envelope) {}
