package io.twinleg.simulator.server.common;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that a face could not answer through a fault of its own is told in full; one whose
 * client left in the middle is not, as little as the server's own warnings of it.
 */
public final class ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);
  private static final int SERVER_ERROR = 500;

  private ErrorHandler() {}

  public static void tell(JavalinConfig config) {
    config.routes.exception(IOException.class, ErrorHandler::left);
    config.routes.exception(Exception.class, ErrorHandler::tell);
  }

  /** The client has gone before its request was whole: there is nobody to answer. */
  private static void left(IOException gone, Context request) {
    LOG.debug("{} {} was left in the middle", request.method(), request.path(), gone);
  }

  private static void tell(Exception fault, Context request) {
    LOG.error("{} {} could not be answered", request.method(), request.path(), fault);
    request.status(SERVER_ERROR).result("Internal server error");
  }
}
