package io.twinleg.simulator.server.common;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a request that a server could not answer through a fault of its own, with its stack trace; a
 * request whose client disconnected before it was whole is logged at debug level only.
 */
public final class ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);
  private static final int SERVER_ERROR = 500;

  private ErrorHandler() {}

  public static void register(JavalinConfig config) {
    config.routes.exception(IOException.class, ErrorHandler::disconnected);
    config.routes.exception(Exception.class, ErrorHandler::answer);
  }

  /** The client disconnected before its request was whole: there is no client to answer. */
  private static void disconnected(IOException cause, Context request) {
    LOG.debug("{} {}: the client disconnected", request.method(), request.path(), cause);
  }

  private static void answer(Exception fault, Context request) {
    LOG.error("{} {} could not be answered", request.method(), request.path(), fault);
    request.status(SERVER_ERROR).result("Internal server error");
  }
}
