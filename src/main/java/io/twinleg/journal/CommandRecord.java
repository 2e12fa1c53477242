package io.twinleg.journal;

import io.twinleg.core.event.Command;

/**
 * A command in the journal.
 *
 * @param envelope as it was {@link PendingCommand given}
 */
public record CommandRecord(long sequence, Command command, String envelope) {}
