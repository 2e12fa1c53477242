package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.WireFaults;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Where HTTP comes in: limits and form first, and what goes wrong on the way in and back. */
final class Counter {
  private final WireFaults faults;
  private final IpLimit limit;

  Counter(WireFaults faults, IpLimit limit) {
    this.faults = faults;
    this.limit = limit;
  }

  void serve(Context request, Function<String, CompletableFuture<HttpAnswer>> route)
      throws InterruptedException {
    WireFaults.Passage passage = faults.request();
    Thread.sleep(passage.delayMs());
    switch (passage.trouble()) {
      case NONE -> write(request, answer(request, route));
      case THROTTLE -> write(request, HttpAnswer.tooMany());
      case SERVER_ERROR -> write(request, HttpAnswer.badGateway());
      case TRUNCATE -> write(request, answer(request, route).halved());
      case DROP_BEFORE -> hangUp(request);
      case DROP_AFTER -> {
        HttpAnswer unheard = answer(request, route);
        request.attribute("unheard", unheard);
        hangUp(request);
      }
    }
  }

  private HttpAnswer answer(
      Context request, Function<String, CompletableFuture<HttpAnswer>> route)
      throws InterruptedException {
    if (!limit.isOpen()) {
      return HttpAnswer.tooMany();
    }
    if (!isJson(request)) {
      limit.spend(1);
      return HttpAnswer.notJsonType();
    }
    try {
      return route.apply(request.body()).get();
    } catch (ExecutionException broken) {
      request.attribute("broken", broken);
      return HttpAnswer.failed();
    }
  }

  /** With or without parameters; {@code application/*+json} passes as well. */
  private static boolean isJson(Context request) {
    String type = Optional.ofNullable(request.contentType()).orElse("");
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return bare.equals("application/json")
        || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  private static void write(Context request, HttpAnswer answer) {
    request.status(answer.status()).contentType(answer.contentType()).result(answer.body());
  }

  /** The connection ends, and the client is left to wonder. */
  private static void hangUp(Context request) {
    ServletContextRequest.getServletContextRequest(request.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
