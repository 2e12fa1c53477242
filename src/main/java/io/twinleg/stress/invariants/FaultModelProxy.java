package io.twinleg.stress.invariants;

import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request.Rejection;
import io.twinleg.simulator.Request;
import java.time.Instant;
import java.util.Optional;

/** An exchange asks its faults from the beginning; who stands at its door comes a moment later. */
public final class FaultModelProxy implements FaultModel {
  private FaultModel keeper = FaultModel.NONE;

  public void keptBy(FaultModel who) {
    keeper = who;
  }

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    return keeper.request(from, request, sent);
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    return keeper.answer(to, request, answer, executed);
  }

  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    return keeper.stream(to, report, executed);
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    return keeper.rejection(from, request, now);
  }
}
