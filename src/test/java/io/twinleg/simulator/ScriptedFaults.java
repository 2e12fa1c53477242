package io.twinleg.simulator;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.RejectReason;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Faults that happen once each, to the next message they fit, in the order in which they were
 * added. More may be added while the exchange runs.
 */
public final class ScriptedFaults implements FaultModel {
  private record Once<T>(Predicate<Request> request, Predicate<ExecutionReport> report, T effect) {}

  private final Set<AccountId> away = new TreeSet<>();
  private final List<Once<Passage>> onRequests = new ArrayList<>();
  private final List<Once<Passage>> onAnswers = new ArrayList<>();
  private final List<Once<Passage>> onStream = new ArrayList<>();
  private final List<Once<Rejection>> rejections = new ArrayList<>();

  /** From now on no request of this account reaches the exchange, and no answer comes back. */
  public void away(AccountId account) {
    away.add(account);
  }

  public void back(AccountId account) {
    away.remove(account);
  }

  /** The next order of this instrument never reaches the exchange. */
  public ScriptedFaults loseNextOrder(InstrumentId instrument) {
    return request(orderOf(instrument), Passage.LOST);
  }

  /** The next order of this instrument reaches the exchange so much later. */
  public ScriptedFaults delayNextOrder(InstrumentId instrument, Duration by) {
    return request(orderOf(instrument), new Passage.Late(by));
  }

  /** The next order of this instrument is executed, but its answer never comes back. */
  public ScriptedFaults loseNextAnswer(InstrumentId instrument) {
    return answer(orderOf(instrument), Passage.LOST);
  }

  public ScriptedFaults delayNextAnswer(InstrumentId instrument, Duration by) {
    return answer(orderOf(instrument), new Passage.Late(by));
  }

  /** The exchange rejects the next order of this instrument. */
  public ScriptedFaults rejectNext(InstrumentId instrument, RejectReason reason, String text) {
    return rejection(orderOf(instrument), new Rejection(reason, text));
  }

  /** The exchange refuses to set leverage, once. */
  public ScriptedFaults refuseLeverage(String text) {
    return rejection(
        it -> it instanceof Request.SetLeverage, new Rejection(RejectReason.OTHER, text));
  }

  /** What fits is lost, late or on time on the user stream, once. */
  public ScriptedFaults stream(Predicate<ExecutionReport> which, Passage passage) {
    onStream.add(new Once<>(request -> true, which, passage));
    return this;
  }

  public ScriptedFaults request(Predicate<Request> which, Passage passage) {
    onRequests.add(new Once<>(which, report -> true, passage));
    return this;
  }

  public ScriptedFaults answer(Predicate<Request> to, Passage passage) {
    onAnswers.add(new Once<>(to, report -> true, passage));
    return this;
  }

  public ScriptedFaults rejection(Predicate<Request> which, Rejection rejection) {
    rejections.add(new Once<>(which, report -> true, rejection));
    return this;
  }

  private static Predicate<Request> orderOf(InstrumentId instrument) {
    return request ->
        request instanceof Request.Place place && place.instrument().equals(instrument);
  }

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    if (away.contains(from)) {
      return Passage.LOST;
    }
    return take(onRequests, it -> it.request().test(request)).orElse(Passage.ON_TIME);
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    if (away.contains(to)) {
      return Passage.LOST;
    }
    return take(onAnswers, it -> it.request().test(request)).orElse(Passage.ON_TIME);
  }

  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    return take(onStream, it -> it.report().test(report)).orElse(Passage.ON_TIME);
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    return take(rejections, it -> it.request().test(request));
  }

  private static <T> Optional<T> take(List<Once<T>> script, Predicate<Once<T>> fits) {
    for (Iterator<Once<T>> it = script.iterator(); it.hasNext(); ) {
      Once<T> once = it.next();
      if (fits.test(once)) {
        it.remove();
        return Optional.of(once.effect());
      }
    }
    return Optional.empty();
  }
}
