package io.hypercarry.core.execution;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.FillCause;
import java.time.Instant;
import java.util.Optional;

/** What others have done to a pair, until it is answered. Owned by its {@link CarryPair}. */
public final class Outside {
  private Optional<String> surprise = Optional.empty();
  private boolean adopted;

  /** Somebody else has closed a part of our short: answered before anything else. */
  public void changed(FillCause cause) {
    surprise = Optional.of(Surprise.name(cause));
  }

  /** A position that was found is ours from now on. */
  public void adopted() {
    adopted = true;
  }

  /** What the venue cancels for a reason of its own tells of what else it does. */
  void absorb(Fact fact, OwnOrders orders) {
    if (fact instanceof Fact.OrderClosed closed && orders.isLive(closed.order())) {
      surprise = Surprise.ofCancel(closed.reason()).or(() -> surprise);
    }
  }

  Memory remember(Memory memory, ExecutionSettings settings, Instant now) {
    return surprise.map(cause -> Surprise.blocked(memory, cause, settings, now)).orElse(memory);
  }

  /** Where the pair goes on from; asked once. */
  PairState answer(PairState at, Situation s) {
    PairState next = surprise.map(cause -> Surprise.answer(at, s, cause)).orElse(at);
    PairState found = adopted ? Surprise.found(s) : next;
    surprise = Optional.empty();
    adopted = false;
    return found;
  }
}
