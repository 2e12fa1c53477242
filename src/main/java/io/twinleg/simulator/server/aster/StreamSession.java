package io.twinleg.simulator.server.aster;

import io.javalin.websocket.WsContext;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.common.OutboundQueue;

/** One WebSocket connection of a stream client. */
final class StreamSession implements StreamHub.Listener {
  private final OutboundQueue line;

  StreamSession(WsContext context, HttpFaults faults) {
    line = new OutboundQueue(new Socket(context), faults);
  }

  private record Socket(WsContext context) implements OutboundQueue.Channel {
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
