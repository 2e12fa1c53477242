package io.hypercarry.journal;

import io.hypercarry.core.event.Command;

/**
 * A command in the journal.
 *
 * @param envelope as it was {@link Outgoing given}
 */
public record Recorded(long sequence, Command command, String envelope) {}
