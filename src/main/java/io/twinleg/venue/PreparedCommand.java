package io.twinleg.venue;

import io.twinleg.core.event.Command;

/**
 * A command with the venue adapter's envelope (nonce, expiry, signer) as one JSON text. Replay
 * compares commands, not envelopes.
 */
public record PreparedCommand(Command command, String envelope) {
  public static final String NO_ENVELOPE = "{}";

  /** Where there is nothing that the venue adds. */
  public static PreparedCommand bare(Command command) {
    return new PreparedCommand(command, NO_ENVELOPE);
  }
}
