package io.hypercarry.exchange.aster;

import io.hypercarry.exchange.AccountId;
import java.util.Optional;

/** A reply, and to whom where he said who he is. */
record AuthenticatedReply(Optional<AccountId> account, AsterReply reply) {}
