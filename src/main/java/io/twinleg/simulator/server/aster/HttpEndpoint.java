package io.twinleg.simulator.server.aster;

import io.javalin.http.Context;
import io.twinleg.simulator.server.common.ConnectionAborter;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.HttpFaults.Passage;
import io.twinleg.simulator.server.common.HttpFaults.Trouble;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * How a request comes in and its answer leaves, with what goes wrong on either way. Runs on the web
 * server's threads.
 */
final class HttpEndpoint {
  private static final int BROKEN = 502;

  /** Throttled requests in a row, after which a client is banned. */
  private static final int WARNINGS = 3;

  private final HttpFaults faults;
  private final Function<AsterRequest, Response> handler;
  private final AtomicInteger warned = new AtomicInteger();

  HttpEndpoint(HttpFaults faults, Function<AsterRequest, Response> handler) {
    this.faults = faults;
    this.handler = handler;
  }

  void serve(Context context) {
    Optional<AsterRequest> request = read(context);
    if (request.isEmpty()) {
      context.status(404).contentType("text/html").result("<html>not found</html>");
      return;
    }
    Passage passage = faults.request();
    pause(passage.delayMs());
    if (passage.trouble() != Trouble.THROTTLE) {
      warned.set(0);
    }
    switch (passage.trouble()) {
      case THROTTLE -> send(context, Response.wait(warned.incrementAndGet() > WARNINGS));
      case SERVER_ERROR -> send(context, Response.page(BROKEN));
      case DROP_BEFORE -> ConnectionAborter.cut(context.req());
      case DROP_AFTER -> {
        var unused = handler.apply(request.get());
        ConnectionAborter.cut(context.req());
      }
      case TRUNCATE -> send(context, handler.apply(request.get()).half());
      case NONE -> send(context, handler.apply(request.get()));
    }
  }

  private static Optional<AsterRequest> read(Context context) {
    return AsterRequest.of(
        context.method().name(),
        context.path(),
        Optional.ofNullable(context.queryString()).orElse(""),
        context.body(),
        Optional.ofNullable(context.header("X-MBX-APIKEY")));
  }

  private static void pause(long delayMs) {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Context context, Response response) {
    context.status(response.status()).contentType(response.type()).result(response.body());
    response.headers().forEach(context::header);
  }
}
