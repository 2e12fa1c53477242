package io.twinleg.simulator;

import io.twinleg.simulator.Exchange.Due;
import io.twinleg.simulator.ExecutionReport.Channel;
import io.twinleg.simulator.ExecutionReport.Delivery;
import io.twinleg.simulator.ExecutionReport.ReportListener;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The network between accounts and the exchange: how long a message takes, which one is lost. */
public final class NetworkModel {
  private final transient Latency latency;
  private final transient FaultModel faults;
  private final transient ExchangeState state;
  private final transient Map<AccountId, ReportListener> listeners = new TreeMap<>();

  /** Requests on their way, by the sequence of their arrival. */
  private final Map<Long, Message> underWay = new TreeMap<>();

  private transient BiConsumer<AccountId, List<Request>> exchange = (from, requests) -> {};

  /** Requests of one account that arrive together. */
  private record Message(Due due, AccountId from, List<Request> requests) {}

  NetworkModel(ExchangeState state, Latency latency, FaultModel faults) {
    this.state = state;
    this.latency = latency;
    this.faults = faults;
  }

  /** What arrives is executed there. */
  void executeBy(BiConsumer<AccountId, List<Request>> executor) {
    exchange = executor;
  }

  /** After it was restored. */
  void resume() {
    underWay.values().forEach(message -> state.again(message.due(), () -> arrive(message)));
  }

  private void carry(Instant due, AccountId from, List<Request> requests) {
    Due arrival = state.next(due);
    Message message = new Message(arrival, from, requests);
    underWay.put(arrival.sequence(), message);
    state.again(arrival, () -> arrive(message));
  }

  private void arrive(Message message) {
    underWay.remove(message.due().sequence());
    exchange.accept(message.from(), message.requests());
  }

  Latency latency() {
    return latency;
  }

  void connect(AccountId account, ReportListener listener) {
    listeners.put(account, listener);
  }

  /** Only the newest listener of an account has reports; an older one is replaced already. */
  void disconnect(AccountId account, ReportListener listener) {
    listeners.remove(account, listener);
  }

  /**
   * One message: its requests that are on time execute together and in order, each late one alone.
   */
  void send(AccountId from, List<Request> requests) {
    Instant sent = state.now();
    Instant due = sent.plus(latency.request());
    List<Request> onTime = new ArrayList<>();
    for (Request request : requests) {
      switch (faults.request(from, request, sent)) {
        case Passage.Late late when late.by().isZero() -> onTime.add(request);
        case Passage.Late late -> carry(due.plus(late.by()), from, List.of(request));
        case Passage.Lost lost -> {}
        case Passage.Doubled doubled -> onTime.add(request);
      }
    }
    if (!onTime.isEmpty()) {
      carry(due, from, onTime);
    }
  }

  Optional<Rejection> rejection(AccountId from, Request request) {
    return faults.rejection(from, request, state.now());
  }

  void answer(Account account, Request request, ExecutionReport answer) {
    Passage passage = faults.answer(account.id(), request, answer, state.now());
    deliver(account, request, answer, latency.answer(), passage);
  }

  void stream(Account account, ExecutionReport report) {
    Duration delay =
        report instanceof ExecutionReport.AccountReported ? latency.account() : latency.stream();
    Passage passage = faults.stream(account.id(), report, state.now());
    deliver(account, null, report, delay, passage);
  }

  private void deliver(
      Account account,
      @Nullable Request request,
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
      Account account, @Nullable Request request, ExecutionReport report, Duration delay) {
    ReportListener listener = listeners.get(account.id());
    if (listener != null) {
      Channel channel = request != null ? Channel.ANSWER : Channel.STREAM;
      Instant executed = state.now();
      listener.deliver(new Delivery(channel, request, report, executed, executed.plus(delay)));
    }
  }

  /**
   * How long each kind of message takes. The defaults are those of specification 3: an order's
   * answer is back 200 ms after it was sent, and the user stream reports its fills 20 ms later.
   *
   * @param request from the sender until the exchange executes
   * @param answer from the execution until the sender has its answer
   * @param stream from the execution until fills, closes and payments are reported
   * @param account from a change until the account's new state is reported
   * @param market from a change of a book or price until it is published
   */
  public record Latency(
      Duration request, Duration answer, Duration stream, Duration account, Duration market) {
    public static final Latency STANDARD = ofMillis(100, 100, 120, 140, 100);

    public static Latency ofMillis(
        long request, long answer, long stream, long account, long market) {
      return new Latency(
          Duration.ofMillis(request),
          Duration.ofMillis(answer),
          Duration.ofMillis(stream),
          Duration.ofMillis(account),
          Duration.ofMillis(market));
    }

    public Latency {
      if (request.isNegative()
          || answer.isNegative()
          || stream.isNegative()
          || account.isNegative()
          || market.isNegative()) {
        throw new IllegalArgumentException("a latency is negative");
      }
    }
  }

  /**
   * What goes wrong between an account and the exchange. Each method is called once a message, in
   * the order of events, so that a fault may count ("the next order") and a second run repeats it.
   */
  public interface FaultModel {
    FaultModel NONE = new FaultModel() {};

    /** How a request travels to the exchange. */
    default Passage request(AccountId from, Request request, Instant sent) {
      return Passage.ON_TIME;
    }

    /** How the answer to a request travels back. */
    default Passage answer(
        AccountId to, Request request, ExecutionReport answer, Instant executed) {
      return Passage.ON_TIME;
    }

    /** How a message of the user stream travels. */
    default Passage stream(AccountId to, ExecutionReport report, Instant executed) {
      return Passage.ON_TIME;
    }

    /** A rejection of an order or a leverage that the exchange itself has no reason for. */
    default Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
      return Optional.empty();
    }

    /** How a message travels. */
    sealed interface Passage {
      Passage ON_TIME = new Late(Duration.ZERO);
      Passage LOST = new Lost();

      record Late(Duration by) implements Passage {}

      record Lost() implements Passage {}

      /** On time, and again so much later; a request is never doubled: its nonce forbids it. */
      record Doubled(Duration again) implements Passage {}
    }
  }
}
