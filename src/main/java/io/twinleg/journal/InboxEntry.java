package io.twinleg.journal;

import java.time.Instant;

/** What an operator asked for; {@code args} may be empty. */
public record InboxEntry(long id, Instant ts, String command, String args) {}
