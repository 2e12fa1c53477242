package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.WireFaults;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Where HTTP comes in: form first, and what goes wrong on the way in and back. */
final class Counter {
  private final WireFaults faults;

  Counter(WireFaults faults) {
    this.faults = faults;
  }

  void serve(Context request, BiFunction<String, String, CompletableFuture<Reply>> route)
      throws InterruptedException {
    WireFaults.Passage passage = faults.request();
    Thread.sleep(passage.delayMs());
    switch (passage.trouble()) {
      case NONE -> write(request, answer(request, route));
      case THROTTLE -> write(request, Reply.TOO_MANY);
      case SERVER_ERROR -> write(request, Reply.BROKEN);
      case TRUNCATE -> write(request, answer(request, route).half());
      case DROP_BEFORE -> hangUp(request);
      case DROP_AFTER -> {
        Reply unheard = answer(request, route);
        request.attribute("unheard", unheard);
        hangUp(request);
      }
    }
  }

  private Reply answer(
      Context request, BiFunction<String, String, CompletableFuture<Reply>> route)
      throws InterruptedException {
    if (!isJson(request)) {
      return Reply.WRONG_CONTENT;
    }
    try {
      return route.apply(request.body(), request.ip()).get();
    } catch (ExecutionException broken) {
      request.attribute("broken", broken);
      return Reply.FAILED;
    }
  }

  /** With or without parameters; {@code application/*+json} passes as well. */
  private static boolean isJson(Context request) {
    String type = Optional.ofNullable(request.contentType()).orElse("");
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return bare.equals("application/json")
        || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  private static void write(Context request, Reply answer) {
    request.status(answer.status()).contentType(answer.type()).result(answer.body());
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
