package io.twinleg.core.execution;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.FillOrigin;
import java.time.Instant;
import java.util.Optional;

/** What others have done to a pair, until it is answered. Owned by its {@link CarryPair}. */
public final class ExternalChange {
  private Optional<String> surprise = Optional.empty();
  private boolean adopted;

  /** Somebody else has closed a part of our short: answered before anything else. */
  public void changed(FillOrigin cause) {
    surprise = Optional.of(ExternalChangeHandler.name(cause));
  }

  /** A position that was found is ours from now on. */
  public void adopted() {
    adopted = true;
  }

  /** What the venue cancels for a reason of its own tells of what else it does. */
  void absorb(Event fact, WorkingOrders orders) {
    if (fact instanceof Event.OrderEnded closed && orders.isLive(closed.order())) {
      surprise = ExternalChangeHandler.ofCancel(closed.reason()).or(() -> surprise);
    }
  }

  PairHistory remember(PairHistory memory, ExecutionSettings settings, Instant now) {
    return surprise
        .map(cause -> ExternalChangeHandler.blocked(memory, cause, settings, now))
        .orElse(memory);
  }

  /** Where the pair goes on from; asked once. */
  PairState answer(PairState at, PairSnapshot s) {
    PairState next = surprise.map(cause -> ExternalChangeHandler.answer(at, s, cause)).orElse(at);
    PairState found = adopted ? ExternalChangeHandler.found(s) : next;
    surprise = Optional.empty();
    adopted = false;
    return found;
  }
}
