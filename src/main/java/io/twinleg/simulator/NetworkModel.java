package io.twinleg.simulator;

import io.twinleg.simulator.FaultModel.Passage;
import io.twinleg.simulator.ReportListener.Channel;
import io.twinleg.simulator.ReportListener.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The way between accounts and the exchange: how long it takes, and what is lost or late on it. */
final class NetworkModel {
  private final NetworkLatency latency;
  private final FaultModel faults;
  private final EventQueue agenda;
  private final InstantSource clock;
  private final Map<AccountId, ReportListener> connections = new TreeMap<>();

  NetworkModel(NetworkLatency latency, FaultModel faults, EventQueue agenda, InstantSource clock) {
    this.latency = latency;
    this.faults = faults;
    this.agenda = agenda;
    this.clock = clock;
  }

  NetworkLatency latency() {
    return latency;
  }

  void connect(AccountId account, ReportListener connection) {
    connections.put(account, connection);
  }

  /** Only the newest connection hears of an account, so an old one that closes disturbs nobody. */
  void disconnect(AccountId account, ReportListener connection) {
    connections.remove(account, connection);
  }

  /**
   * One message: what is on time of it executes together and in order, what is late comes alone.
   */
  void send(AccountId from, List<Request> requests, Consumer<List<Request>> execute) {
    Instant sent = clock.instant();
    Instant due = sent.plus(latency.request());
    List<Request> onTime = new ArrayList<>();
    for (Request request : requests) {
      switch (faults.request(from, request, sent)) {
        case Passage.Late late when late.by().isZero() -> onTime.add(request);
        case Passage.Late late ->
            agenda.add(due.plus(late.by()), () -> execute.accept(List.of(request)));
        case Passage.Lost lost -> {}
        case Passage.Doubled doubled -> onTime.add(request);
      }
    }
    if (!onTime.isEmpty()) {
      agenda.add(due, () -> execute.accept(onTime));
    }
  }

  Optional<Rejection> verdict(AccountId from, Request request) {
    return faults.verdict(from, request, clock.instant());
  }

  void answer(Account account, Request request, ExecutionReport answer) {
    Passage passage = faults.answer(account.id(), request, answer, clock.instant());
    deliver(account, Optional.of(request), answer, latency.answer(), passage);
  }

  void stream(Account account, ExecutionReport report) {
    Duration delay =
        report instanceof ExecutionReport.AccountTold ? latency.account() : latency.stream();
    Passage passage = faults.stream(account.id(), report, clock.instant());
    deliver(account, Optional.empty(), report, delay, passage);
  }

  private void deliver(
      Account account,
      Optional<Request> request,
      ExecutionReport report,
      Duration delay,
      Passage passage) {
    switch (passage) {
      case Passage.Late late -> deliver(account, request, report, delay.plus(late.by()));
      case Passage.Lost lost -> {}
      case Passage.Doubled doubled -> {
        deliver(account, request, report, delay);
        deliver(account, request, report, delay.plus(doubled.again()));
      }
    }
  }

  private void deliver(
      Account account, Optional<Request> request, ExecutionReport report, Duration delay) {
    ReportListener connection = connections.get(account.id());
    if (connection != null) {
      Channel channel = request.isPresent() ? Channel.ANSWER : Channel.STREAM;
      Instant executed = clock.instant();
      connection.deliver(new Delivery(channel, request, report, executed, executed.plus(delay)));
    }
  }
}
