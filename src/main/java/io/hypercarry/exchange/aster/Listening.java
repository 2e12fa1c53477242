package io.hypercarry.exchange.aster;

import io.hypercarry.exchange.server.FrameLine;
import io.hypercarry.exchange.server.WireFaults;
import io.javalin.websocket.WsContext;

/** One WebSocket that somebody listens on. */
final class Listening implements Streams.Listener {
  private final FrameLine line;

  Listening(WsContext context, WireFaults faults) {
    line = new FrameLine(new Socket(context), faults);
  }

  private record Socket(WsContext context) implements FrameLine.Channel {
    @Override
    public void send(String text) {
      if (context.session.isOpen()) {
        context.send(text);
      }
    }

    @Override
    public void close() {
      context.closeSession();
    }
  }

  @Override
  public void answer(String text) {
    line.answer(text);
  }

  @Override
  public void push(String text) {
    line.push(text);
  }

  @Override
  public void close() {
    line.close();
  }
}
