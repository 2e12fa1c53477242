package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.AccountId;
import java.util.Optional;

/** A reply, and to whom where he said who he is. */
record AuthenticatedReply(Optional<AccountId> account, AsterReply reply) {}
