package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.aster.ErrorReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts requests, refuses those above the limits, and reports the counts in the headers. */
final class RequestCounter {
  private static final int WARNINGS = 10;
  private static final int BACK_OFF_SECONDS = 10;

  private final Exchange exchange;
  private final FaultHook wire;
  private final RateWindows budget = new RateWindows();
  private int warnings;

  RequestCounter(Exchange exchange, FaultHook wire) {
    this.exchange = exchange;
    this.wire = wire;
  }

  Response serve(AsterRequest request, Supplier<AsterReply.AuthenticatedReply> handler) {
    Leg leg = request.leg();
    int used = budget.weigh(leg, AsterRequest.Routes.weight(request), exchange.now());
    Response response =
        used > RateWindows.weightLimit(leg)
            ? tooMuch()
            : wire.before(request.method(), request.resource())
                .map(RequestCounter::fault)
                .orElseGet(() -> answered(request, handler));
    return response.with("X-MBX-USED-WEIGHT-1M", used);
  }

  private Response tooMuch() {
    boolean banned = ++warnings > WARNINGS;
    AsterReply reply = AsterReply.error(ErrorReply.TOO_MANY_REQUESTS, "Too many requests.");
    return Response.of(new AsterReply(banned ? Response.BANNED : Response.TOO_MANY, reply.body()))
        .with("Retry-After", BACK_OFF_SECONDS);
  }

  private Response answered(AsterRequest request, Supplier<AsterReply.AuthenticatedReply> handler) {
    try {
      AsterReply.AuthenticatedReply done = handler.get();
      Response response =
          wire.after(request.method(), request.resource())
              .map(RequestCounter::fault)
              .orElseGet(() -> Response.of(done.reply()));
      return AsterRequest.Routes.isPlacing(request) && done.reply().isOk()
          ? withOrders(response, request.leg(), done)
          : response;
    } catch (ApiError refusal) {
      return Response.of(AsterReply.of(refusal.error()));
    } catch (NumberFormatException malformed) {
      return Response.of(AsterReply.error(-1102, "A parameter was malformed."));
    }
  }

  /** Above the order limit the venue names no time to wait. */
  void requireOrderRate(AccountId account, Leg leg) {
    if (budget.ordersIn10Seconds(account, leg, exchange.now()) >= RateWindows.orderLimit(leg)) {
      throw new ApiError(ErrorReply.TOO_MANY_ORDERS, "Too many new orders.");
    }
  }

  private Response withOrders(Response response, Leg leg, AsterReply.AuthenticatedReply done) {
    var account = done.account().orElseThrow();
    int minute = budget.orders(account, leg, exchange.now());
    int recent = budget.ordersIn10Seconds(account, leg, exchange.now());
    return response.with("X-MBX-ORDER-COUNT-1M", minute).with("X-MBX-ORDER-COUNT-10S", recent);
  }

  /** Throttling has a body to read, a broken server has a page. */
  private static Response fault(int status) {
    if (status == Response.TOO_MANY || status == Response.BANNED) {
      return Response.wait(status == Response.BANNED);
    }
    return status < 0 ? coded(status) : Response.page(status);
  }

  /** A fault below zero is a code that comes with HTTP 200. */
  private static Response coded(int code) {
    return Response.of(new AsterReply(200, new ErrorReply(code, "Injected.").json()));
  }

  /** Recent use: weight by address and minute, orders by account. */
  static final class RateWindows {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private record Use(Instant at, int weight) {}

    private final Map<String, Deque<Use>> uses = new TreeMap<>();

    /** Returns what the last minute took with this. */
    int weigh(Leg leg, int weight, Instant now) {
      return note("weight " + leg, weight, now);
    }

    static int weightLimit(Leg leg) {
      return leg == Leg.SPOT ? 6000 : 2400;
    }

    static int orderLimit(Leg leg) {
      return leg == Leg.SPOT ? 1000 : 300;
    }

    int orders(AccountId account, Leg leg, Instant now) {
      return note("orders " + leg + " " + account, 1, now);
    }

    int ordersIn10Seconds(AccountId account, Leg leg, Instant now) {
      return uses.getOrDefault("orders " + leg + " " + account, new ArrayDeque<>()).stream()
          .filter(use -> use.at().isAfter(now.minus(TEN_SECONDS)))
          .mapToInt(Use::weight)
          .sum();
    }

    private int note(String key, int weight, Instant now) {
      Deque<Use> recent = uses.computeIfAbsent(key, each -> new ArrayDeque<>());
      recent.addLast(new Use(now, weight));
      while (recent.peekFirst().at().isBefore(now.minus(MINUTE))) {
        recent.removeFirst();
      }
      return recent.stream().mapToInt(Use::weight).sum();
    }
  }
}
